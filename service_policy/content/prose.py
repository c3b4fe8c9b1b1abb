"""Prose checks: evasive and unlawful phrases, typed numbers and hours, dealer prices, markup.

Sources: domain rules on unfair terms (Law 19/2023/QH15, articles 10, 23 to 25 and 30) and the
product's own rule that a promise is data.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from html.parser import HTMLParser
from itertools import islice
from typing import NamedTuple

from service_policy.content import dealer_prices
from service_policy.content.placeholders import PLACEHOLDER
from service_policy.content.tree import Fault, Path, Tree
from service_policy.content.visible import visible_text

MOST = 50
"""How many places of one phrase in one text are told."""


class Phrase(NamedTuple):
    """A phrase not to publish, and what to write instead."""

    pattern: re.Pattern[str]
    fix: str


def _phrase(pattern: str, fix: str) -> Phrase:
    return Phrase(re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE), fix)


UNLAWFUL = (
    _phrase(
        r"không (được )?bảo hành (khi|nếu|vì|do) (bị )?mất (phiếu|tem|thẻ|hộp)",
        "khách mất phiếu vẫn được bảo hành: viết cách tra bằng sê-ri, điện thoại, hóa đơn",
    ),
    _phrase(r"miễn (trừ )?trách nhiệm", "nêu trường hợp và bằng chứng công ty phải đưa ra"),
    _phrase(r"không hoàn tiền dưới mọi hình thức", "nêu khi nào hoàn và hoàn bao nhiêu"),
    _phrase(
        r"quyết định của (công ty|chúng tôi|\w+( \w+)?) là (quyết định )?cuối cùng",
        "nêu cách yêu cầu xem xét lại",
    ),
    _phrase(r"hàng đã mua (rồi )?(thì )?miễn đổi trả", "nêu điều kiện đổi trả có thời hạn"),
    _phrase(
        r"(có thể|được quyền) thay đổi (giá|nội dung)[^.]{0,30} (mà )?không (cần )?báo trước",
        "nêu báo trước bao lâu và bằng cách nào",
    ),
    _phrase(
        r"bằng việc truy cập[^.]{0,40} đồng ý", "im lặng không phải đồng ý: hỏi rõ từng mục đích"
    ),
)
WARRANTY_UNLAWFUL = (
    _phrase(
        r"(chi phí|phí|tiền) vận chuyển do (quý )?khách",
        "khi bảo hành, vận chuyển hai chiều do công ty chịu (Luật 19/2023/QH15, điều 30)",
    ),
)
VAGUE = (
    _phrase(r"tùy theo tình hình thực tế", "nêu rõ trường hợp và thời hạn bằng số"),
    _phrase(r"trong thời gian sớm nhất", "thay bằng thời hạn có số"),
    _phrase(r"nhanh nhất có thể", "thay bằng thời hạn có số"),
    _phrase(r"sớm nhất có thể", "thay bằng thời hạn có số"),
    _phrase(r"số lượng có hạn", "nêu số lượng"),
    _phrase(r"lỗi do người sử dụng", "nêu kết luận kèm bằng chứng công ty đưa ra"),
    _phrase(r"thượng đế", "bỏ lời hoa mỹ, nêu việc công ty làm"),
)

_UNITS = r"(giây|phút|giờ|ngày|tuần|tháng|quý|năm|đồng|đ|₫|vnđ|%|phần trăm|nghìn|ngàn|triệu|tỷ)"
BARE_NUMBER = re.compile(
    rf"(?<![\w./-])[0-9][0-9.,]{{0,30}}\s*{_UNITS}(?!\w)"
    r"|\b(một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm)\s+((giờ|ngày|phút)\s+làm\s+việc"
    r"|(nghìn|ngàn|triệu)\s+đồng)",
    re.IGNORECASE,
)

_HOUR = r"(?:[01]?[0-9]|2[0-4])"
_PART = r"(?:sáng|trưa|chiều|tối)"
_CLOCK = (
    rf"(?:{_HOUR}:[0-5][0-9]|{_HOUR}\s*[hg](?:\s*[0-5][0-9])?"
    rf"|{_HOUR}\s+giờ\s+(?:[0-5][0-9]|rưỡi|{_PART}))(?:\s+{_PART})?"
)
_SPAN = re.compile(
    rf"(?<![\w/.:-])(?:{_CLOCK}|{_HOUR}(?=\s*[–—-]\s*(?:1[3-9]|2[0-4])))"
    rf"\s*(?:[–—-]|đến|tới)\s*(?:hết\s+)?{_CLOCK}(?![\w/:])",
    re.IGNORECASE,
)
"""From one time of day to another; ``2–4 giờ`` and ``2-4h`` are how long something takes."""
_HOURS_FIX = (
    "viết {{ hours }}, {{ hours.sat }}…; giờ của việc khác thì khai trong hours.others của "
    "cong-ty.yaml rồi viết {{ hours.tên }}"
)
_AS_TYPED = ("hoi_cach_khac", "words", "north", "south", "path")
"""Fields with words of customers, and what the reader adds."""

ALLOWED_TAGS = frozenset(
    "a abbr b blockquote br code dd del dl dt em h2 h3 h4 hr i img li ol p pre"
    " s small strong sub sup table tbody td th thead tr ul".split()
)
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}, "abbr": {"title"}}
_MOST_TAGS = 300
"""Python's HTML parser takes the square of the time for tags that never end."""
_AUTOLINK = re.compile(r"<[a-z][a-z0-9+.-]{1,31}:[^\s<>]*>|<[^\s<>@/]+@[^\s<>@/]+>", re.IGNORECASE)
"""An address in angle brackets is a link, not a tag; ``cross_links`` judges it."""
_CODE = re.compile(r"^(```|~~~).*?^\1[ \t]*$|`[^`\n]*`", re.MULTILINE | re.DOTALL)


