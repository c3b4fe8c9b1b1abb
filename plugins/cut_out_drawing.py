"""The drawing of an opening to cut or to leave free, to scale, with its lengths in millimetres.

Two views, as on a workshop drawing: from the front above, from the top below it. All coordinates
are whole units of the drawing; the template only draws what stands here.
"""

from dataclasses import dataclass
from fractions import Fraction

from service_policy.products import CutOut

LEFT, RIGHT = 24, 106
"""Room beside the views: for the material around the opening, and for the lengths at the right."""
HEAD, BETWEEN, FOOT = 28, 60, 54
"""Room above, between and under the views, for their titles and the width."""
RIM = 18
"""How much of the material around the opening is shown."""
WIDEST, HIGHEST = 210, 330
"""What the opening may take of the drawing: the width, and both views one above the other."""


@dataclass(frozen=True, slots=True)
class View:
    """One view of the opening: its place in the drawing, and what is written at it."""

    title: str
    x: int
    y: int
    width: int
    height: int
    side: str


@dataclass(frozen=True, slots=True)
class CutOutDrawing:
    """Both views; ``described`` says the whole drawing in words."""

    width: int
    height: int
    rim: int
    across: str
    front: View
    top: View
    described: str


def drawing_of(opening: CutOut) -> CutOutDrawing:
    """Draw an opening to scale, as large as the drawing allows."""
    scale = min(
        Fraction(WIDEST, opening.width_mm),
        Fraction(HIGHEST, opening.height_mm + opening.depth_mm),
    )
    across, up, deep = (
        round(scale * length) for length in (opening.width_mm, opening.height_mm, opening.depth_mm)
    )
    x = LEFT + (WIDEST - across) // 2
    front = View("Nhìn từ trước", x, HEAD + RIM, across, up, f"cao {_mm(opening.height_mm)}")
    below = front.y + up + BETWEEN
    top = View("Nhìn từ trên", x, below, across, deep, f"sâu {_mm(opening.depth_mm)}")
    return CutOutDrawing(
        width=LEFT + WIDEST + RIGHT,
        height=below + deep + FOOT,
        rim=RIM,
        across=f"rộng {_mm(opening.width_mm)}",
        front=front,
        top=top,
        described=f"Lỗ hình chữ nhật ở {opening.place}: rộng {_mm(opening.width_mm)}, "
        f"cao {_mm(opening.height_mm)}, sâu {_mm(opening.depth_mm)}.",
    )


def _mm(length: int) -> str:
    """Write a length: ``1.800 mm``, with a space that does not break."""
    return f"{length:,}".replace(",", ".") + "\N{NO-BREAK SPACE}mm"
