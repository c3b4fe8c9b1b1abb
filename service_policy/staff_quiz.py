"""Three questions about promises, for whoever of the staff says that they have read them.

Questions, right answers and wrong ones are taken from the promises themselves: a target, what a
miss costs, a case that excuses it. The same person is asked the same by the same promises; another
person, or another try, is asked something else. Nobody has to write a question.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from service_policy.promises.commitment import Commitment
from service_policy.segments import Matrix, SegmentId
from service_policy.text import inside

Subject = Literal["target", "compensation", "exclusion"]
SUBJECTS: Final[tuple[Subject, ...]] = ("target", "compensation", "exclusion")
CHOICES: Final = 4
"""How many answers a question offers at most."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its choices; ``right`` is the place of the right one among them."""

    subject: Subject
    commitment: Commitment
    text: str
    choices: tuple[str, ...]
    right: int

    @property
    def numbered(self) -> tuple[tuple[str, str], ...]:
        """The choices with their numbers, as forms list them."""
        return tuple((str(place), one) for place, one in enumerate(self.choices))


def quiz(
    asked: Sequence[Commitment], all_promises: Sequence[Commitment], matrix: Matrix, seed: str
) -> tuple[Question, ...]:
    """Return a question of each subject, about the promises in ``asked``.

    Wrong answers come from ``all_promises``. A subject about which nothing can be asked (no promise
    has an exclusion, or all say the same) is left out. ``seed`` says whom it is for and which try
    it is.
    """
    questions = []
    for subject in SUBJECTS:
        candidates = {f"{one.text}\0{one.right}": one for one in _asked(subject, asked, matrix)}
        for key in _drawn(f"{seed}\0{subject}", candidates):
            one = candidates[key]
            wrong = _wrong(subject, one.commitment, all_promises, matrix) - {one.right}
            if wrong:
                others = _drawn(f"{seed}\0{key}", wrong)[: CHOICES - 1]
                choices = tuple(_drawn(f"{seed}\0{key}\0order", [one.right, *others]))
                place = choices.index(one.right)
                questions.append(Question(subject, one.commitment, one.text, choices, place))
                break
    return tuple(questions)


def all_right(questions: Iterable[Question], answers: Sequence[str]) -> bool:
    """Say whether every question was answered with the number of its right choice."""
    wanted = [str(one.right) for one in questions]
    return list(answers) == wanted


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What may be asked: about which promise, in which words, and what is right."""

    commitment: Commitment
    text: str
    right: str


def _asked(
    subject: Subject, promises: Sequence[Commitment], matrix: Matrix
) -> Iterator[_Candidate]:
    make = {"target": _targets, "compensation": _compensation, "exclusion": _exclusions}[subject]
    for commitment in promises:
        yield from make(commitment, matrix)


def _targets(commitment: Commitment, matrix: Matrix) -> Iterator[_Candidate]:
    """Ask for a target that is the same for every product, so that one answer is right."""
    said: dict[tuple[str, SegmentId], set[str]] = {}
    for cell in commitment.cells(matrix):
        if cell.applies:
            said.setdefault((cell.row.label or "", cell.segment), set()).add(cell.words)
    for (label, segment), words in said.items():
        if len(words) == 1:
            case = f" ({label})" if label else ""
            text = f"{_name(commitment)} hứa mức nào{case}{_for(segment, matrix)}?"
            yield _Candidate(commitment, text, words.pop())


def _compensation(commitment: Commitment, matrix: Matrix) -> Iterator[_Candidate]:
    for rule in commitment.compensation:
        for segment in rule.segments:
            text = f"{_name(commitment)}: nếu trật, khách được gì{_for(segment, matrix)}?"
            yield _Candidate(commitment, text, rule.describe())


def _exclusions(commitment: Commitment, matrix: Matrix) -> Iterator[_Candidate]:
    for one in commitment.exemptions:
        text = f"{_name(commitment)}: trường hợp nào có thể được miễn bù?"
        yield _Candidate(commitment, text, one.text)


def _wrong(
    subject: Subject, commitment: Commitment, promises: Sequence[Commitment], matrix: Matrix
) -> set[str]:
    """Return what other promises say, and what this one says for others."""
    if subject == "target":
        return {cell.words for one in promises for cell in one.cells(matrix) if cell.applies}
    if subject == "compensation":
        return {rule.describe() for one in promises for rule in one.compensation}
    # An exclusion of another promise that rests on the same would be right here in other words.
    ids = {one.id for one in commitment.exemptions}
    needs = {one.needs for one in commitment.exemptions} - {"own_record"}
    return {
        part.text
        for one in promises
        for part in one.exemptions
        if part.id not in ids and part.needs not in needs
    }


def _name(commitment: Commitment) -> str:
    return f"{commitment.id} ({commitment.title})"


def _for(segment: SegmentId, matrix: Matrix) -> str:
    """Name the customer of a question, where there is more than one kind."""
    who = matrix.listed((segment,))
    return f", với {inside(who)}" if who else ""


def _drawn(seed: str, items: Iterable[str]) -> list[str]:
    """Return items in an order that depends on the seed and on what they say, on nothing else."""
    return sorted(items, key=lambda item: hashlib.sha256(f"{seed}\0{item}".encode()).digest())
