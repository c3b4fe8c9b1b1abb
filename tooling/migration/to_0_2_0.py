"""What version 0.2.0 wants of content that was right for 0.1.

0.1 knew one company: its families, topics, menu and routes stood in the program. They stand in the
content now, so that they are written there as 0.1 had them; what the company has written itself
is never written over.
"""

import shutil
from pathlib import Path
from typing import Final

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

from service_policy.content.files import read_data, read_document
from service_policy.content.prose import typed_hours
from service_policy.content.tree import Tree
from service_policy.content.validate import validate
from service_policy.opening_hours import Hours
from tooling.adoption.adopt import TEMPLATES
from tooling.migration.hours import Told, spans
from tooling.migration.source import Source, fields, scalars
from tooling.migration.step import GUIDE, Step

SAID: Final = Path(__file__).parent / "said_before_0_2"
_NEW: Final = ("chu-de.yaml", "giao-dien.yaml")


def say_what_the_program_said(content: Path) -> None:
    """Write routes, families, topics, menu, what rules read and who may help into the content.

    A folder with one of the new files was written for 0.2: what it does not say it does not want.
    """
    if any((content / name).exists() for name in _NEW):
        return
    for said in sorted(SAID.glob("*.yaml")):
        text = said.read_text("utf-8")
        wanted = yaml.compose(text, Loader=yaml.BaseLoader)
        if said.stem == "cam-ket":
            _merge_by_id(content / said.stem, fields(wanted), text)
        elif said.name in _NEW:
            (content / said.name).write_text(text, "utf-8")
        else:
            source = Source.read(content / said.name)
            source.merge(wanted, text)
            source.write()


def _merge_by_id(folder: Path, wanted: dict[str, Node], text: str) -> None:
    for file in sorted(folder.glob("*.md")):
        source = Source.read(file)
        known = fields(source.root).get("id")
        if known is not None and str(known.value) in wanted:
            source.merge(wanted[str(known.value)], text)
            source.write()


def bring_a_logo(content: Path) -> None:
    """Put the pictures of a new company where 0.1 had the program's own."""
    if not (content / "thuong-hieu").exists():
        shutil.copytree(TEMPLATES / "thuong-hieu", content / "thuong-hieu")


def forget_priorities(content: Path) -> None:
    """Take `priority` from categories of complaints: whoever is in danger comes first, no others.

    Category 0 was the dangerous one.
    """
    source = Source.read(content / "khieu-nai.yaml")
    categories = fields(source.root).get("categories")
    for row in categories.value if isinstance(categories, SequenceNode) else ():
        known = fields(row)
        if "priority" in known:
            source.remove(row, "priority")
            if known["priority"].value == "0" and "danger" not in known:
                source.add(row, "danger: true")
    source.write()


def keep_saturdays(content: Path) -> None:
    """Write who is there on Saturdays as hours of reception instead of as a sentence."""
    source = Source.read(content / "cong-ty.yaml")
    hours = fields(source.root).get("hours")
    note = fields(hours).get("saturday_note")
    if not isinstance(hours, MappingNode) or note is None:
        return
    source.remove(hours, "saturday_note")
    times = [f'{{opens: "{a:0>5}", closes: "{b:0>5}"}}' for a, b in spans(str(note.value))]
    if times and "reception" not in fields(hours):
        row = f"{{weekdays: [sat], intervals: [{', '.join(times)}]}}"
        source.add(hours, f"reception: [{row}]")
    source.write()


def take_hours_from_one_place(content: Path) -> None:
    """Put placeholders where texts tell the company's own hours; what else they tell stays."""
    company = read_data(content / "cong-ty.yaml", "")[0].data.get("hours")
    hours, _ = validate(Hours, Tree("", company if isinstance(company, dict) else {}))
    if hours is None:
        return
    told = Told(hours)
    for file in sorted((*content.rglob("*.md"), *content.rglob("*.yaml"))):
        tree, faults = (read_document if file.suffix == ".md" else read_data)(file, "")
        lines = {fault.line for fault in typed_hours(tree)}
        if not faults and lines and file.name != GUIDE:
            _tell(Source.read(file), told, lines)


def _tell(source: Source, told: Told, lines: set[int]) -> None:
    """Change what stands on some lines of a file, quotes around what is no plain text any more."""
    for node, within in scalars(source.root):
        start, end = source.span(node)
        before = source.text[start:end]
        after = told.instead(before)
        if after == before or lines.isdisjoint(source.lines(start, end)):
            continue
        if node.style is None and (within or after.startswith("{")):
            after = '"' + after.replace("\\", "\\\\").replace('"', '\\"') + '"'
        source.change(start, end, after)
    start = source.body
    for line in source.text[start:].splitlines(keepends=True):
        if source.lines(start, start)[0] in lines:
            source.change(start, start + len(line), told.instead(line))
        start += len(line)
    source.write()


STEPS: Final = (
    Step(
        "0.2.0", "phòng, chủ đề, họ hàng, danh mục… ghi trong nội dung", say_what_the_program_said
    ),
    Step("0.2.0", "logo và biểu tượng là tệp trong thuong-hieu/", bring_a_logo),
    Step("0.2.0", "loại khiếu nại nguy hiểm: danger thay cho priority", forget_priorities),
    Step("0.2.0", "giờ tiếp nhận thứ Bảy: reception thay cho saturday_note", keep_saturdays),
    Step("0.2.0", "giờ làm việc trong bài lấy từ cong-ty.yaml", take_hours_from_one_place),
)
