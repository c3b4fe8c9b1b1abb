"""The gate against hidden conditions: what binds a customer is read on the page itself.

A condition that stands in a linked file only, or behind a word that nobody defined, is not agreed
to (Law 19/2023/QH15, articles 23 to 25; Law 122/2025/QH15, article 16).
"""

import re
from collections.abc import Iterator

from service_policy.content.cross_references import Sources
from service_policy.content.library import Library
from service_policy.content.tree import Fault, Tree
from service_policy.content.visible import visible_text

_CONDITIONS = (
    "điều kiện",
    "điều khoản",
    "quy định",
    "thể lệ",
    "ngoại lệ",
    "loại trừ",
    "không áp dụng",
)
_CONDITION = rf"({'|'.join(_CONDITIONS)})".replace(" ", r"\s+")
_FILE = r"(tệp|file|tài\s+liệu|văn\s+bản|phụ\s+lục|bản)\s+(đính\s+kèm|kèm\s+theo|pdf|word)"
_ELSEWHERE = re.compile(
    rf"{_CONDITION}[^.!?\n]{{0,60}}(xem|theo|tại|trong|ở|nêu|ghi)\s+[^.!?\n]{{0,30}}{_FILE}"
    rf"|(xem|theo)\s+{_FILE}[^.!?\n]{{0,60}}{_CONDITION}",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r"[^.!?\n]*\]\([^)\s]+\.(?:pdf|docx?|xlsx?|odt|zip)(?:[?#][^)\s]*)?\)[^.!?\n]*", re.IGNORECASE
)

WATCHED = (
    "bất khả kháng",
    "chi phí hợp lý",
    "giờ hành chính",
    "giờ làm việc",
    "hao mòn tự nhiên",
    "khách hàng thân thiết",
    "khu vực xa",
    "ngày làm việc",
    "nguyên vẹn",
    "nội thành",
    "phí phát sinh",
    "sử dụng sai",
    "theo thỏa thuận",
    "vật tư tiêu hao",
)
"""Words that companies hide conditions behind: each needs an entry in ``thuat-ngu.yaml``."""
_NOT_SHOWN = ("path", "hoi_cach_khac", "staff_guide")


def check_conditions(tree: Tree) -> list[Fault]:
    """Report every condition that a reader would have to look for in a file."""
    faults = []
    for path, text in tree.strings():
        seen = visible_text(text)
        if path == ("path",) or not _mentions(seen, _CONDITIONS):
            continue
        found = [(match, seen) for match in _ELSEWHERE.finditer(seen)]
        # What is left of a link on the page is its words, so links are looked for in the source.
        linked = ((match, text) for match in _LINKED.finditer(text))
        found += [one for one in linked if _mentions(visible_text(one[0].group()), _CONDITIONS)]
        for match, within in found:
            shown = " ".join(match.group().split())[:60]
            faults.append(
                tree.fault(
                    path,
                    "hidden_condition",
                    f"điều kiện chỉ nằm trong tệp: “{shown}”",
                    "viết điều kiện ra ngay tại đây; tệp chỉ để in lại",
                    lines_down=within[: match.start()].count("\n"),
                )
            )
    return faults


def terms_are_defined(library: Library, sources: Sources) -> Iterator[Fault]:
    """Report the first place in each document where a watched word has no meaning yet."""
    undefined = [words for words in WATCHED if not library.terms.defines(words)]
    for tree in sources.documents.values():
        told: set[str] = set()
        for path, text in tree.strings():
            if path[0] in _NOT_SHOWN:
                continue
            flat = _flat(seen := visible_text(text))
            for words in [one for one in undefined if one not in told and one in flat]:
                told.add(words)
                yield tree.fault(
                    path,
                    "undefined_term",
                    f"“{words}” chưa được định nghĩa",
                    "thêm vào thuat-ngu.yaml, hoặc viết thẳng điều kiện ra",
                    lines_down=seen[: flat.index(words)].count("\n"),
                )


def _mentions(text: str, words: tuple[str, ...]) -> bool:
    flat = _flat(text)
    return any(one in flat for one in words)


def _flat(text: str) -> str:
    """Return the text in small letters on one line, each character where it was."""
    return text.lower().replace("\n", " ")
