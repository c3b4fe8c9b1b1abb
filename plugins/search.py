"""The search index of the browser, built from the same library as the pages."""

from pathlib import Path
from typing import Any

from pelican import signals

from search_index import publish


class SearchGenerator:
    """Has the shape that Pelican wants of a generator and hands over to `search_index`."""

    def __init__(self, *, context: dict[str, Any], output_path: str, **_: object) -> None:
        self.context = context
        self.output_path = Path(output_path)

    def generate_output(self, _: object) -> None:
        """Write the index into the output folder."""
        publish(self.context["house"].library, self.output_path)


def get_generators(_: object) -> type[SearchGenerator]:
    """Answer Pelican's call for generators."""
    return SearchGenerator


def register() -> None:
    """Register the plugin with Pelican."""
    signals.get_generators.connect(get_generators)
