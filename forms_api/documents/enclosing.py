"""What a letter encloses: chosen when it is written, looked at again when it leaves.

A letter may wait for hours, and a copy may be replaced or expire meanwhile. So what goes out is
decided at the last moment, by the day of sending, and that is what is recorded as sent.

The files are those of the built site, as its own register lists them: the build writes
``tai-lieu/so-tai-lieu.json`` beside them, with the hash of each. A file is used only when its bytes
have the hash that was promised for it.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from forms_api.letters import ENCLOSED_MARK, Enclosure, Letter, plain, written
from forms_api.mail import MailFile, NotSent
from forms_api.views import QUOTE_ONLY
from service_policy.cases.core.facts import SentCopy
from service_policy.cases.documents import DocumentsAsked, newest
from service_policy.company import Company
from service_policy.promises.calendar import VIETNAM
from service_policy.register import FORMATS, Issue, Register

REGISTER = "tai-lieu/so-tai-lieu.json"
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}

ON_THE_WEB = "web"


@dataclass(frozen=True)
class PublishedFile:
    """A file of one version of a document: its address, root-relative, and its SHA-256 in hex."""

    url: str
    sha256: str


def published_file(site: Path, document_id: str, version: int, format: str) -> PublishedFile | None:
    """Return the file of a version that the site publishes now, or None.

    A site that is being replaced at this moment, or was built without documents, has none.
    """
    for one in _documents(site):
        if (one.get("id"), one.get("version")) == (document_id, version):
            file = one.get("files", {}).get(format)
            return None if file is None else PublishedFile(str(file["url"]), str(file["sha256"]))
    return None


def published_bytes(site: Path, file: PublishedFile) -> bytes | None:
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


@dataclass(frozen=True)
class Enclosed:
    """A copy as it goes out: the version that holds now, and its file; none for a mere link."""

    wanted: Enclosure
    issue: Issue
    format: str
    file: MailFile | None

    @property
    def copy(self) -> SentCopy:
        """What is recorded as sent."""
        return SentCopy(
            asked=self.wanted.asked,
            id=self.issue.id,
            version=self.issue.version,
            format=self.format,
        )


def enclosures(asked: DocumentsAsked, register: Register, site: Path) -> tuple[Enclosure, ...]:
    """Return what a letter about ``asked`` should enclose: of each document the copy that holds."""
    found = []
    for one in asked.documents:
        issue = register.find(one.current_id or "", one.current_version or 0)
        if issue is None:
            continue
        format = format_of(issue, asked.format)
        file = published_file(site, issue.id, issue.version, format)
        found.append(
            Enclosure(
                asked=one.id,
                asked_version=one.version,
                id=issue.id,
                version=issue.version,
                format=format,
                url=issue.url if file is None else file.url,
                sha256="" if file is None else file.sha256,
            )
        )
    return tuple(found)


def format_of(issue: Issue, wanted: str) -> str:
    """Return the format that a mail can bring: as wanted where there is one, else for printing."""
    offered = FORMATS[issue.kind]
    return wanted if wanted in (*offered, ON_THE_WEB) else offered[0]


def enclosed(
    wanted: Iterable[Enclosure], register: Register, site: Path, now: datetime
) -> tuple[Enclosed, ...]:
    """Return the copies that go out at ``now``.

    The file that was promised goes out while its version holds and its bytes are the same;
    otherwise the file of the version that holds now.

    Raises:
        NotSent: no copy holds, or its file is not there; trying again later may help.
    """
    day = now.astimezone(VIETNAM).date()
    return tuple(_enclosed(one, register, site, day) for one in wanted)


def _enclosed(wanted: Enclosure, register: Register, site: Path, day: date) -> Enclosed:
    held = register.find(wanted.id, wanted.version) or newest(register, wanted.asked, day)
    issue = None if held is None else register.in_place_of(held, day)
    if issue is None:
        raise NotSent("no copy holds")
    if wanted.format == ON_THE_WEB:
        return Enclosed(wanted, issue, ON_THE_WEB, None)
    format = format_of(issue, wanted.format)
    files = [published_file(site, issue.id, issue.version, format)]
    if (issue.id, issue.version, format) == (wanted.id, wanted.version, wanted.format):
        files.insert(0, PublishedFile(wanted.url, wanted.sha256))
    for file in files:
        data = None if file is None else published_bytes(site, file)
        if data is not None:
            name = f"{issue.id}-v{issue.version}.{format}"
            return Enclosed(wanted, issue, format, MailFile(name, MEDIA_TYPES[format], data))
    raise NotSent("document missing")


def document_letter(
    reference: str,
    recipient: str,
    number: int,
    event: DocumentsAsked,
    enclosures: Sequence[Enclosure],
    company: Company,
    *,
    quote: bool,
) -> Letter:
    """Write the letter; what it encloses is said when it leaves (``ENCLOSED_MARK``).

    ``number`` is the number of ``event`` in its case, under which the sending is recorded.
    """
    told = {"company": company, "reference": reference, "quote": QUOTE_ONLY if quote else ""}
    body = written("document", **told, enclosed_mark=ENCLOSED_MARK)
    names = ", ".join(one.id for one in event.documents)
    return Letter(
        "document",
        recipient,
        f"[{reference}] Tài liệu Quý khách xin: {names}",
        plain(body),
        message=number,
        enclosures=tuple(enclosures),
    )


def enclosed_lines(copies: Iterable[Enclosed], site_url: str) -> str:
    """Say in a letter what comes with it, and where to see later whether it still holds."""
    return written("enclosed", copies=list(copies), site_url=site_url)
