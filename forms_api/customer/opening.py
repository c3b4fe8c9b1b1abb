"""Opening a case with its code: whoever reads the page has the messages on it in hand."""

from datetime import datetime

from sqlalchemy import Connection

from forms_api import handling
from forms_api.errors import StoreUnavailable
from forms_api.loading import Loaded, load
from forms_api.portal import Portal
from forms_api.service import held


def look(portal: Portal, reference: str, code: str) -> Loaded:
    """Read a case for whoever holds its code, without anything being recorded.

    Raises:
        NotFound: no case answers to this reference and code.
        StoreUnavailable: the store cannot be read.
    """

    def read(connection: Connection) -> Loaded:
        return load(connection, held(connection, reference, code).case_ref)

    return portal.store.read(read)


def open_case(
    portal: Portal, reference: str, code: str, now: datetime, *, reads: bool = True
) -> Loaded:
    """Read a case for its customer and record that the messages it shows have arrived.

    Without ``reads`` somebody else is looking and nothing is recorded; nor where staff know the
    code, since the visitor need not be the customer.

    A delivery that cannot be written down does not hide the case: the clock then runs on, which
    is to the customer's favour.

    Raises:
        NotFound: no case answers to this reference and code.
        StoreUnavailable: the store cannot be read.
    """
    loaded = look(portal, reference, code)
    waiting = [one.number for one in loaded.case.messages if one.delivered_at is None]
    if not waiting or not reads or loaded.case.staff_know_code:
        return loaded
    try:
        for number in waiting:
            handling.delivered(portal, loaded.reference, number, "page_opened", now)
    except StoreUnavailable:
        return loaded
    return look(portal, reference, code)
