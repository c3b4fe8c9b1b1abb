"""The fields of a form, made from a model of the content and the words of the editors' guide."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction
from pathlib import PurePath
from typing import Any, Final, Literal, get_args, get_origin

from annotated_types import Ge, Gt, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from service_policy.content.guide import Guide
from service_policy.content.reading import DATA, DOCUMENTS
from service_policy.values import Shape, peel

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


_REFERENCES: Final = {
    name: reference
    for names, reference in (
        ("segment segments", Reference("phan-khuc.yaml", "segments")),
        ("product_group product_groups", Reference("phan-khuc.yaml", "product_groups")),
        ("family", Reference("phan-khuc.yaml", "families")),
        ("matrix", Reference("phan-khuc.yaml", "matrix")),
        ("topic", Reference("chu-de.yaml", "topics")),
        ("department", Reference("cong-ty.yaml", "departments")),
        ("categories", Reference("khieu-nai.yaml", "categories", "title")),
        ("vat", Reference("thue.yaml", "classes")),
        ("commitment commitments measures", Reference("cam-ket", title="title")),
        ("products replacement", Reference("san-pham")),
    )
    for name in names.split()
}
"""By the name of the field, which means the same in every file."""


def reference_of(name: str) -> Reference | None:
    """Return what a field of this name chooses from, or None."""
    found = _REFERENCES.get(name)
    return found if found is not None and found.holds else None


Field = dict[str, Any]

ADDED_BY_THE_READER: Final = frozenset({"body", "path", "vat_percent"})
"""Fields of models that no front matter holds."""
_PARAGRAPHS: Final = frozenset(
    "change_note changes customer_sees description evidence if_missed manual_note meaning measure"
    " note notes ours parts_note promise question reason remedy replacement_note staff_guide"
    " statement summary text theirs what case banner".split()
)
"""Texts that often take more than a line."""
_PLAIN: Final[Mapping[Any, Field]] = {
    str: {"widget": "string"},
    bool: {"widget": "boolean"},
    int: {"widget": "number", "value_type": "int", "step": 1},
    Fraction: {"widget": "number", "value_type": "float", "step": 0.1},
    date: {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"},
    time: {"widget": "datetime", "type": "time", "format": "HH:mm"},
}


@dataclass(frozen=True)
class Form:
    """Makes the fields of one kind of content.

    Attributes:
        guide: the words of labels, hints and choices.
        kind: the kind, as the guide names its section.
        keys: the keys in use of fields whose names editors give themselves, by field.
    """

    guide: Guide
    kind: str
    keys: Mapping[str, Iterable[str]]

    def fields(self, model: type[BaseModel], without: str = "") -> list[Field]:
        """Return the fields of a model, those that are needed first.

        A group in which there is nothing to fill in yet is no field: the program refuses it.
        """
        needed_first = sorted(
            model.model_fields.items(), key=lambda item: not item[1].is_required()
        )
        fields = (
            self.field(name, info)
            for name, info in needed_first
            if name not in ADDED_BY_THE_READER and name != without
        )
        return [one for one in fields if one.get("fields") != []]

    def field(self, name: str, info: FieldInfo) -> Field:
        """Return one field of a model."""
        held, notes = peel(info.annotation)
        given: dict[str, Any] = {}
        if isinstance(info.default, bool):
            given["default"] = info.default
        return {
            **self.named(name),
            "required": info.is_required(),
            **given,
            **self._widget(name, held, (*info.metadata, *notes)),
        }

    def named(self, name: str) -> Field:
        """Return name, label and hint of a field; a hint that repeats the label is none."""
        label = self.guide.label(self.kind, name) or name
        hint = self.guide.hint(self.kind, name)
        told = hint.casefold() not in ("", label.casefold())
        return {"name": name, "label": label, **({"hint": hint} if told else {})}

    def _widget(self, name: str, held: Any, notes: tuple[Any, ...]) -> Field:
        origin = get_origin(held)
        if origin is tuple:
            return self._list(name, get_args(held)[0], notes)
        if origin in (dict, Mapping):
            return self._by_key(name, *get_args(held))
        if isinstance(held, type) and issubclass(held, BaseModel):
            return {"widget": "object", "collapsed": "auto", "fields": self.fields(held)}
        return self._one(name, held, notes)

    def _one(self, name: str, held: Any, notes: tuple[Any, ...]) -> Field:
        chosen = reference_of(name)
        if chosen is not None:
            return chosen.relation()
        if get_origin(held) is Literal:
            return {"widget": "select", "options": [self._option(one) for one in get_args(held)]}
        widget = dict(_PLAIN[held])
        if held is str and name in _PARAGRAPHS:
            widget = {"widget": "text"}
        return widget | dict(_limits(notes))

    def _option(self, choice: object) -> Field:
        label = self.guide.label(self.kind, str(choice))
        return {"label": label or str(choice), "value": choice}

    def _list(self, name: str, item: Any, notes: tuple[Any, ...]) -> Field:
        held, inner_notes = peel(item)
        least = next((one.min_length for one in notes if isinstance(one, MinLen)), 0)
        bounds = {"min": least} if least else {}
        kinds = [one for one in get_args(held) if isinstance(one, type)]
        if kinds and all(issubclass(one, BaseModel) for one in kinds):
            types = [self._type(one) for one in kinds]
            return {"widget": "list", "typeKey": "kind", "types": types, **bounds}
        one = self._widget(name, held, inner_notes)
        if one["widget"] == "object":
            fields = one["fields"]
            return {"widget": "list", "fields": fields, **_summary(fields), **bounds}
        if one["widget"] in ("relation", "select"):
            return {**one, "multiple": True, **bounds}
        single = {"name": name, "label": self.named(name)["label"], **one}
        return {"widget": "list", "field": single, **bounds}

    def _type(self, model: type[BaseModel]) -> Field:
        """Return one way of several; its field ``kind`` says which it is."""
        kind = str(get_args(model.model_fields["kind"].annotation)[0])
        label = self.guide.label(self.kind, kind) or kind
        return {"name": kind, "label": label, "fields": self.fields(model, without="kind")}

    def _by_key(self, name: str, key_type: Any, held: Any) -> Field:
        """Return the items by their keys: all that there may be, or those that are in use.

        A key of a new name is written in the file.
        """
        key_kind, (inner, notes) = peel(key_type)[0], peel(held)
        closed = get_origin(key_kind) is Literal
        fields = [
            {
                "name": key,
                "label": self.guide.label(self.kind, key) or key,
                "required": False,
                **self._widget(name, inner, notes),
            }
            for key in (get_args(key_kind) if closed else self.keys.get(name, ()))
        ]
        return {"widget": "object", "collapsed": True, "fields": fields}


def _limits(notes: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield what a form can hold a value to while it is typed."""
    for note in notes:
        shape = getattr(note, "func", None)
        if isinstance(shape, Shape):
            flags = "/i" if shape.pattern.flags & 2 else "/"
            yield "pattern", [f"/^(?:{shape.pattern.pattern})${flags}", _said(shape)]
        elif pattern := getattr(note, "pattern", None):
            yield "pattern", [pattern, f"viết theo mẫu {pattern}"]
        elif isinstance(note, Gt):
            yield "min", int(str(note.gt)) + 1
        elif isinstance(note, Ge):
            yield "min", int(str(note.ge))


def _said(shape: Shape) -> str:
    return f"{shape.message}: {shape.fix}"


def _summary(fields: list[Field]) -> Field:
    """Fold the items of a list that begin with texts, each told by these; leave the others open."""
    plain = ("string", "text", "datetime")
    told = [one["name"] for one in fields if one["required"] and one["widget"] in plain]
    if not told:
        return {}
    names = " · ".join(f"{{{{fields.{name}}}}}" for name in told[:2])
    return {"collapsed": "auto", "summary": names}
