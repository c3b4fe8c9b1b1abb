"""A target is one object: page, placeholder, API and the deadline of a case tell the same."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forms_api.web.api import views
from plugins.commitment_view import commitment_view
from service_policy.content import Library, read
from service_policy.content.placeholders import commitment_names
from service_policy.promises.clock import Quantity, due_at
from service_policy.promises.commitment import AppliesTo, Commitment
from service_policy.promises.target import TargetCell, TargetRow
from service_policy.segments import Cell, Matrix, MatrixCell, MatrixRow, ProductGroup, Segment
from tests.service_policy.conftest import CONTENT, TODAY

NAMES = ("Hộ gia đình", "HTX", "Đại lý", "B2B", "Trường học")
GROUPS = (("A", "Nhóm gấp"), ("B", "Nhóm thường"), ("may-lon", "Máy lớn"))
CONDITIONS = (None, "giam_dinh", "tan_noi")
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)

dated = st.builds(
    Quantity,
    value=st.integers(1, 60),
    unit=st.sampled_from(["working_hours", "working_days", "calendar_days", "clock_hours"]),
)
contents = st.one_of(
    dated.map(lambda one: Cell(value=one.value, unit=one.unit)),
    st.tuples(dated, dated).map(lambda both: Cell(urban=both[0], province=both[1])),
    st.just(Cell(agreed="theo hợp đồng")),
    st.just(Cell(not_applicable="không bán cho nhóm này")),
)


@cache
def sample() -> Library:
    """Return the sample company; as a fixture it would be written out with every failure."""
    return read(CONTENT, TODAY)


@st.composite
def matrices(draw: Callable[..., Any]) -> Matrix:
    """Draw kinds of customers, product groups, and tasks whose cells lie anyhow between them."""
    many, groups = draw(st.integers(1, len(NAMES))), draw(st.integers(1, len(GROUPS)))
    segments = [
        Segment(id=f"s{place}", name=name, description=name, usual=place == 0)
        for place, name in enumerate(NAMES[:many])
    ]
    rows = []
    for number in range(draw(st.integers(1, 3))):
        entries: dict[int, list[MatrixCell]] = {}
        for code, _ in GROUPS[:groups]:
            part = draw(st.integers(0, 1))
            entries.setdefault(part, []).append(code)  # type: ignore[arg-type]
        cells = [
            MatrixCell(product_groups=tuple(codes), segments=(one.id,), target=draw(contents))  # type: ignore[arg-type]
            for codes in entries.values()
            for one in draw(st.permutations(segments))
        ]
        rows.append(MatrixRow(id=f"t{number}", name="Việc", commitment="CK-10", cells=tuple(cells)))
    return Matrix(
        segments=tuple(segments),
        product_groups=tuple(
            ProductGroup(id=code, name=name, description=name) for code, name in GROUPS[:groups]
        ),
        matrix=tuple(rows),
    )


@st.composite
def worlds(draw: Callable[..., Any]) -> tuple[Matrix, tuple[TargetRow, ...]]:
    """Draw a matrix and the targets of a promise, none of them twice, as the checker wants it."""
    matrix = draw(matrices())
    ids, rows, seen = [one.id for one in matrix.segments], [], set()
    for _ in range(draw(st.integers(1, 6))):
        condition = draw(st.sampled_from(CONDITIONS))
        some = st.lists(st.sampled_from(ids), min_size=1, unique=True)
        values = {
            "segments": tuple(draw(some)),
            "product_groups": tuple(
                draw(st.lists(st.sampled_from(matrix.groups), unique=True, max_size=2))
            ),
            "condition": condition,
            "label": None if condition is None else f"trường hợp {condition}",
        }
        if draw(st.booleans()):
            values["matrix"] = draw(st.sampled_from(matrix.matrix)).id
        else:
            target = draw(dated)
            values |= {"value": target.value, "unit": target.unit}
            values["place"] = draw(st.sampled_from([None, "urban", "province"]))
        row = TargetRow.model_validate(values)
        keys = {cell.key(matrix) for cell in row.cells(matrix) if cell.applies}
        if keys and not keys & seen:
            rows.append(row)
            seen |= keys
    assume(rows)
    return matrix, tuple(rows)


def promising(library: Library, matrix: Matrix, rows: tuple[TargetRow, ...]) -> Library:
    """Put one promise with these targets in the place of all promises of the sample."""
    ids = tuple(one.id for one in matrix.segments)
    plain = library.policy.commitment("CK-10", 1)
    rule = plain.compensation[0].model_copy(update={"segments": ids})
    commitment = plain.model_copy(
        update={
            "targets": rows,
            "scope": plain.scope.model_copy(update={"segments": ids}),
            "starts_on": "received",
            "stops_on": "resolved",
            "compensation": (rule,),
            "examples": (),
            "applies_to": tuple(
                AppliesTo(kind="complaint", categories=(str(one),), condition=one)
                for one in CONDITIONS
            ),
        }
    )
    policy = replace(library.policy, matrix=matrix, versions=(commitment,), categories=())
    return replace(library, policy=policy)


def is_for(said: dict[str, Any], cell: TargetCell) -> bool:
    """Say whether an item of the API is about this target."""
    grouped = cell.group in said["product_groups"] if cell.group else not said["product_groups"]
    special = (said["condition"], said["place"]) == (cell.row.condition, cell.row.place)
    return cell.segment in said["segments"] and grouped and special


@given(world=worlds())
def test_every_target_is_one_number_on_page_in_prose_in_the_api_and_on_the_clock(
    world: tuple[Matrix, tuple[TargetRow, ...]],
) -> None:
    matrix, rows = world
    changed = promising(sample(), matrix, rows)
    policy, commitment = changed.policy, changed.policy.versions[0]
    page = commitment_view(commitment, changed).targets
    names = commitment_names(commitment, matrix)
    (api,) = views.commitments(policy, NOW)["commitments"]
    for cell in commitment.cells(matrix):
        items = [one for one in api["targets"] if is_for(one, cell)]
        assert cell.words in [one["text"] for one in items]
        if not cell.applies:
            continue
        # Another row may say that nothing is promised here under its own task.
        (item,) = (one for one in items if not one["text"].startswith("không áp dụng"))
        assert item["text"] == cell.words
        assert any(line.words == cell.words for line in page if names_it(line.who, cell, matrix))
        parts = ("target", cell.segment, cell.row.condition, cell.row.place, cell.group)
        name = ".".join(one for one in parts if one)
        assert names[name] == cell.words
        target = cell.quantity()
        assert (item["value"], item["unit"]) == (
            (None, None) if target is None else (target.value, target.unit)
        )
        known = None if cell.group is None else (cell.group,)
        if target is None or is_replaced(cell, commitment, matrix):
            continue
        place, condition = cell.row.place, cell.row.condition
        assert target == commitment.deadline(
            matrix, cell.segment, group=cell.group, condition=condition, place=place
        )
        if place == "urban":
            continue
        (promise,) = policy.promises_for(
            "complaint", cell.segment, NOW, category=str(condition), groups=known or ()
        )
        assert promise.target == target
        assert promise.due_at == due_at(target, NOW, policy.calendar)


def names_it(who: str, cell: TargetCell, matrix: Matrix) -> bool:
    """Say whether a line of the page names the customers, the group and the case of a target."""
    segment = matrix.segment(cell.segment)
    assert segment is not None
    everybody = who == "Thông thường" or "ọi khách hàng" in who or matrix.one_segment
    named = everybody or segment.name in who or segment.inside in who
    group = None if cell.group is None else matrix.group(cell.group)
    grouped = group is None or matrix.only_group or group.name.lower() in who.lower()
    label = cell.row.label
    return bool(named and grouped) and (label is None or label[1:] in who)


def is_replaced(cell: TargetCell, commitment: Commitment, matrix: Matrix) -> bool:
    """Say whether a case of this target has a closer one: of its own product or place."""
    group, place = cell.group or matrix.only_group, cell.row.place or "province"
    return any(
        one.closeness > cell.closeness
        and one.holds_for(cell.segment, group, cell.row.condition, place)
        and one.quantity(place) is not None
        for one in commitment.cells(matrix)
    )


@pytest.mark.parametrize("closest_first", [True, False])
def test_a_target_of_a_product_goes_before_one_of_all_products_wherever_it_stands(
    library: Library, closest_first: bool
) -> None:
    matrix = library.policy.matrix
    everything = {"segments": ("household",), "value": 5, "unit": "working_days"}
    rows = [
        TargetRow.model_validate(everything),
        TargetRow.model_validate(everything | {"product_groups": ("A",), "value": 2}),
    ]
    rows = rows[::-1] if closest_first else rows
    changed = promising(library, matrix, tuple(rows)).policy.versions[0]
    found = [str(changed.deadline(matrix, "household", group=one)) for one in ("A", "B", None)]
    assert found == ["2 ngày làm việc", "5 ngày làm việc", "5 ngày làm việc"]


def test_a_name_in_capitals_stays_so_after_the_case_it_is_for(library: Library) -> None:
    first, *rest = library.policy.matrix.segments
    named = first.model_copy(update={"name": "HTX"})
    matrix = library.policy.matrix.model_copy(update={"segments": (named, *rest)})
    row = TargetRow.model_validate(
        {"segments": (first.id,), "value": 5, "unit": "working_days"}
        | {"condition": "giam_dinh", "label": "cần giám định"}
    )
    changed = promising(library, matrix, (row,))
    (line,) = commitment_view(changed.policy.versions[0], changed).targets
    assert line.who == "Cần giám định: HTX"


def test_the_api_tells_no_target_that_the_row_of_the_promise_does_not_take() -> None:
    """A row may take one product group of a task that the matrix has for all of them."""
    policy = read(CONTENT, TODAY).policy
    for told, commitment in zip(
        views.commitments(policy, NOW)["commitments"],
        policy.commitments(TODAY),
        strict=True,
    ):
        for item in told["targets"]:
            for segment in item["segments"] if item["value"] else ():
                for group in item["product_groups"]:
                    found = commitment.deadline(
                        policy.matrix, segment, group=group, condition=item["condition"]
                    )
                    assert found is not None, (commitment.id, item)
                    assert found.value == item["value"]
