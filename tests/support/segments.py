"""The sample company's content under other segments: one kind of customer, or five others."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from service_policy.content import Library, check, read
from service_policy.content.yaml_tree import parse
from tests.support.application import CONTENT

TODAY = date(2026, 11, 23)
SAMPLE = ("household", "dealer", "project")
ONE = "khach-hang"
ONE_SEGMENT = """segments:
  - id: khach-hang
    name: Khách hàng
    description: Mọi người mua để dùng
    tax_code: true
    partner: true
    credit: true
    quotes: true
"""
FIVE = {
    "household": ("ca-nhan",),
    "dealer": ("cua-hang",),
    "project": ("cong-trinh", "khach-san", "truong-hoc"),
}
"""The segments of another company by that of the sample whose targets they have."""
FIVE_SEGMENTS = """segments:
  - {id: khach-san, name: Khách sạn, description: Nơi lưu trú, quotes: true}
  - {id: ca-nhan, name: Cá nhân, label: "Cá nhân, gia đình", description: Mua để dùng, usual: true}
  - {id: cua-hang, name: Cửa hàng, description: Mua bán lại, partner: true, credit: true}
  - {id: truong-hoc, name: Trường học, description: Bếp ăn trường học, tax_code: true}
  - {id: cong-trinh, name: Công trình, description: Nhà thầu, obligation_cap_percent: 5}
"""
_NAMED = re.compile(r"\bsegments?: (?:\[[^\]]*\]|[a-z-]+)|\{\{[^}]*\}\}")
_WORD = re.compile(r"\b(?:household|dealer|project)\b")


def five_segments(folder: Path) -> Path:
    """Copy the content into ``folder`` for a company of five segments, all with other ids."""
    content = _copied(folder)
    _declare(content, FIVE_SEGMENTS)
    _respell(content, FIVE)
    return content


def one_segment(folder: Path) -> Path:
    """Copy the content into ``folder`` for a company whose customers are all households."""
    content = _copied(folder)
    matrix = parse((content / "phan-khuc.yaml").read_text("utf-8"), "")[0].data
    for row in matrix["matrix"]:
        row["cells"] = _for_households(row["cells"])
    (content / "phan-khuc.yaml").write_text(_yaml(matrix), encoding="utf-8")
    _declare(content, ONE_SEGMENT)
    for file in (content / "cam-ket").glob("*.md"):
        _, front, body = file.read_text("utf-8").split("---\n", 2)
        said = parse(front, "")[0].data
        said["scope"]["segments"] = [ONE]
        for name in ("targets", "compensation"):
            said[name] = _for_households(said[name])
        special = {line.get("condition") for line in said["targets"]} | {None}
        said["applies_to"] = [
            part for part in said.get("applies_to", ()) if part.get("condition") in special
        ]
        said["examples"] = [
            case for case in said.get("examples", ()) if case["segment"] == "household"
        ]
        file.write_text(f"---\n{_yaml(said)}---\n{body}", encoding="utf-8")
    _respell(content, dict.fromkeys(SAMPLE, (ONE,)))
    # Numbers that were promised to others only are not promised to anybody now.
    for fault in check(content, TODAY):
        if fault.code == "unknown_placeholder":
            name = fault.message.partition("“")[2].rstrip("”")
            file = content.parent / fault.file
            text = file.read_text("utf-8").replace(f"{{{{ {name} }}}}", "hạn ghi trong hợp đồng")
            file.write_text(text, encoding="utf-8")
    return content


def without_privileges(library: Library) -> Library:
    """Return a library whose segments have neither partner policy, credit, quotes nor tax code."""
    matrix = library.policy.matrix
    gone = {"partner": False, "credit": False, "quotes": False, "tax_code": False, "prices": None}
    bare = tuple(one.model_copy(update=gone) for one in matrix.segments)
    changed = matrix.model_copy(update={"segments": bare})
    return replace(library, policy=replace(library.policy, matrix=changed))


@pytest.fixture(scope="session")
def one(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Read the content of a company with one kind of customer."""
    return read(one_segment(tmp_path_factory.mktemp("one")), TODAY)


@pytest.fixture(scope="session")
def five(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Read the content of a company with five other kinds of customers."""
    return read(five_segments(tmp_path_factory.mktemp("five")), TODAY)


def _copied(folder: Path) -> Path:
    return Path(shutil.copytree(CONTENT, folder / "content"))


def _for_households(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the lines that are for households: they are everybody now."""
    return [{**line, "segments": [ONE]} for line in lines if "household" in line["segments"]]


def _declare(content: Path, segments: str) -> None:
    file = content / "phan-khuc.yaml"
    text = re.sub(r"^segments:\n(?:[ #-].*\n)*", "", file.read_text("utf-8"), flags=re.MULTILINE)
    file.write_text(segments + text, encoding="utf-8")


def _respell(content: Path, ids: Mapping[str, tuple[str, ...]]) -> None:
    """Call every segment of the sample by another id, wherever a file names it."""

    def named(match: re.Match[str]) -> str:
        listed = "[" in match.group()
        return _WORD.sub(
            lambda word: ", ".join(ids[word.group()] if listed else ids[word.group()][:1]),
            match.group(),
        )

    for file in (*content.rglob("*.md"), *content.glob("*.yaml")):
        text = file.read_text("utf-8")
        file.write_text(_NAMED.sub(named, text), encoding="utf-8")


def _yaml(data: Any) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