def check_phrases(
    tree: Tree, *, commitment: bool, warranty: bool, partners: tuple[str, ...] = ()
) -> list[Fault]:
    """Report unlawful phrases, vague ones without a number, and prices of dealers or partners."""
    faults = dealer_prices.dealer_fields(tree)
    for path, text in tree.strings():
        if path == ("path",):
            continue
        seen = visible_text(text)
        found = _phrases_in(seen, warranty, partners)
        for code, what, phrase, match in found:
            fault = _at(tree, path, seen, match, code, what, phrase.fix)
            mild = code == "vague_phrase" and not commitment
            faults.append(replace(fault, level="warning") if mild else fault)
        if not any(code == "dealer_price" for code, *_ in found):
            for number, row in dealer_prices.dealer_tables(seen, partners):
                message = f"có giá đại lý: “{' '.join(row.split())[:60]}”"
                fix = dealer_prices.PRICE_FIX
                faults.append(tree.fault(path, "dealer_price", message, fix, lines_down=number))
    return faults


@lru_cache(maxsize=50_000)
def _phrases_in(
    text: str, warranty: bool, partners: tuple[str, ...]
) -> tuple[tuple[str, str, Phrase, re.Match[str]], ...]:
    """Find phrases in a text; a text that stays as it is need not be searched again."""
    unlawful = UNLAWFUL + (WARRANTY_UNLAWFUL if warranty else ())
    dealer = (
        Phrase(dealer_prices.price(partners), dealer_prices.PRICE_FIX),
        Phrase(dealer_prices.DISCOUNT, dealer_prices.DISCOUNT_FIX),
    )
    vague = (
        ("vague_phrase", "câu mơ hồ", phrase, match)
        for phrase in VAGUE
        for match in islice(phrase.pattern.finditer(text), MOST)
        if not re.search(r"\d|\{\{", _sentence(text, match.start(), match.end()))
    )
    return (
        *_found(text, unlawful, "unlawful_phrase", "câu trái luật"),
        *_found(text, dealer, "dealer_price", "có giá đại lý"),
        *vague,
    )


