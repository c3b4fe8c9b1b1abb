"""The customer says where the money should go: once for a form, also after the case has closed."""

from collections.abc import Mapping
from datetime import datetime

from forms_api import codes, handling, payouts
from forms_api.customer.acting import look
from forms_api.errors import CaseMoved, ValidationFailed
from forms_api.payments.files import need_not_under_way
from forms_api.portal import Portal
from forms_api.store.deeds import Deed
from service_policy.actors import CUSTOMER

SLUG = "nhan-tien"
PREFIX = "payout-"
"""What the fields of this form are called on the page, where other forms stand beside it."""
DONE = "Đã ghi nơi nhận tiền. Quý khách không phải xin gì nữa."


def choose(
    portal: Portal,
    reference: str,
    code: str,
    said: Mapping[str, str],
    seen: int,
    now: datetime,
    key: str = "",
) -> str:
    """Record where the money should go and return what the customer reads then.

    Raises:
        NotFound: no case answers to this reference and code.
        ValidationFailed: with the names of ``payouts.fields``.
        IdempotencyConflict: the same form was sent before with other words.
        CaseMoved: somebody acted meanwhile, or nothing is owed any more.
        StoreUnavailable: nothing was recorded.
    """
    loaded = look(portal, reference, code)
    command = payouts.choice_of(CUSTOMER, said, loaded, portal.policy)
    body = {"way": command.way, "place": command.place, "account": dict(command.account)}
    deed = Deed(
        codes.hash_of_form("customer", loaded.reference, SLUG, key, seen),
        portal.codes.sealed(codes.hash_of_body(SLUG, body)),
    )
    if handling.load_undone(portal, loaded.reference, deed) is not None:
        need_not_under_way(portal, loaded.reference)
    try:
        handling.execute(portal, loaded.reference, command, now, expected_version=seen, deed=deed)
    except ValidationFailed as problem:
        if problem.errors[0].field in ("bank", "place"):
            raise
        raise CaseMoved from None
    return " ".join(part for part in (DONE, payouts.unusual(command)) if part)
