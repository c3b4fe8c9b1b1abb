"""All other pages (`content/trang/`): legal pages, procedures, company pages.

A page whose address is the beginning of others becomes the page of a section and lists them.
Some addresses show data besides their text; `EXTRAS` says which.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from plugins.markdown_html import render
from plugins.model import PageFile, SiteBuild, page, text_version
from plugins.pages import partners, register
from plugins.pages.products import end_of_sale
from service_policy.company import Company, Department
from service_policy.content import Library
from service_policy.documents import Page as Document
from service_policy.handling import Limit
from service_policy.scorecard.snapshot import ChainLink

Extras = tuple[str, Callable[[SiteBuild], Mapping[str, object]]]

EVERYBODY = {"khach": "Quý khách", "tat-ca": "tất cả các phòng"}


@dataclass(frozen=True, slots=True)
class ChainLimit:
    """One time limit: whom it serves, in words, and the latest result, if any."""

    limit: Limit
    serves: tuple[str, ...]
    result: ChainLink | None


def _chain(site_build: SiteBuild) -> Mapping[str, object]:
    """Return the internal customer chain: departments with their limits, and the month measured."""
    company = site_build.library.company
    measured = [month for month in site_build.library.scorecards if month.chain]
    month = measured[-1] if measured else None
    results = {(one.department, one.limit): one for one in (month.chain if month else ())}
    chain = tuple(
        (
            department,
            tuple(
                ChainLimit(limit, _serves(company, limit), results.get((department.id, limit.id)))
                for limit in department.limits
            ),
        )
        for department in company.departments
        if department.limits
    )
    return {"chain": chain, "measured_in": month}


def _serves(company: Company, limit: Limit) -> tuple[str, ...]:
    departments: dict[str, Department] = {one.id: one for one in company.departments}
    return tuple(EVERYBODY.get(one) or departments[one].name for one in limit.serves)


def _complaints(site_build: SiteBuild) -> Mapping[str, object]:
    """Return the kinds of complaint, each with its promise of an answer and of a resolution."""
    policy, day = site_build.library.policy, site_build.day
    return {
        "categories": tuple(
            (
                one,
                policy.ordinary("complaint", "answered", one.id, day),
                policy.ordinary("complaint", "resolved", one.id, day),
            )
            for one in policy.categories
        )
    }


EXTRAS: Mapping[str, Extras] = {
    "/ve-chung-toi/day-chuyen/": ("page_chain", _chain),
    "/thuat-ngu/": ("page_terms", lambda site_build: {"terms": site_build.library.terms.terms}),
    "/lich-nghi/": (
        "page_calendar",
        lambda site_build: {"years": site_build.library.holidays.years},
    ),
    "/kenh-chinh-thuc/": ("page_channels", lambda site_build: {}),
    "/khieu-nai/": ("page_complaints", _complaints),
    "/tai-lieu/": ("page_documents", register.variables),
    "/san-pham/ngung-ban/": ("page_end_of_sale", end_of_sale),
    "/yeu-to-dich-vu/": (
        "page_elements",
        lambda site_build: {"all_elements": site_build.library.elements},
    ),
}
"""By address: the template, and the variables it has besides those of every page."""


def build(site_build: SiteBuild) -> Iterator[PageFile]:
    """Yield a page for each document."""
    documents = {document.url: document for document in site_build.library.pages}
    for document in documents.values():
        yield _page(site_build, document, documents)


def _page(site_build: SiteBuild, document: Document, documents: Mapping[str, Document]) -> PageFile:
    library = site_build.library
    rendered = render(document.body)
    children = tuple(
        other for url, other in documents.items() if parent_url(url) == document.url and url != "/"
    )
    plain: Extras = ("page_section" if children else "page", lambda _: {})
    template, extras = EXTRAS.get(document.url, plain)
    in_force = {one.id: one for one in library.commitments}
    return page(
        site_build,
        template,
        {
            "doc": document,
            "body": rendered.html,
            "toc": rendered.toc,
            "laws": tuple(library.legal.words(citation) for citation in document.law),
            "measures": tuple(in_force[key] for key in document.measures if key in in_force),
            "usual": library.policy.matrix.usual.id,
            "element_count": len(library.elements),
            "elements": tuple(
                element for element in library.elements if element.number in document.elements
            ),
            "children": children,
            **extras(site_build),
        },
        title=document.title,
        description=document.summary,
        url=document.url,
        kind="page",
        above=_above(document.url, documents, library),
        version=text_version(document),
        changed_on=document.effective_from,
    )


def parent_url(url: str) -> str:
    """Return the address one level up: `/phap-ly/bao-mat/` has `/phap-ly/`."""
    return url[: url.rstrip("/").rindex("/") + 1]


def _above(url: str, documents: Mapping[str, Document], library: Library) -> list[tuple[str, str]]:
    """Return the (title, url) pairs of the pages above, the outermost first.

    Some of them are sections, whose own page another builder makes.
    """
    titles = {"/san-pham/": "Sản phẩm", "/bao-hanh/": "Bảo hành", "/bang-gia/": "Bảng giá"}
    titles |= partners.section(library) | {one: each.title for one, each in documents.items()}
    above = [url[: place + 1] for place, letter in enumerate(url[:-1]) if place and letter == "/"]
    return [(titles[one], one) for one in above if one in titles]
