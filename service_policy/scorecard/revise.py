"""Writing a month: as JSON, also again, and as CSV that no spreadsheet can execute.

Editors' words stay, a changed figure of a closed month is noted. In CSV numbers are plain digits;
texts cannot begin like a formula, because `Cell` of the model refuses that. One row is one figure;
a cell is empty where there is nothing to say.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date

from service_policy.promises.calendar import VIETNAM
from service_policy.scorecard.histories import MEANINGS, NOT_COUNTED
from service_policy.scorecard.indicators import STANDING_WORDS
from service_policy.scorecard.snapshot import Correction, Figure, Snapshot

RECOMPUTED = "Tính lại từ dữ liệu máy."
"""The reason of a correction until an editor writes a better one."""


def revised(old: Snapshot | None, new: Snapshot, on: date) -> Snapshot:
    """Return ``new`` with the reasons and the corrections of ``old``, the snapshot it replaces.

    A figure that was final and differs now leaves a correction dated ``on``. Figures of a month
    that was still open, and made-up ones, are no published results and leave none.
    """
    if old is None or old.sample:
        return new
    new = _with_sources(old, new)
    kept = tuple(
        one
        if one.standing != "missed" or one.reason is not None
        else one.model_copy(update={"reason": old.figure(one.id).reason})
        for one in new.indicators
    )
    changes = tuple(_corrections(old, new, on)) if old.is_closed else ()
    return new.model_copy(update={"indicators": kept, "corrections": (*old.corrections, *changes)})


def _with_sources(old: Snapshot, new: Snapshot) -> Snapshot:
    """Keep the figures of a source that was not given this time, such as the order file."""
    given = {source.id for source in new.sources}
    left = tuple(source for source in old.sources if source.id not in given)
    names = {source.id for source in left}
    figures = tuple(
        old.figure(one.id) if one.indicator.source in names else one for one in new.indicators
    )
    return new.model_copy(update={"sources": (*new.sources, *left), "indicators": figures})


def _corrections(old: Snapshot, new: Snapshot, on: date) -> Iterator[Correction]:
    for figure in new.figures:
        before = old.figure(figure.id)
        if before.has_data and _figures(before) != _figures(figure):
            yield Correction(
                on=on,
                id=figure.id,
                numerator=before.numerator,
                denominator=before.denominator,
                value_vnd=before.value_vnd,
                cases=before.cases,
                why=RECOMPUTED,
            )


def _figures(figure: Figure) -> tuple[int | None, ...]:
    return figure.numerator, figure.denominator, figure.value_vnd, figure.cases


def to_json(snapshot: Snapshot) -> str:
    """Write a snapshot; equal snapshots give equal bytes, and what is empty is left out."""
    data = snapshot.model_dump(mode="json", exclude={"path"}, exclude_defaults=True)
    data["as_of"] = snapshot.as_of.astimezone(VIETNAM).isoformat()
    ordered = {name: data[name] for name in Snapshot.model_fields if name in data}
    return json.dumps(ordered, ensure_ascii=False, indent=2) + "\n"


COLUMNS = (
    "month id name numerator denominator percent value_vnd cases target_percent better standing"
    " withdrawn exempted refused unconfirmed why done note as_of sample sha256".split()
)
"""Columns, left to right; `percent` has one decimal, cut towards the worse side."""

Row = dict[str, str]


def to_csv(snapshots: Iterable[Snapshot]) -> bytes:
    """Write snapshots as UTF-8 with a byte order mark, which spreadsheets need for Vietnamese."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for snapshot in snapshots:
        writer.writerows(rows(snapshot))
    return out.getvalue().encode("utf-8-sig")


def rows(snapshot: Snapshot) -> Iterator[Row]:
    """Yield the rows of one month: K1 to K12, refusals, money, the chain, mystery customers,
    corrections.
    """
    hashes = {source.id: source.sha256 for source in snapshot.sources}
    common = {
        "month": snapshot.month,
        "as_of": snapshot.as_of.isoformat(),
        "sample": "yes" if snapshot.sample else "no",
    }
    for figure in snapshot.figures:
        source = figure.indicator.source
        sha256 = hashes.get(source, "") if source and figure.has_data else ""
        yield {**common, **_figure(figure), "sha256": sha256}
    machine = {**common, "sha256": hashes.get("events", "")}
    for line in _beside(snapshot):
        yield {**machine, **line}
    for correction in snapshot.corrections:
        yield {
            **common,
            "id": f"correction:{correction.id}",
            "name": f"Số trước khi sửa ngày {correction.on:%d/%m/%Y}",
            **_counts(correction),
            "why": correction.why,
        }


def _figure(figure: Figure) -> Row:
    chosen, beside, tenths = figure.indicator, figure.beside, figure.tenths
    return {
        "id": figure.id,
        "name": chosen.name,
        **_counts(figure),
        "percent": "" if tenths is None else f"{tenths // 10}.{tenths % 10}",
        "target_percent": _digits(chosen.target),
        "better": chosen.better,
        "standing": STANDING_WORDS[figure.standing],
        **({} if beside is None else {name: str(said) for name, said in beside}),
        "why": "" if figure.reason is None else figure.reason.why,
        "done": "" if figure.reason is None else figure.reason.done,
        "note": figure.note or "",
    }


def _counts(one: Figure | Correction) -> Row:
    names = ("numerator", "denominator", "value_vnd", "cases")
    return {name: _digits(getattr(one, name)) for name in names}


def _beside(snapshot: Snapshot) -> Iterator[Row]:
    if snapshot.refusals is not None:
        refusals = snapshot.refusals
        yield {"id": "refusals", "name": "Lời từ chối", "cases": str(refusals.issued)}
        overturned = str(refusals.overturned)
        yield {"id": "overturned", "name": "Từ chối bị lật lại", "cases": overturned}
        for clause in refusals.by_clause:
            yield {
                "id": f"refusal:{clause.clause}",
                "name": f"Từ chối theo {clause.clause}",
                "cases": str(clause.refused),
            }
    for key, (name, _) in MEANINGS.items():
        counted = None if snapshot.closings is None else getattr(snapshot.closings, key)
        note = NOT_COUNTED if counted is None else ""
        yield {"id": f"closings:{key}", "name": name, "cases": _digits(counted), "note": note}
    if snapshot.compensation is not None:
        money = snapshot.compensation
        for key, name, amount in (
            ("owed", "Tiền bù phát sinh", money.owed_vnd),
            ("paid", "Tiền bù đã trả", money.paid_vnd),
            ("late", "Tiền bù trả chậm hoặc quá hạn chưa trả", money.late_vnd),
            ("exempted", "Tiền bù được miễn có bằng chứng", money.exempted_vnd),
        ):
            yield {"id": f"compensation:{key}", "name": name, "value_vnd": str(amount)}
    for link in snapshot.chain:
        yield {
            "id": f"chain:{link.department}/{link.limit}",
            "name": f"Hạn nội bộ {link.department}/{link.limit}",
            "numerator": str(link.numerator),
            "denominator": str(link.denominator),
        }
    for one in snapshot.mystery:
        yield {
            "id": f"mystery:{one.task}",
            "name": f"Nhân viên đóng vai khách: {one.title}",
            "numerator": str(one.numerator),
            "denominator": str(one.denominator),
            "note": f"{one.planned} lượt định làm",
        }


def _digits(value: int | None) -> str:
    return "" if value is None else str(value)
