"""``flask --app forms_api`` ``import-ledger``, ``obligations``, ``forget-customer``: our own books.

Files come in, what they say of the promises is compared, and a customer is forgotten.
"""

import getpass
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from forms_api import audit, sweeping
from forms_api.cli import needs_store, portal_of_app
from forms_api.ledger.counts import MANY_PERSONS, customers
from forms_api.ledger.forgetting import forget
from forms_api.ledger.importing import Mapped, import_file, parents_first, read_mapping
from forms_api.ledger.taking import Refused, Taken
from forms_api.own_reports import brake
from forms_api.own_reports.round import compare_books, preview
from forms_api.store import obligation_rows
from service_policy.content import ContentErrors
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.policy import Policy
from service_policy.text import NO_BREAK_SPACE, vnd, whole
from theme.filters import datetime_vi

_FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S")


@click.command("import-ledger")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--mapping", type=click.Path(path_type=Path), help="How FILE writes its columns.")
@click.option("--source", help="The system that FILE comes from; its rows keep this name.")
@click.option(
    "--as-of",
    type=click.DateTime(_FORMATS),
    help="Until when FILE knew, in Vietnam; when it was written, if nothing says otherwise.",
)
@click.option("--backfill", is_flag=True, help="FILE may be older than what is known.")
@click.option("--dry-run", is_flag=True, help="Only look; change nothing.")
@with_appcontext
def import_ledger(
    files: tuple[Path, ...],
    mapping: Path | None,
    source: str | None,
    as_of: datetime | None,
    backfill: bool,
    dry_run: bool,
) -> None:
    """Take each FILE (CSV or XLSX) into the ledger, all of it or nothing.

    Without a mapping FILE is named after its table (orders.csv) and has our names of columns.
    Every fault is named with its row; a FILE with a fault changes nothing and ends the command.
    """
    mapped = None if mapping is None else _mapped(mapping)
    given = None if as_of is None else as_of.replace(tzinfo=VIETNAM).astimezone(UTC)
    for path in parents_first(list(files)) if mapped is None else files:
        try:
            with needs_store():
                taken = import_file(
                    portal_of_app().store,
                    path,
                    datetime.now(UTC),
                    f"cli:{getpass.getuser()}"[:64],
                    mapped=mapped,
                    source=source,
                    as_of=given,
                    backfill=backfill,
                    dry_run=dry_run,
                )
        except Refused as refused:
            for fault in refused.faults:
                click.echo(f"{path.name}:{fault}", err=True)
            told = f"{whole(refused.count)} lỗi" + (
                f" (kể {whole(len(refused.faults))} lỗi đầu)"
                if refused.count > len(refused.faults)
                else ""
            )
            raise click.ClickException(f"{path.name}: {told}; không nhập gì của tệp này") from None
        except OSError as error:
            raise click.ClickException(f"{path}: {error.strerror or error}") from None
        click.echo(f"{path.name}: {in_words(taken, dry_run=dry_run)}")
    with needs_store():
        held = portal_of_app().store.read(customers)
    click.echo(f"sổ đang giữ số liệu của {whole(held)} khách hàng")
    if held >= MANY_PERSONS:
        told = f"! từ {whole(MANY_PERSONS)} người phải có hồ sơ đánh giá tác động"
        click.echo(f"{told}: xem docs/ledger.md")


def _mapped(path: Path) -> Mapped:
    try:
        return read_mapping(path)
    except ContentErrors as faults:
        raise click.ClickException(str(faults)) from None
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror or error}") from None


def in_words(taken: Taken, *, dry_run: bool = False) -> str:
    """Say what became of a file."""
    about = taken.about
    if taken.already:
        return f"đã nhập từ trước ({about.table}), không đổi gì"
    known = about.as_of.astimezone(VIETNAM)
    counts = [
        f"{whole(taken.new)} dòng mới",
        f"{whole(taken.changed)} dòng đổi",
        f"{whole(taken.same)} dòng như cũ",
    ]
    counts += [f"{whole(taken.older)} dòng cũ hơn bản đang có"] if taken.older else []
    counts += [f"{whole(taken.gone)} dòng không còn trong tệp"] if taken.gone else []
    did = "sẽ nhập" if dry_run else "đã nhập"
    return (
        f"{did} vào {about.table}: {', '.join(counts)}; "
        f"số liệu đến {known:%H:%M %d/%m/%Y} (nguồn {about.source})"
    )


@click.command("obligations")
@click.option("--preview", "only_shown", is_flag=True, help="Show what would be written, no more.")
@with_appcontext
def obligations(only_shown: bool) -> None:
    """Compare the books with the promises, as the sweep does: misses, đồng, and whom it tells.

    With --preview nothing is written and nobody is told.
    """
    portal, now = portal_of_app(), datetime.now(UTC)
    if only_shown:
        _show(portal.policy, now)
        return
    with needs_store():
        if not sweeping.may_sweep(portal, now):
            raise click.ClickException(
                f"the clock shows {now:%Y-%m-%d %H:%M} UTC, which cannot be believed after what "
                "was seen before; nothing was compared. If it is right: sweep --confirm-clock"
            )
        done = compare_books(portal, now)
        states = portal.store.read(obligation_rows.how_many)
    held = f", {done.held} chờ người thứ hai xem" if done.held else ""
    click.echo(
        f"đã đối chiếu {done.documents} chứng từ: thêm {done.missed} lần trễ, "
        f"{_money(done.vnd)}{held}"
    )
    click.echo(", ".join(f"{state} {number}" for state, number in sorted(states.items())))


def _show(policy: Policy, now: datetime) -> None:
    """Print each miss with its sum, then the sums of each promise."""
    portal = portal_of_app()
    with needs_store("the database cannot be read"):
        found = preview(portal, now)
    sums: Counter[str] = Counter()
    misses: Counter[str] = Counter()
    for thought in found.broken:
        for one in thought.broken:
            cost = one.owed(policy)
            sums[one.commitment_id] += 0 if cost is None else cost.vnd
            misses[one.commitment_id] += 1
            said = "chưa tính được" if cost is None else f"{_money(cost.vnd)} = {cost.formula}"
            due = f"hạn {datetime_vi(one.due_at)}"
            click.echo(
                f"{one.commitment_id} {' '.join(one.document.key)} ({due}, {one.reason}): "
                f"{said.replace(NO_BREAK_SPACE, ' ')}"
            )
    for commitment, number in sorted(misses.items()):
        click.echo(f"{commitment}: {number} lần, {_money(sums[commitment])}")
    missed, owed = brake.cost(found.broken, policy)
    click.echo(f"tổng: {missed} lần, {_money(owed)}")
    if brake.held_until(missed, owed, found.touched, policy, now) is not None:
        click.echo("nhiều hơn mức công ty đặt: thư chờ người thứ hai xem ở /noi-bo/tu-soat/")


def _money(amount: int) -> str:
    return vnd(amount).replace(NO_BREAK_SPACE, " ")


@click.command("forget-customer")
@click.argument("customer_id")
@with_appcontext
def forget_customer(customer_id: str) -> None:
    """Erase CUSTOMER_ID's name, contacts and tax code from the ledger, now and in later files."""
    now = datetime.now(UTC)
    with needs_store():
        changed = portal_of_app().store.write(lambda c: forget(c, customer_id, now))
        audit.note(portal_of_app(), now, "ledger_forgotten", None)
    click.echo(f"đã xóa khỏi {whole(changed)} dòng; sửa cả ở hệ thống nguồn")


COMMANDS: tuple[click.Command, ...] = (
    import_ledger,
    obligations,
    forget_customer,
)
