"""What every template is told besides its own models: the company, the site and the page.

``company`` is the company model of the rules. ``site`` and ``page`` are the two small objects
below; the static site and the form server both build them, so the shell is one and the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go: its title as shown and its root-relative address."""

    title: str
    url: str


NAV: Final[tuple[Link, ...]] = (
    Link("Cam kết", "/cam-ket/"),
    Link("Kết quả", "/ket-qua/"),
    Link("Bảo hành", "/bao-hanh/"),
    Link("Bảng giá", "/bang-gia/"),
    Link("Sản phẩm", "/san-pham/"),
    Link("Hỏi đáp", "/hoi-dap/"),
    Link("Đại lý, đối tác", "/doi-tac/"),
    Link("Theo dõi hồ sơ", "/ho-so/"),
)

# The four things that Decree 248/2026, article 4 to 7, wants one click away from every page.
LEGAL_LINKS: Final[tuple[Link, ...]] = (
    Link("Thông tin chủ quản", "/phap-ly/chu-quan/"),
    Link("Bảo mật thông tin cá nhân", "/phap-ly/bao-mat/"),
    Link("Quyền và nghĩa vụ các bên", "/phap-ly/quyen-nghia-vu/"),
    Link("Tiếp nhận, giải quyết khiếu nại", "/khieu-nai/"),
)


@dataclass(frozen=True, slots=True)
class Site:
    """The published site: its public address ("" when unknown) and its promises' fingerprint.

    ``fingerprint`` is 12 hex digits; ``built_on`` is the day of the build.
    """

    url: str
    fingerprint: str
    built_on: date
    nav: tuple[Link, ...] = NAV
    legal: tuple[Link, ...] = LEGAL_LINKS


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what its head and its breadcrumbs need.

    ``url`` is root-relative; ``breadcrumbs`` are (title, url) pairs from the home page's child
    down to the parent of this page; ``json_ld`` holds schema.org objects; ``kind`` is a word
    for the body's class, such as ``commitment`` or ``form``. A page with a ``version`` asks its
    readers whether that version is clear.
    """

    title: str
    description: str
    url: str
    breadcrumbs: tuple[tuple[str, str], ...] = ()
    kind: str = "page"
    json_ld: tuple[Mapping[str, object], ...] = ()
    noindex: bool = False
    version: str = ""
