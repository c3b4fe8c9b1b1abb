"""Whether every link and every download of the built site answers."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.error import URLError
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import Request, urlopen

from forms_api.kinds import DECLARED
from service_policy.addresses import FORMS, is_served
from service_policy.weekly_check import Finding

REGISTER = "tai-lieu/so-tai-lieu.json"
"""The machine-readable register of documents, with the size and hash of each file."""
_PATIENCE_SECONDS = 10.0


@dataclass
class Links:
    """The links of a built site.

    ``inside`` maps each root-relative address, with its fragment, to a page that has it;
    ``outside`` does so with addresses of other sites; ``anchors`` are the ids of each page.
    """

    inside: dict[str, str] = field(default_factory=dict)
    outside: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)


_TAG = re.compile(r"""<[a-z][\w-]*((?:\s+[^\s"'=<>/]+(?:="[^"]*")?)+)\s*/?>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'\s(href|src|srcset|id|rel)="([^"]*)"')


def _targets_and_ids(html: str) -> tuple[list[str], set[str]]:
    """Return what a page links to and what can be linked to in it.

    Only our own pages are read, whose attributes stand in double quotes: a parser of anybody's
    HTML takes as long for them as the whole site takes to be written.
    """
    targets: list[str] = []
    ids: set[str] = set()
    for tag in _TAG.finditer(html):
        said = {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag[1])}
        if said.get("id"):
            ids.add(said["id"])
        # A canonical link names this site as the world sees it; it is no way to go.
        if said.get("rel") != "canonical":
            targets += [said[name] for name in ("href", "src") if said.get(name)]
        targets += [part.split()[0] for part in said.get("srcset", "").split(",") if part.strip()]
    return targets, ids


def links_of(output: Path) -> Links:
    """Read every page of a built site."""
    found = Links()
    for file in sorted(output.rglob("*.html")):
        url = f"/{file.relative_to(output).as_posix()}".removesuffix("index.html")
        targets, ids = _targets_and_ids(file.read_text(encoding="utf-8"))
        found.anchors[url] = frozenset(ids)
        for target in targets:
            scheme = urlsplit(target).scheme
            if not scheme and not target.startswith("//"):
                found.inside.setdefault(urljoin(url, target), url)
            elif scheme in ("http", "https"):
                found.outside.setdefault(target, url)
    return found


def broken_inside(output: Path, links: Links) -> Iterator[Finding]:
    """Find links that lead to no file, no anchor and no page of the form server."""
    for target, page in links.inside.items():
        parts = urlsplit(target)
        path = unquote(parts.path)
        if is_served(path):
            if path.startswith(FORMS) and path not in DECLARED.forms:
                yield Finding(kind="link", where=page, what=f"{target} không có")
            continue
        file = output / path.lstrip("/")
        if path.endswith("/"):
            file /= "index.html"
        if not file.is_file() or file.stat().st_size == 0:
            yield Finding(kind="link", where=page, what=f"{target} không có")
        elif parts.fragment and unquote(parts.fragment) not in links.anchors.get(path, ()):
            yield Finding(kind="link", where=page, what=f"{target} không có mục này")


def broken_files(output: Path) -> Iterator[Finding]:
    """Find documents of the register whose file is missing or was changed."""
    register = output / REGISTER
    if not register.is_file():
        return
    for document in json.loads(register.read_text(encoding="utf-8"))["documents"]:
        for one in document["files"].values():
            file = output / one["url"].lstrip("/")
            where = f"{document['id']} phiên bản {document['version']}"
            if not file.is_file():
                yield Finding(kind="link", where=where, what=f"{one['url']} không có")
            elif hashlib.sha256(file.read_bytes()).hexdigest() != one["sha256"]:
                yield Finding(kind="link", where=where, what=f"{one['url']} khác với sổ tài liệu")


def broken_outside(links: Links) -> Iterator[Finding]:
    """Ask every other site that we link to; one that does not answer is a finding."""
    for target, page in links.outside.items():
        request = Request(target, method="HEAD", headers={"User-Agent": "cam-ket-weekly-check"})  # noqa: S310
        try:
            with urlopen(request, timeout=_PATIENCE_SECONDS):  # noqa: S310
                continue
        except (URLError, TimeoutError, ConnectionError) as error:
            yield Finding(kind="link", where=page, what=f"{target}: {error}")
