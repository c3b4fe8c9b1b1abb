"""Which fields name something that stands in another file, so that an editor chooses it there."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

from pydantic import BaseModel

from service_policy.content.reading import DATA, DOCUMENTS

DATA_COLLECTION: Final = "du-lieu"
"""What the collection of all data files is called."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The documents of a folder, or the items of a list of a data file; each has an ``id``."""

    source: str
    items: str = ""
    title: str = "name"

    @property
    def holds(self) -> bool:
        """Whether the content has such a folder or list."""
        if not self.items:
            return self.source in DOCUMENTS
        model: type[BaseModel] | None = DATA.get(self.source)
        return model is not None and self.items in model.model_fields

    def relation(self) -> dict[str, Any]:
        """Return the options of a relation field."""
        prefix = f"{self.items}.*." if self.items else ""
        shown = [f"{prefix}{self.title}"] if self.items else ["id", self.title]
        where = (
            {"collection": DATA_COLLECTION, "file": PurePath(self.source).stem}
            if self.items
            else {"collection": self.source}
        )
        return {
            "widget": "relation",
            **where,
            "value_field": f"{prefix}id",
            "display_fields": shown,
            "search_fields": shown,
        }


_SEGMENTS: Final = Reference("phan-khuc.yaml", "segments")
_GROUPS: Final = Reference("phan-khuc.yaml", "product_groups")
_FAMILIES: Final = Reference("phan-khuc.yaml", "families")
_TOPICS: Final = Reference("chu-de.yaml", "topics")
_COMMITMENTS: Final = Reference("cam-ket", title="title")
_PRODUCTS: Final = Reference("san-pham")

_REFERENCES: Final[Mapping[str, Reference]] = {
    "segment": _SEGMENTS,
    "segments": _SEGMENTS,
    "product_group": _GROUPS,
    "product_groups": _GROUPS,
    "family": _FAMILIES,
    "topic": _TOPICS,
    "matrix": Reference("phan-khuc.yaml", "matrix"),
    "department": Reference("cong-ty.yaml", "departments"),
    "categories": Reference("khieu-nai.yaml", "categories", "title"),
    "vat": Reference("thue.yaml", "classes"),
    "commitment": _COMMITMENTS,
    "commitments": _COMMITMENTS,
    "measures": _COMMITMENTS,
    "products": _PRODUCTS,
    "replacement": _PRODUCTS,
}
"""By the name of the field, which means the same in every file."""


def reference_of(name: str) -> Reference | None:
    """Return what a field of this name chooses from, or None."""
    found = _REFERENCES.get(name)
    return found if found is not None and found.holds else None
