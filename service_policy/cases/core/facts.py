"""Small values that events and commands carry."""

from datetime import datetime
from typing import Literal

from service_policy.register import document_page
from service_policy.values import Count, Model, Text

MediaType = Literal["image/jpeg", "image/png", "image/webp", "application/pdf"]


class FileFact(Model):
    """A stored file: its SHA-256 in hexadecimal, its size in bytes, its media type.

    Names are personal and lie beside the event, in the erasable side of the store.
    """

    sha256: str
    size: Count
    media_type: MediaType


class Evidence(Model):
    """A piece of evidence: an opaque id, what it is, and whether the customer may read it.

    A ``note`` is a line that staff typed. A ``file`` goes with the same command. An ``event`` is
    one of the case, by its ``number``.
    """

    id: Text
    readable_by_customer: bool = False
    kind: Literal["note", "file", "event"] = "note"
    number: int | None = None


class MovedDue(Model):
    """A promise of the case, by its key, and the date that holds for it from now on.

    ``bound`` is given when a stricter date came from outside (another category, a merged case):
    from now on the promise is due no later than that, whatever becomes of earlier pauses.
    """

    promise: str
    due_at: datetime
    bound: datetime | None = None


SendBy = Literal["email", "post", "fax", "pick_up"]
"""How a document travels."""


class AskedDocument(Model):
    """A document that was asked for, and the copy that held at that moment.

    ``version`` is the one that the asker had in hand, if it was said. ``current_id`` differs from
    ``id`` where a sheet of a series followed another; both are None while no copy holds.
    """

    id: str
    version: int | None = None
    current_id: str | None = None
    current_version: int | None = None


class SentCopy(Model):
    """A copy that went out, and in answer to which of the documents that were asked for."""

    asked: str
    id: str
    version: int
    format: str

    def feedback_url(self, page: str) -> str:
        """Return where somebody says whether it was clear, under the address of that form.

        The page of a price sheet moves when the next version takes its place; this one does not.
        """
        return f"{page}?trang={document_page(self.id)}&phien-ban={self.version}"


Remedy = Literal[
    "repair", "replace", "refund", "compensate", "apologise", "explain", "feedback_only"
]
"""What the customer wants; the id of a choice, not words of theirs."""
