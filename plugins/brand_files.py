"""The files of a company's look: its pictures as they are, its colours, the web manifest."""

import json
from pathlib import Path

from plugins.model import Files, Pages, Settings, SiteBuild
from service_policy.brand import COLOURS_FILE, FOLDER, MANIFEST_FILE, Look
from theme.colours import sheet


def files(site_build: SiteBuild, pages: Pages, settings: Settings) -> Files:
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
