"""Events of a request for documents: what was asked for, what was sent, was it understood."""

from datetime import datetime
from typing import Literal

from service_policy.actors import Actor
from service_policy.values import Model

Way = Literal["email", "post", "fax", "pick_up"]


class AskedDocument(Model):
    """A document that was asked for, and the copy that held at that moment.

    ``version`` is the one that the asker had in hand, if it was said. ``current_id`` differs from
    ``id`` where a sheet of a series followed another; both are None while no copy holds.
    """

    id: str
    version: int | None = None
    current_id: str | None = None
    current_version: int | None = None


class DocumentsAsked(Model):
    """Documents were asked for, to be sent one way in one format."""

    type: Literal["documents_asked"] = "documents_asked"
    at: datetime
    documents: tuple[AskedDocument, ...]
    way: Way
    format: str


class SentCopy(Model):
    """A copy that went out, and in answer to which of the documents that were asked for."""

    asked: str
    id: str
    version: int
    format: str


class DocumentsSent(Model):
    """Copies went out: which versions, when and which way."""

    type: Literal["documents_sent"] = "documents_sent"
    at: datetime
    by: Actor
    copies: tuple[SentCopy, ...]
    way: Way
    letter: int | None = None


class UnderstoodAsked(Model):
    """Whoever got a document was asked whether it is clear and complete."""

    type: Literal["understood_asked"] = "understood_asked"
    at: datetime
    copies: tuple[SentCopy, ...]
