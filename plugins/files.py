"""The files that no template writes: pictures, papers, feeds, the search index and the like."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from pelican import signals

from plugins import feeds
from plugins.editing import page as editing_page
from plugins.model import FileMaker, Files, Pages, Settings, SiteBuild, file_of
from plugins.pdf.issue_files import all_files
from plugins.pdf.press import Press, first_drawings
from plugins.pdf.typst_pdf import PdfCache
from plugins.picture_encoder import encoded
from search_index import site_files
from service_policy.brand import COLOURS_FILE, FOLDER, MANIFEST_FILE, Look
from service_policy.content.cross_addresses import moved, redirects
from service_policy.scorecard.revise import to_csv
from theme.bundle import sheet
from theme.env import build_environment

SECURITY = ".well-known/security.txt"
GOOD_FOR = timedelta(days=180)
"""A site that nobody has published for half a year should not claim that somebody listens."""
PRIVATE = ("/api/", "/gui/", "/ho-so/", "/noi-bo/", "/tim-kiem/")
"""Addresses of the form server; nothing behind them belongs in a search engine."""
EVERY_MONTH = "ket-qua/ket-qua.csv"
TABLE = ".redirects.json"
"""Old addresses for the embedded server."""
MAP = ".redirects.map"
"""The same as a `map` of nginx."""


def _pictures(site_build: SiteBuild, pages: Pages, settings: Settings) -> Files:
    """Return every file of every picture; the setting `PICTURE_CACHE` names earlier results.

    Raises BrokenPicture, which stops the build.
    """
    found: Files = {}
    for picture in site_build.library.pictures:
        source = Path(settings["PATH"]) / "san-pham" / "hinh" / picture.name
        if picture.kind == "svg":
            found[picture.address(picture.width, "svg")] = source.read_bytes()
        else:
            found |= encoded(picture, source, Path(settings["PICTURE_CACHE"]))
    return {address.lstrip("/"): content for address, content in found.items()}


def _security_txt(site_build: SiteBuild, pages: Pages, settings: Settings) -> Files:
    """Return whom to tell about a hole (RFC 9116)."""
    expires = site_build.library.today + GOOD_FOR
    lines = (
        f"Contact: mailto:{site_build.library.company.email}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        "Preferred-Languages: vi, en",
        f"Canonical: {site_build.public_url}/{SECURITY}",
        "",
    )
    return {SECURITY: "\n".join(lines).encode()}


def _sitemap(site_build: SiteBuild, pages: Pages, settings: Settings) -> Files:
    """Return every page that search engines may list (sitemaps.org), and `robots.txt`."""
    base = site_build.public_url
    rules = "".join(f"Disallow: {path}\n" for path in PRIVATE)
    robots = f"User-agent: *\n{rules}\nSitemap: {base}/sitemap.xml\n"
    listed = sorted((one for one in pages if one.listed), key=lambda one: one.page.url)
    listing = build_environment().get_template("sitemap.xml").render(base=base, pages=listed)
    return {"sitemap.xml": f"{listing}\n".encode(), "robots.txt": robots.encode()}


def _redirects(site_build: SiteBuild, pages: Pages, settings: Settings) -> Files:
    """Return a file for each old address that leads to the page of today, and two tables of them.

    A file with a refresh works on every host and without JavaScript; the tables let a server answer
    301 before that. Pages that are not on the site have no old address either.
    """
    shown = {page.page.url for page in pages}
    old = {url: new for url, new in moved(redirects(site_build.library)).items() if new in shown}
    page = build_environment().get_template("redirect.html")
    written = {url: page.render(site_url=site_build.site.url, url=new) for url, new in old.items()}
    found = {file_of(url): f"{text}\n".encode() for url, text in written.items()}
    found[TABLE] = f"{json.dumps(old, indent=1, sort_keys=True)}\n".encode()
    found[MAP] = "".join(f"{url} {new};\n" for url, new in sorted(old.items())).encode()
    return found


def _brand(site_build: SiteBuild, pages: Pages, settings: Settings) -> Files:
    """Return the files of the brand."""
    return brand_files(site_build.library.look, Path(settings["PATH"]) / FOLDER)


def brand_files(look: Look, originals: Path) -> Files:
    """Return each file by its path in the output folder; ``originals`` holds the pictures."""
    brand = look.brand
    names = {brand.logo, brand.logo_dark, brand.icon, brand.touch_icon, brand.preview} - {None}
    pictures = {f"{FOLDER}/{name}": (originals / str(name)).read_bytes() for name in names}
    colours = sheet(brand.scheme("light"), brand.scheme("dark"))
    return {
        **pictures,
        COLOURS_FILE.lstrip("/"): colours.encode(),
        MANIFEST_FILE.lstrip("/"): _manifest(look).encode(),
    }


def _manifest(look: Look) -> str:
    """Write the web application manifest (W3C)."""
    light, touch = look.brand.scheme("light"), look.touch_icon
    return json.dumps(
        {
            "name": look.brand.app.name,
            "short_name": look.brand.app.short_name,
            "lang": "vi",
            "start_url": "/",
            "display": "browser",
            "background_color": light["paper"],
            "theme_color": light["deep"],
            "icons": [
                {"src": look.icon.url, "sizes": "any", "type": "image/svg+xml"},
                {"src": touch.url, "sizes": f"{touch.width}x{touch.height}", "type": "image/png"},
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def _scorecards(site_build: SiteBuild, pages: Pages, settings: Settings) -> Files:
    """Return a CSV for each month; the one with all of them exists as soon as there is a month."""
    months = site_build.library.scorecards
    found = {one.csv_url.lstrip("/"): to_csv([one]) for one in months}
    return {**found, EVERY_MONTH: to_csv(months)} if months else found


def _documents(site_build: SiteBuild, pages: Pages, settings: Settings) -> Files:
    """Return the files of all issues, and the register that lists them for machines.

    Finished papers are kept in the folder of the setting PAPER_SHELF.
    """
    originals = Path(settings["PATH"]) / "san-pham" / "hinh"
    drawings = first_drawings(site_build.library, originals, Path(settings["PICTURE_CACHE"]))
    press = Press(site_build.library, site_build.public_url, drawings)
    return all_files(press, PdfCache(Path(settings["PAPER_SHELF"])))


def _search(site_build: SiteBuild, pages: Pages, settings: Settings) -> Files:
    return site_files(site_build.library)


MAKERS: tuple[tuple[str, FileMaker], ...] = (
    ("", _pictures),
    (f"{FOLDER}/", _brand),
    ("", _security_txt),
    ("", _sitemap),
    ("", _redirects),
    ("", feeds.files),
    ("", _scorecards),
    ("", _documents),
    ("", _search),
    ("", editing_page.files),
)
"""Each with the folder where all of its files stand and nobody else's do; "" without one."""


class FileGenerator:
    """Has the shape that Pelican wants of a generator; it runs after that of the pages."""

    def __init__(self, *, context: dict[str, Any], output_path: str, **_: object) -> None:
        self.context = context
        self.output_path = Path(output_path)

    def generate_output(self, _: object) -> None:
        """Write the files of every maker."""
        for _folder, maker in MAKERS:
            write(maker, self.context, self.output_path)


def write(maker: FileMaker, context: dict[str, Any], output: Path) -> None:
    """Write the files of one maker; an existing one is a fault of ours and is not overwritten."""
    # Pelican's context holds its settings, and what the generator of the pages left there.
    for name, content in maker(context["site_build"], context["site_pages"], context).items():
        target = output / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(content)


def register() -> None:
    """Register the plugin with Pelican."""
    signals.get_generators.connect(lambda _: FileGenerator, weak=False)
