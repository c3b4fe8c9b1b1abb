"""What a built site publishes: the browser's index and the modules that search it."""

import json
from pathlib import Path
from typing import Final

from search_index import browser
from search_index.library import documents, language
from service_policy.content import Library

INDEX_FOLDER: Final = "search-index"
MODULE_FOLDER: Final = "theme/js/search"
OFFLINE: Final = "search-offline.js"
_BOX: Final = tuple(
    f"/theme/js/modules/{name}.js" for name in ("search", "search-finder", "search-panel")
)
_SOURCES: Final = Path(__file__).parent / "js"
# In the checkout this module points to the theme's source folder, on the site to its address.
_LUNR: Final = 'export { default } from "../../vendor/lunr.mjs";\n'


def site_files(library: Library) -> dict[str, bytes]:
    """Return ``search-index/`` and ``theme/js/search/`` by their paths in the output folder."""
    index = browser.files(documents(library, library.today), language(library))
    return {**{f"{INDEX_FOLDER}/{name}": file for name, file in index.items()}, **modules()}


def modules() -> dict[str, bytes]:
    """Return the search modules of the browser by their paths in the output folder of a site.

    The service worker that keeps them for use without a network has to lie at the root.
    """
    found = {f"{MODULE_FOLDER}/{one.name}": one.read_bytes() for one in _SOURCES.glob("*.mjs")}
    kept = [*(f"/{name}" for name in sorted(found)), "/theme/vendor/lunr.mjs", *_BOX]
    worker = (_SOURCES / "offline.js").read_text(encoding="utf-8")
    worker = worker.replace("const MODULES = [];", f"const MODULES = {json.dumps(kept)};")
    return {**found, f"{MODULE_FOLDER}/lunr.mjs": _LUNR.encode(), OFFLINE: worker.encode()}
