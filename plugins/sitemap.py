"""`sitemap.xml` (sitemaps.org) with every page that search engines may list, and `robots.txt`."""

from xml.sax.saxutils import escape

from pelican import signals

from plugins.extra_files import FileGenerator, public_url
from plugins.model import House, PageFile

PRIVATE = ("/api/", "/gui/", "/ho-so/", "/noi-bo/", "/tim-kiem/")
"""Addresses of the form server; nothing behind them belongs in a search engine."""


class SitemapGenerator(FileGenerator):
    """Writes both files."""

    def files(self, house: House, pages: tuple[PageFile, ...]) -> dict[str, bytes]:
        """Return the two files."""
        base = public_url(house)
        rules = "".join(f"Disallow: {path}\n" for path in PRIVATE)
        robots = f"User-agent: *\n{rules}\nSitemap: {base}/sitemap.xml\n"
        return {"sitemap.xml": _sitemap(base, pages).encode(), "robots.txt": robots.encode()}


def _sitemap(base: str, pages: tuple[PageFile, ...]) -> str:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for page in sorted(pages, key=lambda one: one.page.url):
        if page.listed:
            changed = f"<lastmod>{page.changed_on.isoformat()}</lastmod>" if page.changed_on else ""
            lines.append(f"<url><loc>{escape(base + page.page.url)}</loc>{changed}</url>")
    return "\n".join([*lines, "</urlset>", ""])


def get_generators(_: object) -> type[SitemapGenerator]:
    """Answer Pelican's call for generators."""
    return SitemapGenerator


def register() -> None:
    """Register the plugin with Pelican."""
    signals.get_generators.connect(get_generators)
