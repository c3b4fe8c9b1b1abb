"""Settings for publication: the address of the site must be known.

Canonical links, feeds, the sitemap and previews in social networks need it; everything else in the
site is root-relative.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403
from pelicanconf import SITEURL

if not SITEURL.startswith("https://"):
    raise SystemExit(
        "PORTAL_SITE_URL is not set to the https address of the site, "
        "for example PORTAL_SITE_URL=https://camket.example"
    )
