"""Reading ``kiem-tra/*.json``: what each weekly check found, one file for each day."""

from service_policy.content.faults import Fault
from service_policy.content.folder import is_dropping, shown
from service_policy.content.reading import Reading
from service_policy.content.scorecards import read_tree
from service_policy.weekly_check import WeeklyCheck

FOLDER = "kiem-tra"
CHECKS: dict[str, type[WeeklyCheck]] = {FOLDER: WeeklyCheck}
"""The folder and the model of its files, as ``reading`` has it for other kinds."""


def read_checks(reading: Reading) -> tuple[WeeklyCheck, ...]:
    """Read every check in order of time; faults go to ``reading``."""
    found = []
    for file in sorted((reading.folder / FOLDER).glob("*")):
        if is_dropping(file.name):
            continue
        name = shown(file, reading.folder)
        if file.suffix != ".json":
            fix = "chỉ để tệp <ngày>.json trong thư mục này"
            reading.faults.append(Fault(name, 1, "tệp", "không ai đọc tệp này", fix, "stray_file"))
            continue
        tree, faults = read_tree(file, name)
        reading.faults += faults
        made = None if faults else reading.model(WeeklyCheck, tree)
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
