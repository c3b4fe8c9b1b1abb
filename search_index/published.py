"""What a built site publishes: the browser's index and the modules that search it."""

import json
import shutil
from pathlib import Path
from typing import Any, Final

from search_index import browser
from search_index.language import from_synonyms
from search_index.library import KINDS, documents
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


def publish(library: Library, output: Path) -> None:
    """Write ``search-index/`` and ``theme/js/search/`` into the output folder of a site."""
    browser.build(documents(library, library.today), _language(library), output / INDEX_FOLDER)
    publish_modules(output)


def publish_modules(output: Path) -> None:
    """Copy the search modules of the browser into the output folder of a site.

    The service worker that keeps them for use without a network has to lie at the root.
    """
    modules = output / MODULE_FOLDER
    modules.mkdir(parents=True, exist_ok=True)
    sources = sorted(_SOURCES.glob("*.mjs"))
    for source in sources:
        shutil.copyfile(source, modules / source.name)
    (modules / "lunr.mjs").write_text(_LUNR, encoding="utf-8")
    kept = [f"/{MODULE_FOLDER}/{source.name}" for source in sources]
    kept += ["/theme/vendor/lunr.mjs", *_BOX]
    worker = (_SOURCES / "offline.js").read_text(encoding="utf-8")
    worker = worker.replace("const MODULES = [];", f"const MODULES = {json.dumps(kept)};")
    (output / OFFLINE).write_text(worker, encoding="utf-8")


def _language(library: Library) -> dict[str, Any]:
    return {**from_synonyms(library.synonyms).data(), "kinds": KINDS}
