"""Cross-checks of links: each leads to a page, a place on a page, a form, or another site."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from service_policy.addresses import FORMS, TEMPLATE_ANCHORS
from service_policy.content.cross_addresses import moved, redirects
from service_policy.content.cross_references import Sources, with_pages
from service_policy.content.grammar import Link, headings, links
from service_policy.content.library import Library
from service_policy.content.tree import Fault

_SIGNS = ("](", "][", "]:", "<")
"""A text without any of them has no link."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_WEB = re.compile(r"https?://(?:[\w-]+\.)+[\w-]{2,}(:\d{1,5})?([/?#]\S*)?", re.I)
_MAIL = re.compile(r"mailto:[^\s@<>?,;]+@(?:[\w-]+\.)+[a-z]{2,}(\?\S*)?", re.I)
_PHONE = re.compile(r"tel:\+?\d[\d.()-]{2,20}", re.I)
_HOST = re.compile(r"(?:https?:)?//(?:www\.)?([^/:?#]+)", re.I)
_DOMAIN = re.compile(r"(www\.|[\w-]+\.(com|vn|net|org|info|edu|gov)\b)", re.I)

NOTE_TARGET = re.compile(r"^[\s>]{0,20}\[\^[^\]\s]{1,60}\]:[ \t]*(\S+)", re.MULTILINE)
_MADE = re.compile(r"ck-\d+|k\d+|nam-\d{4}|nhom-\d+")
"""Ids that templates make of codes and years, on any page."""

Wrong = tuple[str, str, str]
"""A fault's code, what is wrong, how to fix it."""


@dataclass(frozen=True)
class _Site:
    """What a link may lead to."""

    pages: frozenset[str]
    files: frozenset[str]
    anchors: dict[str, frozenset[str]]
    moved: dict[str, str]
    host: str
    unseen: tuple[str, ...]


def links_lead_somewhere(library: Library, sources: Sources) -> Iterator[Fault]:
    """Every link of a text leads somewhere, whatever way it is written."""
    site = _site(library)
    own = {one.path: one.url for one in with_pages(library)}
    for tree in sources.by_file().values():
        for path, text in tree.strings():
            if not any(sign in text for sign in _SIGNS):
                continue
            notes = set(NOTE_TARGET.findall(text))
            for link in links(text):
                if link.target in notes:
                    continue  # A footnote, which is told as one.
                wrong = _wrong(link, own.get(tree.file, ""), text, site)
                if wrong is not None:
                    code, message, fix = wrong
                    yield tree.fault(path, code, message, fix, lines_down=link.line)


def chrome_leads_somewhere(library: Library, sources: Sources) -> Iterator[Fault]:
    """So does every address of the menu, the footer, the home page and the company's channels."""
    site = _site(library)
    for name in ("giao-dien.yaml", "cong-ty.yaml"):
        tree = sources.of(name)
        for path, text in tree.strings():
            if path[-1] == "url" and (wrong := _wrong(Link(text, 0), "", "", site)) is not None:
                yield tree.fault(path, *wrong)


def _site(library: Library) -> _Site:
    issues = library.register.issues
    anchors: dict[str, frozenset[str]] = {}
    for one in with_pages(library):
        own = frozenset(anchor for _, _, anchor in headings(one.body))
        anchors[one.url] = anchors.get(one.url, frozenset()) | own
    matrix = library.policy.matrix
    anchors["/hoi-dap/"] = frozenset(one.id for one in library.policy.topics)
    for page in ("/san-pham/", "/san-pham/so-sanh/"):
        anchors[page] = frozenset(one.id for one in matrix.families)
    pictures = {
        picture.address(width, extension)
        for picture in library.pictures
        for width in picture.widths
        for extension in ((picture.kind,) if picture.kind == "svg" else (picture.kind, "webp"))
    }
    return _Site(
        pages=library.addresses,
        files=frozenset({*pictures, *(file for one in issues for file in one.files.values())})
        | {month.csv_url for month in library.scorecards},
        anchors=anchors,
        moved=moved(redirects(library)),
        host=_host(library.company.website),
        # Who does not know the forms cannot miss one.
        unseen=("/theme/", FORMS) if library.declared is None else ("/theme/",),
    )


