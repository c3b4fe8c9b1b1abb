"""Links of templates to pages that a company may not have: words take their place.

A macro that uses them is imported ``with context``, because the site is known only there.
"""

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup


@pass_context
def link(context: Context, title: str, url: str, kind: str = "") -> Markup:
    """Link to a page by its title, or say the title alone where the site has no such page.

    ``kind`` is the class of the link.
    """
    if not context["site"].has(url):
        return Markup("{}").format(title)
    attribute = Markup(' class="{}"').format(kind) if kind else ""
    return Markup('<a{} href="{}">{}</a>').format(attribute, url, title)


@pass_context
def link_line(context: Context, *pages: tuple[str, str]) -> Markup:
    """Put links in one paragraph, those (title, url) pairs that the site has; nothing else."""
    there = [link(context, title, url) for title, url in pages if context["site"].has(url)]
    return Markup("<p>{}</p>").format(Markup(" · ").join(there)) if there else Markup("")
