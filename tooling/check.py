"""Check the content, as `inv check` and every build do."""

from pathlib import Path

from plugins.build_date import build_date
from service_policy.content import ContentErrors, Fault, Library, read
from service_policy.content import check as find_faults
from tooling.judge import judge
from tooling.paths import CONTENT


def check(content: Path = CONTENT) -> Library:
    """Read and return the whole content.

    Raises `ContentErrors` with all faults at once.
    """
    return read(content, build_date())


def report(content: Path) -> tuple[list[Fault], int]:
    """Return every fault and warning of a content folder, and how many of them are errors."""
    if not content.is_dir():
        raise ContentErrors(
            [Fault(str(content), 1, "thư mục", "không có thư mục này", "xem lại tên", "no_folder")]
        )
    faults = find_faults(content, build_date())
    errors = sum(fault.level == "error" for fault in faults)
    if not errors:
        faults = [*faults, *judge(check(content), content)]
    return faults, errors
