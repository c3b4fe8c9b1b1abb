"""A company's colours as a style sheet: the custom properties that all other sheets use."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

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
