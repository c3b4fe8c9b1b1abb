"""Reading ``kiem-tra/*.json``: what each weekly check found, one file for each day."""

from service_policy.content.reading import Reading
from service_policy.content.scorecards import json_files, json_model
from service_policy.weekly_check import WeeklyCheck

FOLDER = "kiem-tra"


def read_checks(reading: Reading) -> tuple[WeeklyCheck, ...]:
    """Read every check in order of time; faults go to ``reading``."""
    found = []
    for file, tree in json_files(reading, FOLDER, "<ngày>"):
        made = json_model(reading, FOLDER, WeeklyCheck, tree)
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
