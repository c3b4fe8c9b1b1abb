"""The files of a case as people see them, and which of them are the customer's to see."""

from dataclasses import dataclass
from datetime import datetime

from forms_api.errors import NotFound
from forms_api.loading import Loaded
from forms_api.portal import Portal
from forms_api.store.upload_rows import StoredFile
from forms_api.uploads import folder
from forms_api.uploads.kinds import KINDS
from service_policy.cases.core.identification import files_wait
from service_policy.cases.refusal.refusing import RefusalIssued, RefusalProposed
from service_policy.promises.policy import Policy

COMPANY, CUSTOMER = "Chúng tôi", "Quý khách"


@dataclass(frozen=True)
class ShownFile:
    """A file; ``seq`` is the number of the event, and of the message, that it belongs to.

    ``customer_sees`` is whether it is on the customer's page now.
    """

    id: str
    seq: int
    name: str
    kind: str
    size: int
    who: str
    at: datetime
    is_picture: bool
    customer_sees: bool
    media_type: str
    sha256: str


def files_of(loaded: Loaded, *, customer: bool) -> tuple[ShownFile, ...]:
    """Return the files of a case; for its ``customer`` only those meant for both sides."""
    found = (_shown(loaded, one) for one in loaded.files)
    return tuple(one for one in found if one.customer_sees or not customer)


def for_customer(loaded: Loaded, policy: Policy) -> tuple[ShownFile, ...]:
    """Return the files on the customer's page now.

    What staff were given in a contact waits there as the words of it do, until the asker of a case
    about invoices is identified.
    """
    return tuple(
        one
        for one in files_of(loaded, customer=True)
        if not files_wait(loaded.case, loaded.events[one.seq - 1], policy)
    )


def one_of(files: tuple[ShownFile, ...], file_id: str) -> ShownFile:
    """Return the file with an id.

    Raises:
        NotFound: it is not among these.
    """
    found = next((one for one in files if one.id == file_id), None)
    if found is None:
        raise NotFound
    return found


def content(portal: Portal, file: ShownFile) -> bytes:
    """Return the bytes of a file.

    Raises:
        StoreUnavailable: they are missing or damaged.
    """
    return folder.read(portal.settings.upload_dir, file.id, file.sha256)


def _shown(loaded: Loaded, file: StoredFile) -> ShownFile:
    kind = KINDS[file.media_type]
    names = loaded.private.get(file.seq, {}).get("files", {})
    return ShownFile(
        id=file.id,
        seq=file.seq,
        name=str(names.get(file.id) or f"tep{kind.suffixes[0]}"),
        kind=kind.words,
        size=file.size,
        who=CUSTOMER if file.added_by == "customer" else COMPANY,
        at=file.at,
        is_picture=kind.is_picture,
        customer_sees=file.added_by == "customer" or _reaches_customer(loaded, file),
        media_type=kind.media_type,
        sha256=file.sha256,
    )


def _reaches_customer(loaded: Loaded, file: StoredFile) -> bool:
    """Say whether a file of the staff is out: a refusal's files go with its signature."""
    if not file.readable:
        return False
    if not isinstance(loaded.events[file.seq - 1], RefusalProposed):
        return True
    return any(isinstance(one, RefusalIssued) and one.message == file.seq for one in loaded.events)
