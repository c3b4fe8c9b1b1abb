"""Files that go with a command, as its event names them: what they are, never what they hold."""

from typing import Literal

from service_policy.values import Count, Model

MediaType = Literal["image/jpeg", "image/png", "image/webp", "application/pdf"]


class FileFact(Model):
    """A stored file: its SHA-256 in hexadecimal, its size in bytes, its media type.

    Names are personal and lie beside the event, in the erasable side of the store.
    """

    sha256: str
    size: Count
    media_type: MediaType
