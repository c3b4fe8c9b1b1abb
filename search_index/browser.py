"""The browser's index: one compact file with its fingerprint in its name, and a manifest."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from search_index.compact import Compact, pack, unpack
from search_index.documents import Document
from search_index.language import relevant

MANIFEST = "manifest.json"


def build(documents: Iterable[Document], language: Mapping[str, Any], folder: Path) -> Path:
    """Write ``index-<hash>.txt`` and the manifest into ``folder``; the path of the index.

    The same documents give the same bytes. Files of an earlier index are removed last, so that a
    reader with the old manifest is served as long as possible.
    """
    made = files(documents, language)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (folder / name).write_bytes(content)
    for old in folder.glob("index-*.txt"):
        if old.name not in made:
            old.unlink()
    return folder / next(iter(made))


def files(documents: Iterable[Document], language: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the index and its manifest by their names."""
    content = _packed(documents, language).encode()
    name = f"index-{hashlib.sha256(content).hexdigest()[:12]}.txt"
    manifest = json.dumps({"index": name, "bytes": len(content)}) + "\n"
    return {name: content, MANIFEST: manifest.encode()}


def compact(documents: Iterable[Document], language: Mapping[str, Any]) -> Compact:
    """Return what ``read`` gives after ``build``, without a file in between."""
    return unpack(_packed(documents, language))


def _packed(documents: Iterable[Document], language: Mapping[str, Any]) -> str:
    documents = list(documents)
    texts = (text for document in documents for text in document.texts)
    return pack(documents, relevant(language, texts))


def read(folder: Path) -> Compact:
    """Read back what ``build`` wrote. Raises FileNotFoundError when there is no index."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return unpack((folder / manifest["index"]).read_text(encoding="utf-8"))
