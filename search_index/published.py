"""What a built site publishes: the browser's index and the modules that search it."""

import shutil
from pathlib import Path
from typing import Any, Final

from search_index import browser
from search_index.language import from_synonyms
from search_index.library import KINDS, documents
from service_policy.content import Library

INDEX_FOLDER: Final = "search-index"
MODULE_FOLDER: Final = "theme/js/search"
_SOURCES: Final = Path(__file__).parent / "js"
# In the checkout this module points to the theme's source folder, on the site to its address.
_LUNR: Final = 'export { default } from "../../vendor/lunr.mjs";\n'


def publish(library: Library, output: Path) -> None:
    """Write ``search-index/`` and ``theme/js/search/`` into the output folder of a site."""
    browser.build(documents(library), _language(library), output / INDEX_FOLDER)
    publish_modules(output)


def publish_modules(output: Path) -> None:
    """Copy the search modules of the browser into the output folder of a site."""
    modules = output / MODULE_FOLDER
    modules.mkdir(parents=True, exist_ok=True)
    for source in sorted(_SOURCES.glob("*.mjs")):
        shutil.copyfile(source, modules / source.name)
    (modules / "lunr.mjs").write_text(_LUNR, encoding="utf-8")


def _language(library: Library) -> dict[str, Any]:
    return {**from_synonyms(library.synonyms).data(), "kinds": KINDS}
