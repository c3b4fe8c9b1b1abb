"""``/tim-kiem/``: search that works without scripts."""

from urllib.parse import urlencode

from flask import Blueprint, Response, request

from forms_api.inputs import searched
from forms_api.web import misses, render
from forms_api.web.app_context import app_context
from forms_api.web.finder import BEST, Found
from search_index.library import KINDS
from theme.context import Page

blueprint = Blueprint("search", __name__)

URL = "/tim-kiem/"
LAST_START = 50


@blueprint.get(URL)
def results() -> Response:
    """Show the best published documents for ``q``; ``kind`` keeps one kind, ``tu`` goes on."""
    query = searched(request.args.get("q", ""))
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    asked = request.args.get("tu", "")[:4]
    start = min(int(asked), LAST_START) if asked.isascii() and asked.isdigit() else 0
    found = app_context().finder.find(query, kind, start) if query else Found((), 0, ())
    if query and not (kind or start or found.sure):
        misses.note(query)
    title = f"Tìm “{query}”" if query else "Tìm kiếm"
    head = Page(
        title,
        "Tìm câu trả lời, sản phẩm, cam kết, thủ tục bảo hành; gõ không dấu cũng được.",
        URL,
        kind="search",
        noindex=bool(query),
    )
    more = start + BEST < found.total
    variables = {
        "query": query,
        "kind": kind,
        "names": KINDS,
        "facets": _facets(query, found, kind),
        "results": found.hits,
        "sure": found.sure,
        "meant": {"query": found.meant, "url": _address(found.meant)} if found.meant else None,
        "total": found.total,
        "next_url": _address(query, kind, start + BEST) if more else None,
    }
    return render.page("search_results", head, variables)


def _facets(query: str, found: Found, chosen: str) -> list[dict[str, object]]:
    """Return the kinds of document found, each with its name, number and address."""
    facets: list[dict[str, object]] = [
        {
            "kind": "",
            "name": "Tất cả",
            "count": sum(count for _, count in found.kinds),
            "url": _address(query),
        }
    ]
    facets += [
        {"kind": kind, "name": KINDS[kind], "count": count, "url": _address(query, kind)}
        for kind, count in found.kinds
    ]
    return facets if len(found.kinds) > 1 or chosen else []


def _address(query: str, kind: str = "", start: int = 0) -> str:
    asked = {"q": query, "kind": kind, "tu": str(start) if start else ""}
    return f"{URL}?{urlencode({name: value for name, value in asked.items() if value})}"
