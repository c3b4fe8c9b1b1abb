"""Copy browser libraries and fonts from the locked npm packages into the theme.

The copies are committed, so a site builds without Node. ``inv vendor`` refreshes them after
``npm ci`` and rewrites the manifest; a test compares every copy with it, without Node or a network.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from theme.assets import STATIC

THEME: Final = STATIC.parent
ROOT: Final = Path(__file__).resolve().parent.parent
NODE_MODULES: Final = ROOT / "node_modules"
MANIFEST: Final = STATIC / "vendor.json"

FOLDERS: Final = ("static/fonts", "static/vendor", "typst/fonts", "cms")
"""Folders of the theme that hold copies and nothing else."""

_FONT: Final = "@fontsource/be-vietnam-pro"
_WEIGHTS: Final = (400, 500, 600, 700)
_SUBSETS: Final = ("latin", "vietnamese")
# Papers need the whole letters in one file: subsets print garbled Vietnamese.
_PAPER_FONT: Final = "@expo-google-fonts/be-vietnam-pro"
_PAPER_STYLES: Final = ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold")


@dataclass(frozen=True, slots=True)
class Vendored:
    """One copied file: where it comes from and what surrounds it in the copy.

    `target` is a path inside the theme: `static/` is published, `cms/` with the editors' page
    only, `typst/` never. Each of `edits` is found in the source and takes another text's place.
    """

    package: str
    source: str
    target: str
    before: bytes = b""
    after: bytes = b""
    edits: tuple[tuple[bytes, bytes], ...] = ()

    def copy(self) -> bytes:
        """Return the copy. Raises ValueError where an edit finds nothing to change."""
        content = (NODE_MODULES / self.package / self.source).read_bytes()
        for old, new in self.edits:
            if old not in content:
                raise ValueError(f"{self.package}/{self.source} holds no {old!r}")
            content = content.replace(old, new)
        return self.before + content + self.after


def _font(subset: str, weight: int) -> Vendored:
    name = f"be-vietnam-pro-{subset}-{weight}"
    return Vendored(_FONT, f"files/{name}-normal.woff2", f"static/fonts/{name}.woff2")


def _paper_font(style: str) -> Vendored:
    name = f"BeVietnamPro_{style}.ttf"
    return Vendored(_PAPER_FONT, f"{style}/{name}", f"typst/fonts/{name}")


_CMS: Final = "@sveltia/cms"
_ICONS: Final = "@fontsource/material-symbols-outlined"
# The program asks other hosts for its language, its icons, its text fonts and some of its parts;
# the copy asks ours, and writes in the fonts of the machine, which hold all letters of Vietnamese.
_CDN_FONTS: Final = b"https://cdn.jsdelivr.net/fontsource/fonts/"
_CMS_EDITS: Final = (
    (b"https://unpkg.com/", b"/quan-tri/"),
    (
        _CDN_FONTS + b"material-symbols-outlined:vf@5.3.7/latin-wght-normal.woff2",
        b"/quan-tri/material-symbols.woff2",
    ),
    (b"url(" + _CDN_FONTS + b"source-sans-3:vf@5.3.0/latin-wght-normal.woff2)", b"local()"),
    (b"url(" + _CDN_FONTS + b"noto-mono@5.3.0/latin-400-normal.woff2)", b"local()"),
    (b"//# sourceMappingURL=sveltia-cms.js.map", b""),
)

FILES: Final[tuple[Vendored, ...]] = (
    *(_font(subset, weight) for subset in _SUBSETS for weight in _WEIGHTS),
    Vendored(_FONT, "LICENSE", "static/fonts/OFL.txt"),
    *(_paper_font(style) for style in _PAPER_STYLES),
    Vendored(_PAPER_FONT, "LICENSE_FONT", "typst/fonts/OFL.txt"),
    # lunr ships as a CommonJS script; the two lines around it make it an ES module.
    Vendored(
        "lunr",
        "lunr.min.js",
        "static/vendor/lunr.mjs",
        before=b"const exports = {}, module = { exports };\n",
        after=b"\nexport default module.exports;\n",
    ),
    Vendored("lunr", "LICENSE", "static/vendor/lunr.LICENSE.txt"),
    Vendored(_CMS, "dist/sveltia-cms.js", "cms/sveltia-cms.js", edits=_CMS_EDITS),
    Vendored(_CMS, "locales/vi.json", "cms/vi.json"),
    Vendored(_CMS, "LICENSE.txt", "cms/sveltia-cms.LICENSE.txt"),
    Vendored(
        _ICONS,
        "files/material-symbols-outlined-latin-400-normal.woff2",
        "cms/material-symbols.woff2",
    ),
    Vendored(_ICONS, "LICENSE", "cms/material-symbols.OFL.txt"),
)


def copy_all() -> None:
    """Write every file and the manifest. Raises FileNotFoundError before ``npm ci`` has run."""
    entries = []
    for file in FILES:
        content = file.copy()
        target = THEME / file.target
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        package = NODE_MODULES / file.package
        meta = json.loads((package / "package.json").read_text(encoding="utf-8"))
        entries.append(
            {
                "file": file.target,
                "package": file.package,
                "version": meta["version"],
                "licence": meta["license"],
                "source": file.source,
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        )
    MANIFEST.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")


def faults() -> list[str]:
    """What is wrong with the committed copies: missing, changed or unlisted files."""
    found = []
    listed = set()
    for entry in json.loads(MANIFEST.read_text(encoding="utf-8")):
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
