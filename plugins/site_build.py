"""The generator of all our pages: the validated library in, pages out.

Pelican's own articles and pages are switched off in `pelicanconf.py`; this is the way that Pelican
documents for other kinds of content (`signals.get_generators`).
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import Generator

from plugins.build_date import build_date
from plugins.model import SiteBuild
from plugins.pages import build_pages
from plugins.pdf.issue_files import issue_files
from plugins.pdf.press import Press
from plugins.pdf.typst_pdf import PdfCache
from service_policy.content import read
from theme.context import Site


class SiteGenerator(Generator):  # type: ignore[misc]  # Pelican has no annotations
    """Reads the content once and writes every page of `plugins.pages`.

    It leaves `site_build` and `site_pages` in Pelican's shared context for the generators of the
    sitemap, the feeds and the search index.
    """

    def generate_context(self) -> None:
        """Read the content and build the pages. Raises ContentErrors with all faults."""
        library = read(Path(self.path), build_date(), drafts=self.settings["SHOW_DRAFTS"])
        site_build = SiteBuild(library, Site.of(library, self.settings["SITEURL"]))
        press = Press(library, site_build.public_url)
        shelf = PdfCache(Path(self.settings["PAPER_SHELF"]))
        site_build = replace(
            site_build, pdf_size=lambda issue: len(issue_files(press, issue, shelf)["pdf"])
        )
        self.context["site_build"] = site_build
        self.context["site_pages"] = build_pages(site_build)

    def generate_output(self, writer: Any) -> None:
        """Render every page through Pelican's writer, which refuses to write a file twice."""
        site_build: SiteBuild = self.context["site_build"]
        for page in self.context["site_pages"]:
            writer.write_file(
                page.save_as,
                self.get_template(page.template),
                self.context,
                company=site_build.library.company,
                site=site_build.site,
                page=page.page,
                **page.variables,
            )


def register() -> None:
    """Register the plugin with Pelican."""
    signals.get_generators.connect(lambda _: SiteGenerator, weak=False)
