"""The configuration of the editors' program: a collection for each kind of content."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, Final

from pydantic import BaseModel

from plugins.editing.fields import DATA_COLLECTION, Field, Form
from plugins.editing.repository import Repository
from service_policy.content import Library
from service_policy.content.guide import Guide
from service_policy.content.reading import DATA, DOCUMENTS, VERSIONED

Keys = Mapping[str, Iterable[str]]

_WRITTEN: Final = tomllib.loads(
    Path(__file__).with_name("configuration.toml").read_text(encoding="utf-8")
)
"""What is the same whatever the content is, and the fields that no model has."""


def configuration(
    repository: Repository, guide: Guide, keys: Keys, content: str, site_url: str
) -> dict[str, Any]:
    """Return the whole configuration.

    Args:
        repository: where changes go.
        guide: the words of the forms.
        keys: the keys in use of fields whose names editors give themselves.
        content: the content folder inside the repository; "." when it is the repository.
        site_url: the address of the site; "" while none is configured.
    """
    told: dict[str, Any] = {
        "backend": {**repository.backend(), "commit_messages": _WRITTEN["commit_messages"]},
        "publish_mode": "editorial_workflow" if repository.reviewed else "simple",
        "media_folder": _path(content, "san-pham/hinh"),
        **_WRITTEN["program"],
        "collections": [
            *(_documents(kind, guide, keys, content) for kind in DOCUMENTS),
            {
                "name": DATA_COLLECTION,
                "label": "Dữ liệu chung",
                "files": [_data(name, guide, keys, content) for name in DATA],
            },
        ],
    }
    return {**told, "site_url": site_url} if site_url else told


def keys_in_use(library: Library) -> Keys:
    """Return the keys that editors gave to items, by the field that holds the items."""
    found: dict[str, set[str]] = {}
    left: list[object] = [library]
    while left:
        one = left.pop()
        if isinstance(one, BaseModel):
            parts = {name: getattr(one, name) for name in type(one).model_fields}
        elif is_dataclass(one):
            parts = {part.name: getattr(one, part.name) for part in fields(one)}
        else:
            left += one if isinstance(one, tuple) else ()
            continue
        for name, value in parts.items():
            if isinstance(value, Mapping):
                found.setdefault(name, set()).update(map(str, value))
                left += value.values()
            else:
                left.append(value)
    return {name: sorted(keys) for name, keys in found.items()}


def _documents(kind: str, guide: Guide, keys: Keys, content: str) -> dict[str, Any]:
    form = Form(guide, kind, keys)
    asked = form.fields(DOCUMENTS[kind])
    if kind == "bang-gia":
        asked = [_optional(one) if one["name"] == "lines" else one for one in asked]
        asked.append(_WRITTEN["table"])
    title = next(name for name in ("title", "name", "question") if name in _names(asked))
    versioned = kind in VERSIONED
    told: dict[str, Any] = {
        "name": kind,
        "label": _title(guide, kind),
        "folder": _path(content, kind),
        "extension": "md",
        "format": "yaml-frontmatter",
        "identifier_field": "id",
        "slug": "{{fields.id}}-v{{fields.version}}" if versioned else "{{fields.id}}",
        "summary": f"{{{{id}}}} · {{{{{title}}}}}",
        # Every version of what was promised or printed keeps its file.
        "delete": not versioned,
        "aliases_field": False,
        "fields": [_WRITTEN["draft"], *asked, _WRITTEN["body"]],
    }
    if kind == "trang":
        # These are the only documents in folders of folders.
        told["nested"] = {"depth": 4, "subfolders": False}
    return told


def _data(name: str, guide: Guide, keys: Keys, content: str) -> dict[str, Any]:
    return {
        "name": PurePath(name).stem,
        "label": _title(guide, name),
        "file": _path(content, name),
        "format": "yaml",
        "fields": Form(guide, name, keys).fields(DATA[name]),
    }


def _path(content: str, name: str) -> str:
    return PurePosixPath(content, name).as_posix()


def _title(guide: Guide, kind: str) -> str:
    title = guide.title(kind)
    return title[:1].upper() + title[1:]


def _optional(field: Field) -> Field:
    return {**{name: value for name, value in field.items() if name != "min"}, "required": False}


def _names(asked: list[Field]) -> set[str]:
    return {one["name"] for one in asked}
