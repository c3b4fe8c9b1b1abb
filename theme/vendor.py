"""Copy browser libraries and fonts from the locked npm packages into the theme.

The copies are committed, so a site builds without Node. The manifest says which file of which
package each of them is; ``inv vendor`` refreshes them after ``npm ci`` and writes the versions and
digests into it. A test compares every copy with it, without Node or a network.
"""

import hashlib
import json
from pathlib import Path
from typing import Final

from theme.assets import STATIC

THEME: Final = STATIC.parent
ROOT: Final = Path(__file__).resolve().parent.parent
NODE_MODULES: Final = ROOT / "node_modules"
MANIFEST: Final = STATIC / "vendor.json"
"""By target inside the theme: ``static/`` is published, ``cms/`` with the editors' page only,
``typst/`` never. Papers need the whole letters in one file: subsets print garbled Vietnamese."""

FOLDERS: Final = ("static/fonts", "static/vendor", "typst/fonts", "cms")
"""Folders of the theme that hold copies and nothing else."""

# lunr ships as a CommonJS script; the two lines around it make it an ES module.
_AROUND: Final = {
    "static/vendor/lunr.mjs": (
        b"const exports = {}, module = { exports };\n",
        b"\nexport default module.exports;\n",
    )
}
# The program asks other hosts for its language, its icons, its text fonts and some of its parts;
# the copy asks ours, and writes in the fonts of the machine, which hold all letters of Vietnamese.
_CDN_FONTS: Final = b"https://cdn.jsdelivr.net/fontsource/fonts/"
_EDITS: Final = {
    "cms/sveltia-cms.js": (
        (b"https://unpkg.com/", b"/quan-tri/"),
        (
            _CDN_FONTS + b"material-symbols-outlined:vf@5.3.7/latin-wght-normal.woff2",
            b"/quan-tri/material-symbols.woff2",
        ),
        (b"url(" + _CDN_FONTS + b"source-sans-3:vf@5.3.0/latin-wght-normal.woff2)", b"local()"),
        (b"url(" + _CDN_FONTS + b"noto-mono@5.3.0/latin-400-normal.woff2)", b"local()"),
        (b"//# sourceMappingURL=sveltia-cms.js.map", b""),
    )
}
"""What is found in the source and takes another text's place, by target."""


def copy_all() -> None:
    """Write every file of the manifest, and what it says of them.

    Raises:
        FileNotFoundError: ``npm ci`` has not run.
        ValueError: an edit finds nothing to change.
    """
    entries = _entries()
    for entry in entries:
        package = NODE_MODULES / entry["package"]
        content = _edited((package / entry["source"]).read_bytes(), entry["file"])
        target = THEME / entry["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        meta = json.loads((package / "package.json").read_text(encoding="utf-8"))
        entry["version"], entry["licence"] = meta["version"], meta["license"]
        entry["sha256"] = hashlib.sha256(content).hexdigest()
    MANIFEST.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")


def _entries() -> list[dict[str, str]]:
    entries: list[dict[str, str]] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return entries


def _edited(content: bytes, target: str) -> bytes:
    for old, new in _EDITS.get(target, ()):
        if old not in content:
            raise ValueError(f"the source of {target} holds no {old!r}")
        content = content.replace(old, new)
    before, after = _AROUND.get(target, (b"", b""))
    return before + content + after


def faults() -> list[str]:
    """What is wrong with the committed copies: missing, changed or unlisted files."""
    found = []
    listed = set()
    for entry in _entries():
        listed.add(entry["file"])
        path = THEME / entry["file"]
        if not path.is_file():
            found.append(f"{entry['file']}: missing; run npm ci and inv vendor")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            found.append(f"{entry['file']}: differs from the manifest")
    for folder in FOLDERS:
        for path in sorted((THEME / folder).glob("*")):
            name = path.relative_to(THEME).as_posix()
            if name not in listed:
                found.append(f"{name}: not in the manifest")
    return found
