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
    documents = list(documents)
    texts = (text for document in documents for text in document.texts)
    content = pack(documents, relevant(language, texts)).encode("utf-8")
    name = f"index-{hashlib.sha256(content).hexdigest()[:12]}.txt"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    manifest = json.dumps({"index": name, "bytes": len(content)}) + "\n"
    (folder / MANIFEST).write_text(manifest, encoding="utf-8")
    for old in folder.glob("index-*.txt"):
        if old.name != name:
            old.unlink()
    return folder / name


def compact(documents: Iterable[Document], language: Mapping[str, Any]) -> Compact:
    """Return what ``read`` gives after ``build``, without a file in between."""
    documents = list(documents)
    texts = (text for document in documents for text in document.texts)
    return unpack(pack(documents, relevant(language, texts)))


def read(folder: Path) -> Compact:
    """Read back what ``build`` wrote. Raises FileNotFoundError when there is no index."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return unpack((folder / manifest["index"]).read_text(encoding="utf-8"))
