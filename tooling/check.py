"""Check the content, as `inv check` and every build do."""

from pathlib import Path

from forms_api.kinds import DECLARED
from plugins.build_date import build_date
from service_policy.content import ContentErrors, Fault, Library, read
from service_policy.content import check as find_faults
from tooling.judge import judge
from tooling.paths import CONTENT


def check(content: Path = CONTENT, *, drafts: bool = False) -> Library:
    """Read and return the whole content.

    Raises `ContentErrors` with all faults at once.
    """
    return read(content, build_date(), drafts=drafts, declared=DECLARED)


def report(content: Path, *, drafts: bool = False) -> tuple[list[Fault], int]:
    """Return every fault and warning of a content folder, and how many of them are errors.

    `drafts` checks drafts as well.
    """
    wrong = None
    if not content.is_dir():
        wrong = ("không có thư mục này", "xem lại tên", "no_folder")
    elif not any(content.iterdir()):
        wrong = ("thư mục trống", "chỉ đúng thư mục content", "empty")
    if wrong is not None:
        raise ContentErrors([Fault(str(content), 1, "thư mục", *wrong)])
    faults = find_faults(content, build_date(), drafts=drafts, declared=DECLARED)
    errors = sum(fault.level == "error" for fault in faults)
    if not errors:
        faults = [*faults, *judge(check(content, drafts=drafts), content)]
    return faults, errors


def annotation(fault: Fault) -> str:
    """Say a fault so that GitHub shows it at its line of the change (a workflow command).

    Whoever writes at `/quan-tri/` reads it there, beside the words that have to be put right.
    """
    level = "error" if fault.level == "error" else "warning"
    place = f"file={_property(fault.file)},line={fault.line},title={_property(fault.field)}"
    return f"::{level} {place}::{_escaped(f'{fault.message} → {fault.fix} [{fault.code}]')}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
