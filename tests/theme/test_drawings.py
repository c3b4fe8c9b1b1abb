"""The drawings that content may name are those that the theme has."""

from typing import get_args

from service_policy.families import Drawing
from theme.env import build_environment


def test_every_drawing_that_a_family_may_name_is_drawn_and_no_other() -> None:
    art = build_environment().get_template("macros/art.html").module
    assert tuple(sorted(art.drawings)) == get_args(Drawing)  # type: ignore[attr-defined]


def test_no_two_drawings_are_alike() -> None:
    art = build_environment().get_template("macros/art.html").module
    drawings = list(art.drawings.values())  # type: ignore[attr-defined]
    assert len(set(drawings)) == len(drawings)
