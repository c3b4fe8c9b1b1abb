"""The register of addresses: what belongs to the form server, to the builder, to each document.

The checker refuses a second claim, the builder makes the redirects of `aliases`, and everyone who
must know which addresses a web server hands to the form server reads ``SERVED``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

SERVED: tuple[str, ...] = (
    "/api/",
    "/gui/",
    "/healthz",
    "/ho-so/",
    "/metrics",
    "/noi-bo/",
    "/quan-tri/",
    "/readyz",
    "/tim-kiem/",
)
"""Addresses of the form server, and of nobody else; a web server hands all of them on."""

BUILT: tuple[str, ...] = (
    "/.well-known/",
    "/404.html",
    "/favicon.ico",
    "/feeds/",
    "/nhat-ky/",
    "/robots.txt",
    "/san-pham/hinh/",
    "/search-index/",
    "/search-offline.js",
    "/sitemap.xml",
    "/theme/",
    "/thuong-hieu/",
)
"""Files that the builder writes, or will: no page and no redirect may stand in their place."""

GROWING: tuple[str, ...] = ("/cam-ket/", "/ket-qua/", "/tai-lieu/")
"""Sections in which the builder makes pages of its own as time goes by.

A page of an editor below them would be in the way of a promise, a month or a document that comes
later; the page of the section itself may be an editor's.
"""

PARTNERS = "/doi-tac/"
"""The pages of the partner policy; there are none where no segment has it."""

INDEXES: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "/": ("trang chủ", ()),
        "/cam-ket/": ("danh sách cam kết", ()),
        "/cam-ket/phien-ban/": ("danh sách phiên bản cam kết", ()),
        "/bao-hanh/": ("danh sách thủ tục bảo hành", ("warranty", "products")),
        "/bang-gia/": ("danh sách bảng giá", ("price_sheet_versions",)),
        "/bang-gia/luu-tru/": ("kho bảng giá cũ", ("past_sheets",)),
        "/catalogue/": ("danh sách catalogue", ("catalogues",)),
        "/san-pham/": ("danh sách sản phẩm", ("products",)),
        "/san-pham/so-sanh/": ("trang so sánh sản phẩm", ("products",)),
        "/hoi-dap/": ("danh sách câu hỏi", ("faq",)),
        PARTNERS: ("trang chính sách đối tác", ("partners",)),
        "/ket-qua/": ("bảng kết quả", ()),
    }
)
"""Pages that the builder makes: what each of them is, and what of the library it lists.

Where all of the latter is empty the page is not made; one that names nothing is always there.
"""

FORMS = "/gui/"
"""Where the address of every form begins; the portal declares which forms there are."""

SERVER_PAGES: frozenset[str] = frozenset({"/ho-so/", "/tim-kiem/"})
"""Pages of the form server besides, to which a text may link."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One address that somebody has.

    Attributes:
        url: root-relative, as the builder writes it.
        owner: who has it: two claims of one owner do not collide.
        file: the content file that claims it, or "" for the builder itself.
        field: the field of that file from which the address comes.
        index: which of several values of the field.
        target: where a redirect leads; "" for a page.
    """

    url: str
    owner: str
    file: str = ""
    field: str = ""
    index: int | None = None
    target: str = ""


def below(url: str, prefixes: Iterable[str]) -> str | None:
    """Return the prefix that an address equals or stands under, or None.

    ``/healthz/`` is as much in the way as ``/healthz``; letters and slashes are told apart as
    strictly as a web server on a forgiving disk would: not at all.
    """
    plain = url.casefold().rstrip("/") + "/"
    return next((one for one in prefixes if plain.startswith(one.rstrip("/") + "/")), None)


def is_served(url: str) -> bool:
    """Say whether the form server answers an address, not a file of the site."""
    return below(url, SERVED) is not None


TEMPLATE_ANCHORS: frozenset[str] = frozenset(
    """
    ban-dung ban-ve cac-buoc cac-phien-ban cach-dong cach-ghi cam-ket can-cu cau-hoi
    chan-phap-ly chua-co co-de-hieu cung-chu-de danh-sach day-chuyen dieu-kien dong-vai ghi-chu
    hai-mau han-noi-bo hay-hoi ket-qua ket-qua-that khi-nao-tu-choi khong-ap-dung lien-quan loai-tru
    luat-dinh
    ma-ngung-ban menu moi-nhat moi-thang muc-ban-ve muc-bao-hanh muc-cau-hoi muc-linh-kien muc-may
    muc-nhan muc-tai-lieu muc-thong-so muc-tieu ngung-ban nguon noi-dung phap-ly quyen san-pham
    sua-so thay-doi theo-thang thoi-han tien-bu trang-khac trong-muc-nay tu-choi ve-bang-gia vi-du
    viec xau-nhat
    """.split()
)
"""The ids that the theme's templates write out; a test holds them to the templates."""


_ADDRESS = re.compile(
    r"https?://(?P<host>localhost|\[[0-9a-f:.]+\]|[a-z0-9_]([a-z0-9_-]*[a-z0-9])?"
    r"(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9])?)*)(:(?P<port>\d{1,5}))?/?",
    re.IGNORECASE,
)
SETTING = "PORTAL_SITE_URL"


def wrong_site_address(text: str) -> str | None:
    """Say what is wrong with the public address of a site, or None; an empty one is not set.

    Every link of the site begins at the root of its host, so a site under a path would be broken.
    """
    if not text:
        return None
    match = _ADDRESS.fullmatch(text)
    if match is not None:
        port = match["port"]
        return None if port is None or 0 < int(port) < 65536 else f"{SETTING}: no port {port}"
    if re.match(r"https?://[^/?#@]+/+[^/?#]", text, re.IGNORECASE):
        what = "the site cannot stand under a path, because its links begin at the root"
    else:
        what = "must be scheme and host alone"
    return f"{SETTING}: {what}; write it like https://camket.example"


@dataclass(frozen=True)
class Declared:
    """Kinds of cases and addresses of forms; whoever has the forms says what they are.

    ``topics`` are the kinds that a route leads to a department, each with the topics that it may
    be about; ``others`` are kinds without a route, which promises may be for. ``forms`` are the
    addresses below ``/gui/`` that a text may link to.
    """

    topics: Mapping[str, tuple[str, ...]]
    others: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The ids of all kinds."""
        return (*self.topics, *self.others)
