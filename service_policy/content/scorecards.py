"""Reading ``ket-qua/*.json`` and ``kiem-tra/*.json``: strict JSON, a file a month or a check."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from service_policy.content import prose
from service_policy.content.files import read_text
from service_policy.content.folder import is_dropping, shown
from service_policy.content.json_tree import parse_json
from service_policy.content.letters import escaped_letters
from service_policy.content.reading import Reading
from service_policy.content.tree import Fault, Tree
from service_policy.scorecard import Snapshot
from service_policy.values import Model
from service_policy.weekly_check import WeeklyCheck

FOLDER = "ket-qua"
CHECKS = "kiem-tra"
M = TypeVar("M", bound=Model)


def read_scorecards(reading: Reading) -> tuple[Snapshot, ...]:
    """Read every month in order; faults go to ``reading``."""
    found = []
    for file, tree in json_files(reading, FOLDER, "<tháng>"):
        reading.faults += prose.check_phrases(tree, commitment=False, warranty=False)
        reading.faults += prose.check_markup(tree)
        made = json_model(reading, FOLDER, Snapshot, tree)
        if made is not None:
            reading.faults += _faults(made, tree, file, reading)
            found.append(made)
    return tuple(sorted(found, key=lambda one: one.month))


def json_files(reading: Reading, kind: str, called: str) -> Iterator[tuple[Path, Tree]]:
    """Yield the files of a folder that can be parsed, in order; faults go to ``reading``."""
    for file in sorted((reading.folder / kind).glob("*")):
        if is_dropping(file.name):
            continue
        name = shown(file, reading.folder)
        if file.suffix != ".json":
            fix = f"chỉ để tệp {called}.json trong thư mục này"
            reading.faults.append(Fault(name, 1, "tệp", "không ai đọc tệp này", fix, "stray_file"))
            continue
        tree, faults = read_tree(file, name)
        reading.faults += faults
        if faults:
            reading.unreadable.append((kind, tree))
        else:
            yield file, tree


def json_model(reading: Reading, kind: str, model: type[M], tree: Tree) -> M | None:
    """Return what a file says; one with faults is not known to whoever names it."""
    made = reading.model(model, tree)
    if made is None:
        reading.unreadable.append((kind, tree))
    return made


def read_tree(file: Path, name: str) -> tuple[Tree, list[Fault]]:
    """Read one file as a tree; ``name`` is how faults call it."""
    text, faults = read_text(file, name)
    if faults:
        return Tree(name), faults
    tree, faults = parse_json(text, name)
    if "\\" in text and not faults:
        faults = escaped_letters(tree)
    if not faults and "path" in tree.data:
        faults.append(tree.fault(("path",), "reserved_field", "tên trường dành riêng", "xóa"))
    tree.data["path"] = name
    return tree, faults


def _faults(made: Snapshot, tree: Tree, file: Path, reading: Reading) -> Iterator[Fault]:
    if file.stem != made.month:
        fix = f"đổi tên tệp thành {made.month}.json hoặc sửa month"
        yield tree.fault(("month",), "wrong_file", f"tháng {made.month} nằm sai tệp", fix)
    if made.as_of_day > reading.today:
        day = made.as_of_day.strftime("%d/%m/%Y")
        yield tree.fault(("as_of",), "future", f"chốt vào ngày chưa tới ({day})", "sửa as_of")
    for index, figure in enumerate(made.indicators):
        if figure.standing == "missed" and figure.reason is None:
            message = f"{figure.id} trật mục tiêu mà chưa nói vì sao"
            fix = (
                "thêm reason với why (vì sao) và done (đã làm gì); "
                "chưa có thì trang vẫn hiện kỳ trật"
            )
            path = ("indicators", index)
            yield tree.fault(path, "missed_without_reason", message, fix, level="warning")


def read_checks(reading: Reading) -> tuple[WeeklyCheck, ...]:
    """Read every check in order of time; faults go to ``reading``."""
    found = []
    for file, tree in json_files(reading, CHECKS, "<ngày>"):
        made = json_model(reading, CHECKS, WeeklyCheck, tree)
        if made is None:
            continue
        if file.name != f"{made.checked_on.isoformat()}.json":
            fix = "để nguyên tệp do inv weekly-check ghi"
            message = "ngày kiểm tra không khớp tên tệp"
            reading.faults.append(tree.fault(("checked_on",), "wrong_file", message, fix))
        # A site that is built for an earlier day does not know of later checks.
        if made.checked_on <= reading.today:
            found.append(made)
    return tuple(found)
