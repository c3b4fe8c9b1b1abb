"""`inv new`: begin a content file of any kind, with the next free code and every field in it.

The text is written from the model of the kind and the editors' guide. Every required field stands
there with its meaning above it: a choice has its first value, a date today's, and a text a mark
that the checker refuses until it is written. Optional fields are there as comments. A field that is
added to a model is in the next file by itself.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from annotated_types import MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from plugins.build_date import build_date
from service_policy.content import Library
from service_policy.content.drafts import to_write
from service_policy.content.folder import documents_in
from service_policy.content.guide import read_guide
from service_policy.content.reader import read_sound
from service_policy.content.reading import DOCUMENTS
from service_policy.values import peel
from tooling.paths import CONTENT
from tooling.words import Refused

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LETTERS = {"cam-ket": "CK", "bao-hanh": "BHP"}
"""The letters of the first code of a kind that has no file yet."""
_SHEET_COLUMNS = ("product_code", "unit", "price_vnd", "vat", "warranty_months", "dealer_minimum")


def new(kind: str, name: str, content: Path = CONTENT) -> list[Path]:
    """Begin a file of a kind: the name of its folder, such as ``hoi-dap``.

    `name` becomes its address, and its code unless codes of the kind are numbered. Returns the
    files written; the first one is a draft until its editor takes the mark away.

    Raises:
        Refused: the kind or the name does not fit, or the file is there already.
    """
    if kind not in DOCUMENTS:
        raise Refused(f"không có loại “{kind}”; các loại: {', '.join(DOCUMENTS)}")
    if not _NAME.fullmatch(name):
        raise Refused("tên chỉ gồm a-z, 0-9 và gạch nối, ví dụ gia-han-bao-hanh")
    today = build_date()
    library = sound_library(content, today)
    code = _code(kind, name, content, library)
    file = content / kind / f"{code.lower() if _numbered(kind) else name}.md"
    if file.exists():
        raise Refused(f"đã có {file}")
    meanings = partial(read_guide(content).meaning, kind)
    facts = _facts(library, code, name)
    written = {file: scaffold(DOCUMENTS[kind], meanings, facts, today)}
    if kind == "bang-gia":
        # A list of prices is easier to write as a table than line by line.
        written[file] = written[file].replace("\nlines: ", "\nlines_from: ")
        written[file.with_suffix(".csv")] = _lines(library)
    for path, text in written.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(written)


def _code(kind: str, name: str, content: Path, library: Library) -> str:
    """Return the next number where codes are numbered, otherwise the name in the kind's shape."""
    policy = library.policy
    pattern = policy.matrix.product_code if kind == "san-pham" else _pattern(kind)
    if not _numbered(kind):
        prefix = re.match(r"\^([A-Z]+-)", pattern)
        code = f"{prefix.group(1)}{name.upper()}" if prefix else name.upper()
        code = code if pattern else name
        if pattern and not re.fullmatch(pattern.strip("^$"), code):
            raise Refused(f"mã {code} không theo mẫu {pattern}")
        return code
    letters = policy.topics[0].prefix if kind == "hoi-dap" else _letters(content, kind)
    return next_code(content, kind, letters)


def _letters(content: Path, kind: str) -> str:
    """Return the letters that the codes of the files there begin with."""
    codes = re.compile(r"^id: *\W?([A-Z]+)-\d+\b", re.MULTILINE)
    found = (codes.search(_text(file)) for file in documents_in(content, kind))
    return next((one.group(1) for one in found if one), _LETTERS[kind])


def next_code(content: Path, kind: str, letters: str) -> str:
    """Return the code after the last one of a kind that begins with these letters."""
    numbers = [
        int(number)
        for file in documents_in(content, kind)
        for number in re.findall(rf"^id: *\W?{letters}-(\d+)\b", _text(file), re.MULTILINE)
    ]
    return f"{letters}-{max(numbers, default=0) + 1:02d}"


def sound_library(content: Path, today: date) -> Library:
    """Return what is sound of the content. Raises Refused where its data files are not."""
    library = read_sound(content, today)
    if library is None:
        raise Refused(f"tệp dữ liệu trong {content} còn lỗi hoặc thiếu: chạy inv check, sửa trước")
    return library


def _pattern(kind: str) -> str:
    """Return the shape of the kind's codes; "" for a kind whose code is its address."""
    notes = DOCUMENTS[kind].model_fields["id"].metadata
    return next((note.pattern for note in notes if getattr(note, "pattern", None)), "")


def _numbered(kind: str) -> bool:
    return re.search(r"-\\d(\{2,?\d*\}|\+)\$$", _pattern(kind)) is not None


