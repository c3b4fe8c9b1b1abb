"""Settings of Pelican, and nothing else. `publishconf.py` changes what publication needs.

Our pages come from the generators in `plugins/`; Pelican's articles, pages, feeds and archives are
switched off. `inv build` runs Pelican with these settings and with `--fatal warnings`.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
# `pelican` may be started by its script from anywhere; our plugins and theme stand here.
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from plugins.editing.repository import SETTING, SIGN_IN, BadRepository, repository  # noqa: E402
from service_policy.addresses import wrong_site_address  # noqa: E402
from theme import env  # noqa: E402
from tooling.paths import CONTENT  # noqa: E402

SITENAME = "Cổng cam kết"
SITEURL = os.environ.get("PORTAL_SITE_URL", "").strip().rstrip("/")
if WRONG := wrong_site_address(SITEURL):
    raise SystemExit(WRONG)
# Where the content is kept, for people who write it in the browser; None builds no page for them.
try:
    CMS = repository(os.environ.get(SETTING, ""), os.environ.get(SIGN_IN, ""))
except BadRepository as wrong:
    raise SystemExit(str(wrong)) from None
PATH = str(CONTENT)
OUTPUT_PATH = str(ROOT / "output")
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"

# Without this list Pelican would load every namespace plugin that happens to be installed.
PLUGINS = ["plugins.site_build", "plugins.files"]

# What was made ready once, photographs and papers; the folder may be deleted at any time.
CACHE = Path(os.environ.get("PORTAL_VAR_DIR", ROOT / "var")) / "cache"
PICTURE_CACHE = str(CACHE / "pictures")
PAPER_SHELF = str(CACHE / "papers")

THEME = str(ROOT / "theme")
THEME_STATIC_DIR = "theme"
JINJA_ENVIRONMENT = env.OPTIONS
JINJA_FILTERS = env.FILTERS
JINJA_GLOBALS = env.GLOBALS

# Pelican's own kinds of content.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
# With the language set to Vietnamese, docutils warns about its own translations.
READERS = {"rst": None}
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
LOAD_CONTENT_CACHE = False

# Drafts are for the eyes of their editor: `inv livereload --drafts` changes this.
SHOW_DRAFTS = False
