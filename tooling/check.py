"""Check the content, as `inv check` and every build do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from forms_api.kinds import DECLARED
from plugins.build_date import build_date
from search_index.judge import TOP, Missed, missed
from search_index.language import data
from search_index.library import documents
from service_policy.content import ContentErrors, Fault, Library, read
from service_policy.content import check as find_faults
from service_policy.content.folder import documents_in
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


_KIND: Final = "hoi-dap"
_FIX: Final = (
    "thêm vào câu hỏi chữ mà khách dùng, hoặc bỏ cách hỏi này nếu câu hỏi kia trả lời đúng hơn"
)


def judge(library: Library, content: Path) -> Iterator[Fault]:
    """Yield a warning for each other phrasing that does not find its entry in the first three."""
    for miss in missed(list(documents(library, library.today)), data(library.synonyms), _KIND):
        file, line = _place(content, miss)
        found = ", ".join(identity.removeprefix(f"{_KIND}:") for identity in miss.found)
        message = f"“{miss.phrase}” không tìm thấy câu này trong {TOP} kết quả đầu, mà thấy {found}"
        yield Fault(file, line, "hoi_cach_khac", message, _FIX, "search_misses", "warning")


def _place(content: Path, miss: Missed) -> tuple[str, int]:
    """Return the file and line where a phrasing is written."""
    identity = miss.id.removeprefix(f"{_KIND}:")
    for path in documents_in(content, _KIND):
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        if f"id: {identity}" in lines:
            at = (number for number, line in enumerate(lines, 1) if miss.phrase in line)
            return path.relative_to(content).as_posix(), next(at, 1)
    return _KIND, 1