def _wrong(link: Link, page: str, text: str, site: _Site) -> Wrong | None:
    target = link.target
    shown = target if len(target) <= 60 else target[:60] + "…"
    scheme = _SCHEME.match(target)
    if scheme is not None:
        return _wrong_elsewhere(scheme[1].lower(), target, shown, site)
    if target.startswith("#"):
        anchors = {anchor for _, _, anchor in headings(text)} | site.anchors.get(page, frozenset())
        return _wrong_anchor(shown, target[1:], frozenset(anchors))
    if target.startswith("//"):
        return "broken_link", f"liên kết {shown} thiếu https:", f"viết https:{shown}"
    path, _, anchor = target.partition("#")
    path = path.partition("?")[0]
    if link.image:
        return None if path in site.files or path.startswith("/theme/") else _wrong_picture(shown)
    if path in site.moved:
        return "moved_link", f"{path} nay ở địa chỉ khác", f"viết {site.moved[path]}"
    if path in site.pages:
        own = site.anchors.get(path, frozenset())
        return _wrong_anchor(shown, anchor, own) if anchor else None
    if path in site.files or path.startswith(site.unseen):
        return None
    if not target:
        return "broken_link", "liên kết để trống", "viết đường dẫn trong ngoặc tròn"
    if _DOMAIN.match(target):
        return "broken_link", f"liên kết {shown} thiếu https://", f"viết https://{shown}"
    return "broken_link", f"không có trang {shown}", _nearest(path, site)


def _wrong_elsewhere(scheme: str, target: str, shown: str, site: _Site) -> Wrong | None:
    if scheme in ("http", "https"):
        if not _WEB.fullmatch(target):
            return "broken_link", f"địa chỉ {shown} viết không đúng", "chép lại cả địa chỉ"
        if _host(target) == site.host:
            path = re.sub(r"^https?://[^/]*", "", target, flags=re.I) or "/"
            fix = f"bỏ tên miền, viết {path}"
            return "own_address", f"liên kết {shown} viết cả tên miền của trang này", fix
        return None
    if scheme == "mailto":
        fix = "viết mailto:ten@congty.vn, một địa chỉ, không dấu cách"
        return None if _MAIL.fullmatch(target) else ("broken_link", f"thư {shown} sai", fix)
    if scheme == "tel":
        fix = "viết tel: rồi chữ số liền nhau, ví dụ tel:19001234"
        return None if _PHONE.fullmatch(target) else ("broken_link", f"số {shown} sai", fix)
    fix = "dùng liên kết https:// hoặc /đường-dẫn/"
    return "unsafe_link", f"liên kết không an toàn “{shown}”", fix


def _wrong_anchor(shown: str, anchor: str, own: frozenset[str]) -> Wrong | None:
    if anchor in own or anchor in TEMPLATE_ANCHORS or _MADE.fullmatch(anchor):
        return None
    near = get_close_matches(anchor, own, n=3, cutoff=0.4) or sorted(own)[:5]
    fix = f"chọn #{', #'.join(near)}" if near else "bỏ phần sau dấu #"
    return "broken_anchor", f"{shown}: trang ấy không có mục này", fix


def _wrong_picture(shown: str) -> Wrong:
    fix = "đưa hình vào images của sản phẩm; trong bài không đặt hình bằng tên tệp"
    return "broken_link", f"không có hình {shown}", fix


def _nearest(path: str, site: _Site) -> str:
    """Suggest the page that was meant: by its address, whatever stands before and after it."""
    plain = re.sub(r"\.(md|html?)$", "", path.strip().lower()).strip("./")
    wanted = f"/{plain.removesuffix('/index')}/"
    if wanted in site.pages:
        return f"viết {wanted}"
    ends = sorted(url for url in site.pages if plain and url.endswith(wanted))
    near = ends or get_close_matches(wanted, site.pages, n=3, cutoff=0.6)
    meant = f"ý là {' hay '.join(near[:3])}? " if near else ""
    return f"{meant}sửa đường dẫn (bắt đầu và kết thúc bằng /) hoặc viết trang đó"


def _host(address: str) -> str:
    match = _HOST.match(address)
    return (match[1] if match else address).lower().removeprefix("www.").rstrip("/")
