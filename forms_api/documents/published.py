"""The files of documents on the built site, as the site's own register lists them.

The build writes ``tai-lieu/so-tai-lieu.json`` beside the files, with the hash of each. A file is
used only when its bytes have the hash that was promised for it.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REGISTER = "tai-lieu/so-tai-lieu.json"
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}


@dataclass(frozen=True)
class PublishedFile:
    """A file of one version of a document: its address, root-relative, and its SHA-256 in hex."""

    url: str
    sha256: str


def find(site: Path, document_id: str, version: int, format: str) -> PublishedFile | None:
    """Return the file of a version that the site publishes now, or None.

    A site that is being replaced at this moment, or was built without documents, has none.
    """
    for one in _documents(site):
        if (one.get("id"), one.get("version")) == (document_id, version):
            file = one.get("files", {}).get(format)
            return None if file is None else PublishedFile(str(file["url"]), str(file["sha256"]))
    return None


def content(site: Path, file: PublishedFile) -> bytes | None:
    """Return the bytes of a file; None when it is gone or is not what its hash says."""
    path = (site / file.url.lstrip("/")).resolve()
    if not path.is_relative_to(site.resolve()):
        return None
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == file.sha256 else None


def _documents(site: Path) -> list[dict[str, Any]]:
    try:
        text = (site / REGISTER).read_text(encoding="utf-8")
    except OSError:
        return []
    documents: list[dict[str, Any]] = json.loads(text)["documents"]
    return documents
