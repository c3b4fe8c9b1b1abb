"""The template contract: options, filters and globals that Pelican and Flask share.

Pelican takes ``OPTIONS`` as JINJA_ENVIRONMENT, ``FILTERS`` and ``GLOBALS`` by their own names;
everything else calls ``build_environment()``. Autoescape is on (Pelican's default is off, and a
``<b>`` in a title would reach the page raw) and an undefined name is an error. A macro with links
is imported ``with context``, because the site is known only there.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from theme import filters, words
from theme.assets import asset

TEMPLATES: Final = Path(__file__).parent / "templates"


@pass_context
def _link(context: Context, title: str, url: str, kind: str = "") -> Markup:
    """Link to a page by its title, or say the title alone where the site has no such page.

    ``kind`` is the class of the link.
    """
    if not context["site"].has(url):
        return Markup("{}").format(title)
    attribute = Markup(' class="{}"').format(kind) if kind else ""
    return Markup('<a{} href="{}">{}</a>').format(attribute, url, title)


@pass_context
def _link_line(context: Context, *pages: tuple[str, str]) -> Markup:
    """Put links in one paragraph, those (title, url) pairs that the site has; nothing else."""
    there = [_link(context, title, url) for title, url in pages if context["site"].has(url)]
    return Markup("<p>{}</p>").format(Markup(" · ").join(there)) if there else Markup("")


OPTIONS: Final[dict[str, Any]] = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": False,
    "extensions": [],
}

FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "asset": asset,
    "date_vi": filters.date_vi,
    "datetime_vi": filters.datetime_vi,
    "iso": filters.iso,
    "json_ld": filters.json_ld,
    "number_vi": filters.number_vi,
    "percent_vi": filters.percent_vi,
    "vnd": filters.vnd,
    "file_size_vi": filters.file_size_vi,
    "weekday_date_vi": filters.weekday_date_vi,
}

GLOBALS: Final[dict[str, Any]] = {
    "words": words,
    "link": _link,
    "link_line": _link_line,
}


def build_environment(extra: Mapping[str, Any] = MappingProxyType({})) -> Environment:
    """A Jinja environment under the contract; ``extra`` adds globals of one server."""
    # Autoescape is in OPTIONS, where the linters do not look.
    environment = Environment(loader=FileSystemLoader(TEMPLATES), **OPTIONS)  # noqa: S701  # nosec B701
    environment.filters.update(FILTERS)
    environment.globals.update(GLOBALS)
    environment.globals.update(extra)
    return environment
