"""Contrast of colours after WCAG 2.2, and the pairs of colours that the theme puts together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

TEXT_NEEDS = 4.5
"""What text needs on its ground (WCAG 2.2, 1.4.3)."""
SHAPE_NEEDS = 3.0
"""What the outline of a control, focus and meaningful drawings need (WCAG 2.2, 1.4.11)."""

_STATES = ("ngoc", "cham", "nau", "error")
TEXT: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("ink", "ink-soft", "link") for ground in ("paper", "surface")),
    ("ink", "sunken"),
    ("ink-soft", "sunken"),
    ("link-hover", "paper"),
    ("on-action", "action"),
    ("on-action", "action-hover"),
    ("on-deep", "deep"),
    ("on-deep-soft", "deep"),
    ("on-focus", "focus"),
    ("ink", "mark"),
    ("ink-soft", "mark"),
    ("link", "mark"),
    ("stamp", "on-deep"),
    *(
        (text, ground)
        for text in ("son", "error", "ngoc", "nau")
        for ground in ("paper", "surface")
    ),
    *((colour, f"{colour}-soft") for colour in _STATES),
    *(("ink", f"{colour}-soft") for colour in (*_STATES, "son")),
    *(("link", f"{colour}-soft") for colour in _STATES),
    ("surface", "error"),
    ("surface", "line-strong"),
    ("link", "sunken"),
    ("link-hover", "surface"),
)
"""Text and its ground, in both schemes."""
SHAPES: tuple[tuple[str, str], ...] = (
    ("line-strong", "paper"),
    ("line-strong", "surface"),
    ("ring", "paper"),
    ("ring", "surface"),
    ("brand", "surface"),
    ("cham", "surface"),
    ("focus", "deep"),
)
"""Shapes that mean something and their ground, in both schemes."""
WHITE = "#ffffff"
PRINTED: tuple[tuple[str, str], ...] = (
    *((text, WHITE) for text in ("ink", "ink-soft", "deep", "ngoc", "son", "son-print")),
    ("son", "son-soft"),
    ("ink", "sunken-print"),
)
"""Text and its ground on paper, which takes the light scheme; on ``deep`` paper writes white."""


@dataclass(frozen=True, slots=True)
class TooFaint:
    """A pair of colours that is not told apart well enough.

    ``nearest`` is the colour nearest to that of the text which passes on all of its grounds.
    """

    text: str
    ground: str
    scheme: str
    ratio: float
    needs: float
    nearest: str


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``."""
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (one / 255 for one in _channels(colour))
    )
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def too_faint(colours: Mapping[str, str], scheme: str) -> Iterator[TooFaint]:
    """Yield every pair of a scheme that falls short."""
    pairs = [(pair, TEXT_NEEDS) for pair in (*TEXT, *(PRINTED if scheme == "light" else ()))]
    pairs += [(pair, SHAPE_NEEDS) for pair in SHAPES]
    for (text, ground), needs in pairs:
        ratio = contrast(colours[text], colours.get(ground, ground))
        if ratio < needs:
            grounds = [(colours.get(other, other), n) for (one, other), n in pairs if one == text]
            nearest = _nearest(colours[text], grounds) or _nearest(
                colours[text], [(colours.get(ground, ground), needs)]
            )
            yield TooFaint(text, ground, scheme, ratio, needs, nearest)


def _nearest(colour: str, grounds: list[tuple[str, float]]) -> str:
    """Return the colour nearest to one, darker or lighter, that passes on all grounds, or ""."""
    own = _channels(colour)
    found = []
    for end in (0, 255):
        for step in range(256):
            mixed = tuple(part + (end - part) * step // 255 for part in own)
            written = "#" + "".join(f"{part:02x}" for part in mixed)
            if all(contrast(written, ground) >= needs for ground, needs in grounds):
                away = sum((a - b) ** 2 for a, b in zip(mixed, own, strict=True))
                found.append((away, written))
                break
    return min(found, default=(0, ""))[1]


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue
