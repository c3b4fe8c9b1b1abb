"""Try every step on a copy of a content folder, show what would be another, and write it."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Final

from plugins.model import write_whole
from service_policy.content import Fault
from tooling.adoption.adopt import SAMPLE
from tooling.check import report
from tooling.migration import GUIDE, Step
from tooling.migration.to_0_2_0 import STEPS as TO_0_2_0


def renew_the_guide(content: Path) -> None:
    """Put the guide of this version where an older one lies."""
    if (content / GUIDE).exists():
        shutil.copy(SAMPLE / GUIDE, content / GUIDE)


STEPS: Final = (*TO_0_2_0, Step("mỗi phiên bản", f"{GUIDE} của phiên bản này", renew_the_guide))
"""Every step there is, in the order of the versions."""

_HIDDEN: Final = ".*"


@dataclass(frozen=True)
class Migration:
    """What the steps make of a content folder.

    Attributes:
        done: the steps that changed something.
        files: the new bytes of each file that is another, by its name in the folder.
        differences: the same, line by line, as `diff -u` tells it.
        wrong: how many errors the checker finds before.
        faults: the errors that it finds afterwards: a person has to put them right.
    """

    done: tuple[Step, ...]
    files: dict[str, bytes]
    differences: tuple[str, ...]
    wrong: int
    faults: tuple[Fault, ...]


def migrate(content: Path, *, write: bool = False) -> Migration:
    """Do all steps; nothing in the folder changes unless ``write`` says so.

    Raises `service_policy.content.ContentErrors` when there is no such folder.
    """
    _, wrong = report(content)
    with tempfile.TemporaryDirectory(prefix="cam-ket-migration-") as work:
        copy = Path(work) / content.name
        shutil.copytree(content, copy, ignore=shutil.ignore_patterns(_HIDDEN))
        before, done = _files(copy), []
        known = before
        for step in STEPS:
            step.apply(copy)
            now = _files(copy)
            if now != known:
                done.append(step)
            known = now
        files = {name: raw for name, raw in known.items() if raw != before.get(name)}
        faults = tuple(one for one in report(copy)[0] if one.level == "error")
    told = [line for name, raw in files.items() for line in _told(name, before.get(name), raw)]
    # New files last: they are the sign that a step was done.
    for name, raw in sorted(files.items(), key=lambda one: one[0] not in before) if write else ():
        write_whole(content / name, raw)
    return Migration(tuple(done), files, tuple(told), wrong, faults)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def _told(name: str, before: bytes | None, now: bytes) -> Iterator[str]:
    """Yield how a file differs; only that it comes, where it is new or the guide."""
    if before is None or name == GUIDE:
        yield f"+++ {name} ({'tệp mới' if before is None else 'bản mới'}, {len(now)} byte)"
        return
    old, new = (raw.decode("utf-8", "replace").splitlines() for raw in (before, now))
    yield from unified_diff(old, new, name, name, n=0, lineterm="")
