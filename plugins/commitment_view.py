"""A commitment arranged for readers: every number in words, every example computed.

The amounts come from `service_policy.promises.compensation.amount`, which decides what a customer
is paid, so that the page cannot promise another sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from plugins.markdown_html import render
from service_policy.content import Library
from service_policy.documents import FaqEntry
from service_policy.promises.beside_the_law import beside
from service_policy.promises.commitment import Commitment, in_force
from service_policy.promises.compensation import amount
from service_policy.promises.coverage import Coverage, coverage_of
from service_policy.promises.presence import PRESENCE
from service_policy.promises.target import TargetRow
from service_policy.segments import GroupId, Matrix, ProductGroup, SegmentId
from service_policy.text import inside


@dataclass(frozen=True, slots=True)
class TargetLine:
    """For whom, and how long or how much."""

    who: str
    words: str


@dataclass(frozen=True, slots=True)
class OwedLine:
    """For whom, what is paid when the promise is missed, and the most that can come of it."""

    who: str
    words: str
    cap: str


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """A worked example: the case in words, what is owed in đồng, and the calculation."""

    who: str
    text: str
    owed_vnd: int
    formula: str


@dataclass(frozen=True, slots=True)
class LawLine:
    """A level of the law and what stands beside it: both in words.

    ``law`` is the citation in words, or "" where the law sets no level.
    """

    text: str
    level: str
    law: str
    ours: str


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """One version of a promise with all that its page shows.

    ``versions`` are all of the promise, the newest first; ``current`` is the one in force, and
    ``upcoming`` says that this one has not begun yet.
    """

    commitment: Commitment
    body: Markup
    targets: tuple[TargetLine, ...]
    owed: tuple[OwedLine, ...]
    examples: tuple[ExampleLine, ...]
    laws: tuple[str, ...]
    minimum: tuple[LawLine, ...]
    owner_role: str
    owner_department: str
    customers: str
    presence: str
    coverage: Coverage
    questions: tuple[FaqEntry, ...]
    versions: tuple[Commitment, ...]
    current: Commitment | None
    upcoming: bool


def commitment_view(commitment: Commitment, library: Library) -> CommitmentView:
    """Arrange one version of a promise. Raises what the rules raise for incomplete data."""
    policy = library.policy
    mine = (one for one in policy.versions if one.id == commitment.id)
    versions = tuple(sorted(mine, key=lambda one: one.version, reverse=True))
    return CommitmentView(
        commitment=commitment,
        body=render(commitment.body).html,
        targets=_told(_targets(commitment, policy.matrix)),
        owed=tuple(
            OwedLine(policy.matrix.who(rule.segments), rule.describe(), rule.cap_words())
            for rule in commitment.compensation
        ),
        examples=tuple(_examples(commitment, library)),
        customers=policy.matrix.listed(commitment.scope.segments),
        coverage=coverage_of(commitment),
        presence=PRESENCE[commitment.presence] if commitment.presence else "",
        laws=tuple(library.legal.words(citation) for citation in commitment.basis.law),
        minimum=tuple(_minimum(commitment, library)),
        owner_role=commitment.owner.role,
        owner_department=policy.company.department_name(commitment.owner.department),
        questions=tuple(entry for entry in library.faq if commitment.id in entry.related),
        versions=versions,
        current=next(iter(in_force(versions, library.today)), None),
        upcoming=library.today < commitment.effective_from,
    )


def _told(targets: Iterable[TargetLine]) -> tuple[TargetLine, ...]:
    """Call a target for everybody the ordinary one where it stands among others."""
    lines = tuple(targets)
    if len(lines) == 1:
        return lines
    return tuple(TargetLine(one.who or "Thông thường", one.words) for one in lines)


def _targets(commitment: Commitment, matrix: Matrix) -> Iterable[TargetLine]:
    """Say every target in words; what a row promises alike stands on one line."""
    for row in commitment.targets:
        said: dict[GroupId | None, dict[str, list[SegmentId]]] = {}
        for cell in row.cells(matrix):
            if cell.applies:
                said.setdefault(cell.group, {}).setdefault(cell.words, []).append(cell.segment)
        alike: dict[tuple[str, tuple[SegmentId, ...]], list[GroupId]] = {}
        for group, words in said.items():
            for text, segments in words.items():
                groups = alike.setdefault((text, tuple(segments)), [])
                groups += [group] if group else []
        for (text, who), groups in alike.items():
            yield TargetLine(_title(row, who, groups, matrix), text)


def _title(
    row: TargetRow, segments: Iterable[SegmentId], groups: Iterable[GroupId], matrix: Matrix
) -> str:
    """Say what a target is for, its case first: `Cần giám định: mọi khách hàng`.

    Nothing has to be said of the ordinary target of a company with one kind of customer.
    """
    who = matrix.who(segments)
    parts = [who] if who else []
    if matrix.only_group is None:
        parts += [_group(matrix.group(group)) for group in groups]
    if row.place is not None:
        parts.append({"urban": "nội thành", "province": "tỉnh"}[row.place])
    words_for = ", ".join(parts)
    if row.label is None:
        return f"{words_for[:1].upper()}{words_for[1:]}"
    label = f"{row.label[:1].upper()}{row.label[1:]}"
    return f"{label}: {inside(words_for)}" if words_for else label


def _group(group: ProductGroup) -> str:
    """Name a product group in the middle of a sentence, by its code and its name."""
    name = inside(group.name)
    return f"nhóm {name}" if group.label == group.name else f"nhóm {group.label} ({name})"


def _minimum(commitment: Commitment, library: Library) -> Iterable[LawLine]:
    """Say each level of the law, and our number beside it; without a number our sentence."""
    matrix = library.policy.matrix
    for level in commitment.legal_minimum:
        ours = beside(commitment, level, matrix) if level.quantity is not None else {}
        said = [f"{inside(matrix.who(whom))}: {number}" for number, whom in ours.items()]
        if len(ours) == 1:
            said = [str(number) for number in ours]
        yield LawLine(
            text=level.text,
            level=level.words,
            law=library.legal.words(level.law) if level.law else "",
            ours="; ".join(said) or commitment.promise,
        )


def _examples(commitment: Commitment, library: Library) -> Iterable[ExampleLine]:
    day = library.today if commitment.in_force(library.today) else commitment.effective_from
    for example in commitment.examples:
        rule = commitment.rule(example.segment)
        if rule is None:
            continue
        multiple = library.policy.priority_multiple(example.segment, day) if example.priority else 1
        owed = amount(rule, example.facts, multiple=multiple)
        who = library.policy.matrix.who((example.segment,))
        yield ExampleLine(who, example.text, owed.vnd, owed.formula)
