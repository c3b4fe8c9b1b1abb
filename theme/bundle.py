"""Join the style sheets into the three files that pages link to: site, print and staff.

The sources in ``styles/`` are small and have one purpose each; a browser would fetch them one
by one. ``python -m theme.bundle`` writes ``static/css/``; a test compares both.
"""

import re
from pathlib import Path
from typing import Final

from theme.assets import STATIC

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