def _text(file: Path) -> str:
    """Return the text of another file; what is wrong in it is not our matter here."""
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _facts(library: Library, code: str, name: str) -> dict[str, str]:
    """Return values that hold together, of fields whose type alone does not say enough."""
    laws = [one.id for one in library.legal.references if one.in_force(library.today)]
    products = [one.id for one in library.products]
    matrix = library.policy.matrix
    usual = matrix.usual.id
    # A family that wants an energy label wants more than the type of the fields says.
    families = [one.id for one in sorted(matrix.families, key=lambda one: one.energy_label)]
    return {
        "id": code,
        "slug": name,
        "series": name,
        "url": f"/{name}/",
        "law": f"[{', '.join(laws[:1])}]",
        "family": next(iter(families), f'"{to_write("họ sản phẩm, khai ở phan-khuc.yaml")}"'),
        "topic": library.policy.topics[0].id,
        "product_group": matrix.groups[0],
        "product_groups": f"[{matrix.groups[0]}]",
        "department": library.company.departments[0].id,
        "products": f"[{', '.join(products[:1])}]",
        "segment": usual,
        "segments": f"[{usual}]",
        "targets": f"[{{segments: [{usual}], value: 1, unit: working_days}}]",
        "compensation": f"[{{segments: [{usual}], kind: fixed, amount_vnd: 50000}}]",
        "lines": f"{name}.csv",
    }


def _lines(library: Library) -> str:
    """Return the CSV file of a price sheet: every current product, its price still to be written.

    Class of tax and warranty are those of the product's last line in a sheet.
    """
    text = io.StringIO()
    rows = csv.DictWriter(text, _SHEET_COLUMNS, lineterminator="\n")
    rows.writeheader()
    for product in library.products:
        if product.status == "current":
            known = (sheet.line(product.id) for sheet in library.price_sheet_versions)
            line = next((one for one in known if one is not None), None)
            rows.writerow(
                {
                    "product_code": product.id,
                    "unit": product.unit,
                    "price_vnd": to_write("giá gồm VAT"),
                    "vat": library.vat.classes[0].id if line is None else line.vat,
                    "warranty_months": product.warranty_months,
                    "dealer_minimum": product.dealer_minimum,
                }
            )
    return text.getvalue()


Meanings = Callable[[str], str]
"""What the guide says of a field of the kind; "" when it says nothing."""
Facts = Mapping[str, str]
"""Values that the schema cannot know, by the name of their field, as they stand in YAML."""

_NOT_WRITTEN = {"body", "path"}


def scaffold(model: type[BaseModel], meanings: Meanings, facts: Facts, today: date) -> str:
    """Return the whole file: front matter with ``draft: true``, and a mark for the text."""
    return "\n".join(
        (
            "---",
            "# Bản nháp: không ai thấy tệp này. Viết xong thì xóa dòng dưới.",
            "draft: true",
            *_fields(model, meanings, facts, today),
            "---",
            to_write("bài viết"),
            "",
        )
    )


def _fields(model: type[BaseModel], meanings: Meanings, facts: Facts, today: date) -> Iterator[str]:
    required_first = sorted(model.model_fields.items(), key=lambda item: not item[1].is_required())
    for name, field in required_first:
        if name in _NOT_WRITTEN:
            continue
        yield f"# {meanings(name) or name}{_choices(field.annotation)}"
        line = f"{name}: {_value(name, field, meanings, facts, today)}"
        yield line if field.is_required() else f"# {line}"


def _value(name: str, field: FieldInfo, meanings: Meanings, facts: Facts, today: date) -> str:
    """Return a value for a field as it stands on one line of YAML."""
    if name in facts:
        return facts[name]
    kind = peel(field.annotation)[0]
    least = next((one.min_length for one in field.metadata if isinstance(one, MinLen)), 1)
    if get_origin(kind) is tuple:
        one = _one(name, peel(get_args(kind)[0])[0], meanings, facts, today)
        return f"[{', '.join([one] * least)}]"
    return _one(name, kind, meanings, facts, today)


def _one(name: str, kind: Any, meanings: Meanings, facts: Facts, today: date) -> str:
    if get_origin(kind) is Literal:
        return str(get_args(kind)[0])
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        inner = (
            f"{key}: {_value(key, field, meanings, facts, today)}"
            for key, field in kind.model_fields.items()
            if field.is_required()
        )
        return "{" + ", ".join(inner) + "}"
    plain = {date: today.isoformat(), time: "08:00", bool: "false", int: "1", Fraction: "1"}
    if kind in plain:
        return plain[kind]
    if kind is str:
        return f'"{to_write((meanings(name) or name).replace(chr(34), chr(39)))}"'
    return "{}"


def _choices(annotation: Any) -> str:
    kind = peel(annotation)[0]
    return f" ({', '.join(map(str, get_args(kind)))})" if get_origin(kind) is Literal else ""
