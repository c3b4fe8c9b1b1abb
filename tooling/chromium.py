"""The machine's own Chromium, as tests and screenshots use it."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
).split()
"""What Chromium needs to run as root, quietly and without the network."""

SCREENS: dict[str, tuple[int, int]] = {
    "phone": (360, 740),
    "tablet": (768, 1024),
    "desktop": (1280, 900),
}
"""Widths and heights, in CSS pixels, at which the site has to look right."""


def find_chromium() -> str | None:
    """Return the path of a Chromium, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)
