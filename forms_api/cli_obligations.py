"""``flask --app forms_api obligations``: what the company's books say of its promises."""

from collections import Counter
from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from forms_api.cli import needs_store, portal_of_app
from forms_api.own_reports import brake
from forms_api.own_reports.round import compare_books, preview
from forms_api.store import obligation_rows
from service_policy.promises.policy import Policy
from service_policy.text import NO_BREAK_SPACE, vnd
from theme.filters import datetime_vi


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


COMMANDS: tuple[click.Command, ...] = (obligations,)
