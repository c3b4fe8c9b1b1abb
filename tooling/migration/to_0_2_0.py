"""What version 0.2.0 wants of content that was right for 0.1.

0.1 knew one company: its families, topics, menu and routes stood in the program. They stand in the
content now, so that they are written there as 0.1 had them; what the company has written itself
is never written over.
"""

import re
import shutil
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Final

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

from service_policy.content.files import read_data, read_document
from service_policy.content.prose import typed_hours
from service_policy.content.tree import Tree
from service_policy.content.validate import validate
from service_policy.opening_hours import DAYS, WEEKDAYS, Hours
from tooling.adoption.adopt import TEMPLATES
from tooling.migration import GUIDE, Step
from tooling.migration.source import Source, fields, scalars

_PHRASES = ("hours.open", "hours.short_open", "hours", "hours.short", "hours.times")
_TO = r"\s*(?:–|—|-|đến|tới)\s*(?:hết\s+)?"
_AND = r"(?:\s*[,;]\s*|\s+)(?:và\s+)?(?:từ\s+)?"
_SPAN = re.compile(rf"(?:từ\s+)?\b0?(\d{{1,2}}:\d\d){_TO}0?(\d{{1,2}}:\d\d)\b", re.IGNORECASE)


def spans(text: str) -> list[tuple[str, str]]:
    """Return each span of hours in a text, from when to when: ``("8:00", "12:00")``."""
    return _SPAN.findall(text)


class Told:
    """How texts tell some hours, and the placeholder of each way, the longest way first."""

    def __init__(self, hours: Hours) -> None:
        names = hours.names()
        said = {names[name]: f"{{{{ {name} }}}}" for name in _PHRASES}
        said[f"{hours.opens}–{hours.closes}"] = "{{ hours.opens }}–{{ hours.closes }}"
        self._ways = [
            (re.compile(_as_typed(text), re.IGNORECASE), said[text])
            for text in sorted(said, key=len, reverse=True)
        ]
        self._days = {
            name.casefold(): (f"{{{{ hours.{day} }}}}", hours.on(day))
            for name, day in zip(DAYS, WEEKDAYS, strict=True)
        }

    def instead(self, text: str) -> str:
        """Return a text with placeholders for the hours that it tells."""
        for way, placeholder in self._ways:
            text = way.sub(partial(_begun_like, placeholder), text)
        return "".join(map(self._of_a_day, text.splitlines(keepends=True)))

    def _of_a_day(self, line: str) -> str:
        """Put the placeholder of the day that a line named last before its hours."""

        def told(match: re.Match[str]) -> str:
            before = line[: match.start()].casefold()
            day = max(self._days, key=before.rfind)
            placeholder, times = self._days[day]
            return placeholder if day in before and "–".join(match.groups()) == times else match[0]

        return _SPAN.sub(told, line)


def _begun_like(placeholder: str, match: re.Match[str]) -> str:
    return placeholder.replace("{{ hours", "{{ Hours", 1) if match[0][0].isupper() else placeholder


def _as_typed(text: str) -> str:
    """Return a pattern of the ways in which people type such hours."""
    parts: Iterable[str] = re.split(r"(–| đến |, | và |; | )", text)
    joints = {"–": _TO, " đến ": _TO, " ": r"\s+(?:từ\s+)?"}
    written = (
        joints.get(part, _AND) if place % 2 else re.escape(part) for place, part in enumerate(parts)
    )
    return rf"(?:(?<![\w:–-])từ\s+)?(?<![\w:–-])0?{''.join(written)}(?![\w:])"


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
