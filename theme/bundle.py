"""Style sheets: the three files that pages link to (site, print, staff), and a company's colours.

The sources in ``styles/`` are small and have one purpose each; a browser would fetch them one
by one. ``python -m theme.bundle`` writes ``static/css/``; a test compares both. The colours are the
custom properties that all other sheets use.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

from theme.assets import STATIC

_WAVES: Final = Path(__file__).parent / "waves.svg"


def sheet(light: Mapping[str, str], dark: Mapping[str, str]) -> str:
    """Write the colours of both schemes, each by its name, as ``--name``."""
    return (
        f":root{{{_properties(light)}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{_properties(dark)}}}}}\n"
    )


def _properties(colours: Mapping[str, str]) -> str:
    told = [f"--{name}:{colour}" for name, colour in colours.items()]
    return ";".join([*told, f'--waves:url("data:image/svg+xml,{quote(_waves(colours))}")'])


def _waves(colours: Mapping[str, str]) -> str:
    """Draw the waves of the home page; a picture in a style sheet knows no custom property."""
    drawing = _WAVES.read_text(encoding="utf-8")
    return drawing.replace("{deep}", colours["deep"]).replace("{wave}", colours["wave"])


STYLES: Final = Path(__file__).parent / "styles"
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE: Final = re.compile(r"\s+")
_AROUND: Final = re.compile(r" ?([{};,>]) ?")


def squeeze(css: str) -> str:
    """Drop comments and the white space that means nothing.

    The space before a parenthesis, a colon or an operator stays: it means something in
    selectors, in media queries and in ``calc``.
    """
    text = _SPACE.sub(" ", _COMMENT.sub("", css))
    return _AROUND.sub(r"\1", text).replace(";}", "}").strip() + "\n"


def bundles() -> dict[str, str]:
    """File name in ``static/css/`` -> content; numbered sheets are joined in order.

    ``staff.css`` is for the desk alone, so that customers do not load it.
    """
    return {
        "site.css": _joined(STYLES),
        "print.css": squeeze((STYLES / "print.css").read_text(encoding="utf-8")),
        "staff.css": _joined(STYLES / "staff"),
    }


def _joined(folder: Path) -> str:
    sheets = sorted(folder.glob("[0-9][0-9]-*.css"))
    return squeeze("\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets))


def main() -> None:
    """Write the bundles."""
    folder = STATIC / "css"
    folder.mkdir(exist_ok=True)
    for name, content in bundles().items():
        target = folder / name
        # A file that stays the same keeps its date, so that whoever watches it sees no change.
        if not target.is_file() or target.read_text(encoding="utf-8") != content:
            target.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
