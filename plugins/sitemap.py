"""`sitemap.xml` (sitemaps.org) with every page that search engines may list, and `robots.txt`."""

from xml.sax.saxutils import escape

from plugins.model import Files, House, Pages, Settings

PRIVATE = ("/api/", "/gui/", "/ho-so/", "/noi-bo/", "/tim-kiem/")
"""Addresses of the form server; nothing behind them belongs in a search engine."""


def files(house: House, pages: Pages, settings: Settings) -> Files:
    """Return the two files."""
    base = house.public_url
    rules = "".join(f"Disallow: {path}\n" for path in PRIVATE)
    robots = f"User-agent: *\n{rules}\nSitemap: {base}/sitemap.xml\n"
    return {"sitemap.xml": _sitemap(base, pages).encode(), "robots.txt": robots.encode()}


def _sitemap(base: str, pages: Pages) -> str:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for page in sorted(pages, key=lambda one: one.page.url):
        if page.listed:
            changed = f"<lastmod>{page.changed_on.isoformat()}</lastmod>" if page.changed_on else ""
            lines.append(f"<url><loc>{escape(base + page.page.url)}</loc>{changed}</url>")
    return "\n".join([*lines, "</urlset>", ""])
