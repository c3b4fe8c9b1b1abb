"""The scorecard of a month, taken from the store: machine events in, one JSON file out.

Only the ``events`` table is read, which holds nothing personal, and no reference reaches the file:
it has counts, sums and the SHA-256 of what was counted. The same events give the same bytes.
"""

import hashlib
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection, select

from forms_api.checks import INDICATOR, checked_documents
from forms_api.mystery import figures
from forms_api.store import Store
from forms_api.store.tables import events as rows
from forms_api.store.types import canonical_json
from service_policy.cases import Event, read_event
from service_policy.content.scorecards import FOLDER, read_tree
from service_policy.content.tree import ContentErrors
from service_policy.content.validate import validate
from service_policy.mystery import MysteryTasks
from service_policy.promises.policy import Policy
from service_policy.scorecard import INDICATORS, Figure, Snapshot, measure, orders
from service_policy.scorecard.histories import closings, histories, period_of
from service_policy.scorecard.revise import revised, to_json
from service_policy.scorecard.snapshot import Played, Source

NO_ORDERS = "Chưa nhập tệp đơn hàng của tháng."


def read_events(connection: Connection, cutoff: datetime) -> tuple[list[list[Event]], Source]:
    """Return the events before ``cutoff`` case by case, and what they are as a source."""
    query = (
        select(rows.c.case_ref, rows.c.seq, rows.c.payload)
        .where(rows.c.at < cutoff)
        .order_by(rows.c.case_ref, rows.c.seq)
    )
    digest, count = hashlib.sha256(), 0
    cases: list[list[Event]] = []
    for _, group in groupby(connection.execute(query), key=lambda row: row.case_ref):
        case: list[Event] = []
        for row in group:
            line = canonical_json([row.case_ref, row.seq, row.payload])
            digest.update(line.encode() + b"\n")
            count += 1
            case.append(read_event(row.payload))
        cases.append(case)
    return cases, Source(id="events", sha256=digest.hexdigest(), rows=count)


def measured(
    store: Store,
    policy: Policy,
    month: str,
    as_of: datetime,
    order_file: orders.OrderFile | None = None,
    tasks: MysteryTasks | None = None,
) -> Snapshot:
    """Measure a month as it stands at ``as_of`` (aware); K1 and K6 need an order file.

    ``tasks`` are what staff try as mystery customers; None where the company does not.

    Raises:
        StoreUnavailable: the database cannot be read.
    """
    stored, source = store.read(read_events, as_of)
    period = period_of(month, as_of)
    every = histories(stored, policy, as_of)
    found = {figure.id: figure for figure in measure.figures(every, policy, period)}
    found[INDICATOR], checks = store.read(checked_documents, min(as_of, period.end))
    if order_file is not None:
        found["K1"] = orders.delivered_in_full(order_file, period)
        found["K6"] = orders.confirmed_in_time(order_file, period, policy)
    return Snapshot(
        month=month,
        as_of=as_of,
        sources=(source, checks) if order_file is None else (source, checks, order_file.source),
        indicators=tuple(
            found.get(one.id)
            or Figure(id=one.id, note=NO_ORDERS if one.source == "orders" else measure.UNCONNECTED)
            for one in INDICATORS
        ),
        refusals=measure.refusals(every, period),
        closings=closings(every, period),
        compensation=measure.compensation(every, period),
        chain=measure.chain(every, policy, period),
        mystery=_mystery(store, tasks, month, as_of),
    )


def _mystery(
    store: Store, tasks: MysteryTasks | None, month: str, as_of: datetime
) -> tuple[Played, ...]:
    """Count what mystery customers met; a month in which nobody tried says nothing."""
    found = figures(store, tasks, month, as_of) if tasks is not None else ()
    if not any(one.done for one in found):
        return ()
    return tuple(
        Played(
            task=one.task,
            title=one.title,
            numerator=one.kept,
            denominator=one.done,
            planned=one.planned,
        )
        for one in found
    )


def write(content: Path, snapshot: Snapshot, on: date) -> tuple[Path, Snapshot]:
    """Write a month into the content folder; return its file and what was written.

    Words of editors stay, a changed figure of a closed month is noted with the day ``on``. The
    file is replaced as a whole, and not touched when nothing changed.

    Raises:
        ContentErrors: the month's present file is faulty; it is not overwritten.
    """
    file = content / FOLDER / f"{snapshot.month}.json"
    written = revised(_present(file), snapshot, on)
    text = to_json(written)
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        draft = file.with_name(f".{file.name}.new")
        draft.write_text(text, encoding="utf-8")
        draft.replace(file)
    return file, written


def _present(file: Path) -> Snapshot | None:
    if not file.is_file():
        return None
    tree, faults = read_tree(file, f"{FOLDER}/{file.name}")
    made, more = (None, []) if faults else validate(Snapshot, tree)
    if made is None:
        raise ContentErrors([*faults, *more])
    return made
