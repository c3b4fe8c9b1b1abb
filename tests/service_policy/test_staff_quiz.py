"""Questions for the staff are drawn from the promises, and have one right answer each."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service_policy.content import Library
from service_policy.promises.commitment import Commitment
from service_policy.segments import Matrix
from service_policy.staff_quiz import SUBJECTS, all_right, quiz

SEEDS = st.text(max_size=12)


def true_answers(subject: str, one: Commitment, matrix: Matrix) -> set[str]:
    """Return all that this promise says of a subject, whoever it is for."""
    if subject == "target":
        return {cell.words for cell in one.cells(matrix)}
    if subject == "compensation":
        return {rule.describe() for rule in one.compensation}
    return {part.text for part in one.exemptions}


@given(seed=SEEDS, places=st.sets(st.integers(0, 17), min_size=1))
@settings(max_examples=60)
def test_every_question_has_one_right_answer_among_different_ones(
    library: Library, seed: str, places: set[int]
) -> None:
    asked = [library.commitments[place] for place in sorted(places)]
    matrix = library.policy.matrix
    questions = quiz(asked, library.commitments, matrix, seed)
    subjects = [one.subject for one in questions]
    assert subjects == [one for one in SUBJECTS if one in subjects]
    for one in questions:
        assert one.commitment in asked
        assert one.commitment.id in one.text
        assert 2 <= len(set(one.choices)) == len(one.choices) <= 4
        right = one.choices[one.right]
        assert right in true_answers(one.subject, one.commitment, matrix)
        if one.subject == "exclusion":
            mine = true_answers("exclusion", one.commitment, matrix)
            assert [choice for choice in one.choices if choice in mine] == [right]


@given(seed=SEEDS)
@settings(max_examples=20)
def test_the_same_seed_asks_the_same_whatever_the_order_of_the_promises(
    library: Library, seed: str
) -> None:
    forwards = quiz(library.commitments, library.commitments, library.policy.matrix, seed)
    backwards = library.commitments[::-1]
    assert quiz(backwards, backwards, library.policy.matrix, seed) == forwards


def test_all_three_subjects_are_asked_and_another_try_asks_something_else(
    library: Library,
) -> None:
    promises, matrix = library.commitments, library.policy.matrix
    tries = [quiz(promises, promises, matrix, f"NV-1\0{number}") for number in range(6)]
    assert [one.subject for one in tries[0]] == list(SUBJECTS)
    assert len({tuple(one.text for one in questions) for questions in tries}) == 6


@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_one_wrong_answer_is_not_all_right(library: Library, wrong: int) -> None:
    promises = library.commitments
    questions = quiz(promises, promises, library.policy.matrix, "NV-1")
    answers = [str(one.right) for one in questions]
    assert all_right(questions, answers)
    assert not all_right(questions, answers[:-1])
    answers[wrong] = str((questions[wrong].right + 1) % len(questions[wrong].choices))
    assert not all_right(questions, answers)


def test_a_single_promise_asks_only_what_can_be_told_apart(library: Library) -> None:
    alone = library.policy.commitment("CK-13", 1)
    questions = quiz([alone], [alone], library.policy.matrix, "NV-1")
    assert all(len(one.choices) >= 2 for one in questions)
    assert "compensation" not in {one.subject for one in questions}


def test_an_excuse_that_rests_on_the_same_is_no_wrong_answer(library: Library) -> None:
    """CK-01 and CK-02 both excuse a disaster, in other words: neither is wrong for the other."""
    first, second = (library.policy.commitment(name, 1) for name in ("CK-01", "CK-02"))
    disaster = next(part.text for part in second.exemptions if part.id == "thien-tai")
    for number in range(40):
        for one in quiz([first], [first, second], library.policy.matrix, str(number)):
            if one.subject == "exclusion":
                assert disaster not in one.choices
