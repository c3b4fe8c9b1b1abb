"""Write a company's content into a new folder: templates, and what every company has alike.

The folder appears only as a whole, and only when the checker finds no fault in it.
"""

import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from plugins.build_date import build_date
from service_policy.content.tree import ContentErrors, Fault, Tree
from tooling.adoption.answers import ask, flow, read_answers
from tooling.check import report
from tooling.paths import ROOT
from tooling.words import Refused

TEMPLATES: Final = Path(__file__).parent / "company"
SAMPLE: Final = ROOT / "content"
DECIDE: Final = "QUYẾT ĐỊNH"
"""The word, in comments of the written files, in front of what the company has to decide."""
ALIKE: Final = {
    "HUONG-DAN.md": "",
    "can-cu.yaml": "nhờ luật sư xem danh sách văn bản trước khi công bố.",
    "lich-nghi.yaml": "chốt ngày nghỉ của công ty từng năm, rồi ghi confirmed: true.",
    "ngan-hang.yaml": "kế toán thêm mẫu sao kê của ngân hàng công ty dùng.",
    "noi-khieu-nai.yaml": "",
    "thue.yaml": "kế toán xác nhận nhóm thuế và mức thuế.",
    "tu-dong-nghia.yaml": "",
}
"""Files of the sample that hold for every company, and what each still has to decide of them."""


@dataclass(frozen=True)
class Adopted:
    """What was written: the files, the places to decide, and what the checker warns of."""

    files: int
    decisions: tuple[str, ...]
    warnings: tuple[Fault, ...]


def adopt(folder: Path, answers: Path | None = None) -> Adopted:
    """Write the smallest valid content into a folder that is empty or not there yet.

    Asks on the terminal when there is no file of answers.

    Raises:
        Refused: the folder holds something, or the questions were left before their end.
        ContentErrors: the answers are wrong; every fault at once, with its line.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(_held(folder))):
        raise Refused(f"{folder} không trống: chọn thư mục mới hoặc trống")
    text = _asked() if answers is None else answers.read_text("utf-8-sig")
    values = read_answers(text, "câu trả lời" if answers is None else str(answers), build_date())
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as place:
        fresh = Path(place) / folder.name
        _write(fresh, values)
        faults, errors = report(fresh)
        if errors:
            raise ContentErrors(_in_answers(faults, values["tree"]))
        folder.mkdir(exist_ok=True)
        for entry in fresh.iterdir():
            shutil.move(entry, folder / entry.name)
    written = sorted(one for one in folder.rglob("*") if one.is_file() and ".git" not in one.parts)
    decisions = [
        f"{file.relative_to(folder)}:{number}: {line.partition(DECIDE)[2].strip(' :')}"
        for file in written
        if file.suffix in (".md", ".yaml")
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if f"# {DECIDE}" in line
    ]
    return Adopted(len(written), tuple(decisions), tuple(faults))


def _in_answers(faults: list[Fault], tree: Tree) -> list[Fault]:
    """Tell faults of the content where the answers made them; all of them where none did."""
    wrong = [one for one in faults if one.level == "error"]
    fields = {one: one.field.partition(".")[0] for one in wrong}
    told = [
        replace(one, file=tree.file, line=tree.place((field,))[1])
        for one, field in fields.items()
        if field in tree.data
    ]
    return told or wrong


def _asked() -> str:
    try:
        return ask()
    except EOFError:
        raise Refused("Chưa trả lời hết nên chưa ghi tệp nào") from None


def _held(folder: Path) -> list[Path]:
    """Return what lies in a folder; a repository that was just made holds nothing yet."""
    return [one for one in folder.iterdir() if one.name != ".git"]


def _write(folder: Path, values: dict[str, Any]) -> None:
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(()),
        undefined=StrictUndefined,
        # The content has {{ placeholders }} of its own.
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["yaml"] = flow
    for source in sorted(TEMPLATES.rglob("*.*")):
        name = source.relative_to(TEMPLATES)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if source.suffix not in (".md", ".yaml"):
            shutil.copy(source, folder / name)
            continue
        text = templates.get_template(name.as_posix()).render(values)
        (folder / name).write_text(text, "utf-8")
    for alike, to_decide in ALIKE.items():
        text = (SAMPLE / alike).read_text("utf-8")
        if alike == "lich-nghi.yaml":
            # The days that the sample company has decided are only expected by another one.
            text = text.replace("confirmed: true", "confirmed: false")
        head = f"# {DECIDE}: {to_decide}\n" if to_decide else ""
        (folder / alike).write_text(head + text, "utf-8")
