"""Contrast of colours after WCAG 2.2, and the pairs of colours that the theme puts together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

TEXT_NEEDS = 4.5
"""What text needs on its ground (WCAG 2.2, 1.4.3)."""
SHAPE_NEEDS = 3.0
"""What the outline of a control, focus and meaningful drawings need (WCAG 2.2, 1.4.11)."""


def _pairs(grounds: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((text, ground) for text, listed in grounds.items() for ground in listed.split())


TEXT = _pairs(
    {
        "ink": "paper surface sunken mark ngoc-soft cham-soft nau-soft error-soft son-soft",
        "ink-soft": "paper surface sunken mark",
        "link": "paper surface sunken mark ngoc-soft cham-soft nau-soft error-soft",
        "link-hover": "paper surface",
        "on-action": "action action-hover",
        "on-deep": "deep",
        "on-deep-soft": "deep",
        "on-focus": "focus",
        "stamp": "on-deep",
        "son": "paper surface",
        "error": "paper surface error-soft",
        "ngoc": "paper surface ngoc-soft",
        "nau": "paper surface nau-soft",
        "cham": "cham-soft",
        "surface": "error line-strong",
    }
)
"""Text and its ground, in both schemes."""
SHAPES = _pairs(
    {
        "line-strong": "paper surface",
        "ring": "paper surface",
        "brand": "surface",
        "cham": "surface",
        "focus": "deep",
    }
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