def _found(
    text: str, phrases: Iterable[Phrase], code: str, what: str
) -> Iterator[tuple[str, str, Phrase, re.Match[str]]]:
    for phrase in phrases:
        for match in islice(phrase.pattern.finditer(text), MOST):
            yield code, what, phrase, match


def check_numbers(tree: Tree, free: Iterable[str]) -> list[Fault]:
    """Report numbers of time, money or percent typed into the prose of a commitment.

    ``free`` names the top-level fields that hold data or law and may carry numbers.
    """
    exempt = frozenset(free)
    fix = "đưa số vào targets, compensation hoặc terms rồi viết {{ tên }}"
    return [
        _at(tree, path, seen, match, "bare_number", "số viết tay trong lời hứa", fix)
        for path, seen, match in _typed(tree, BARE_NUMBER)
        if path[0] not in exempt
    ]


def typed_hours(tree: Tree) -> Iterator[Fault]:
    """Report each span of hours that was typed instead of taken from ``hours``."""
    for path, seen, match in _typed(tree, _SPAN):
        if not any(part in _AS_TYPED for part in path):
            down = seen.count("\n", 0, match.start())
            message = f"giờ viết tay: “{match.group()}”"
            yield tree.fault(path, "typed_hours", message, _HOURS_FIX, lines_down=down)


def _typed(tree: Tree, pattern: re.Pattern[str]) -> Iterator[tuple[Path, str, re.Match[str]]]:
    """Yield what was typed, and is no placeholder: path, text as it is read, and match."""
    for path, text in tree.strings():
        seen = visible_text(PLACEHOLDER.sub(lambda match: "x" * len(match.group(0)), text))
        for match in islice(pattern.finditer(seen), MOST):
            yield path, seen, match


def check_markup(tree: Tree) -> list[Fault]:
    """Report raw HTML that the sanitizer would remove, with its line."""
    faults = []
    for path, text in tree.strings():
        if path == ("path",):
            continue
        plain = _AUTOLINK.sub(_blank, _CODE.sub(_blank, text))
        if plain.count("<") > _MOST_TAGS:
            fix = "viết bằng Markdown, không dùng dấu <"
            faults.append(tree.fault(path, "unsafe_markup", "có quá nhiều dấu <", fix))
        elif "<" in plain:
            scanner = _Scanner()
            scanner.feed(plain)
            scanner.close()
            fix = "bỏ thẻ HTML, dùng Markdown"
            faults += [
                tree.fault(path, "unsafe_markup", f"không dùng {what}", fix, lines_down=line - 1)
                for line, what in scanner.refused
            ]
    return faults


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group(0))


class _Scanner(HTMLParser):
    """Collects tags, attributes and comments that are not allowed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.refused: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        if tag not in ALLOWED_TAGS:
            self.refused.append((line, f"thẻ <{tag}>"))
        for name, _ in attrs:
            if name not in _ATTRIBUTES.get(tag, ()):
                self.refused.append((line, f"thuộc tính {name}"))

    def handle_comment(self, data: str) -> None:
        self.refused.append((self.getpos()[0], "chú thích <!-- -->"))

    def handle_decl(self, decl: str) -> None:
        self.refused.append((self.getpos()[0], f"<!{decl[:20]}>"))

    def unknown_decl(self, data: str) -> None:
        self.refused.append((self.getpos()[0], f"<![{data[:20]}]>"))

    def handle_pi(self, data: str) -> None:
        self.refused.append((self.getpos()[0], f"<?{data[:20]}>"))


def _at(
    tree: Tree, path: Path, text: str, match: re.Match[str], code: str, what: str, fix: str
) -> Fault:
    line = text[: match.start()].count("\n")
    shown = " ".join(text[match.start() : match.end()].split())
    return tree.fault(path, code, f"{what}: “{shown}”", fix, lines_down=line)


def _sentence(text: str, start: int, end: int) -> str:
    begin = max(text.rfind(mark, 0, start) for mark in (". ", "! ", "? ", "\n\n")) + 1
    stops = [found for mark in (". ", "! ", "? ", "\n\n") if (found := text.find(mark, end)) >= 0]
    return text[begin : min(stops, default=len(text))]
