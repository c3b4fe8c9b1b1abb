"""Say which phrasings of the FAQ do not find their own entry, for `inv check` and `inv build`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from search_index.judge import TOP, Missed, missed
from search_index.language import data
from search_index.library import documents
from service_policy.content import Fault, Library
from service_policy.content.folder import documents_in

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
