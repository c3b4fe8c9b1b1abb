"""Texts that would not be shown, or not be printed, as they were meant.

What the grammar does not understand, the leftovers of Markdown of other programs, it shows as plain
text, marks and all. Such marks, and letters that our papers lack, are found here with their lines.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import chain

from markdown_it.token import Token

from service_policy.content.cross_references import Sources
from service_policy.content.grammar import MAX_NESTING, lines_of, parse
from service_policy.content.library import Library
from service_policy.content.tree import Fault, Tree
from service_policy.paper_letters import unprintable

What = tuple[int, str, str, str]
"""Lines down, code, what is wrong, how to fix it."""

_LINES = (
    (re.compile(r"#{1,6}[^\W\d_]"), "heading_mark", "dấu # không thành đầu đề",
     "viết một dấu cách sau ##, hoặc \\# nếu muốn hiện dấu #"),
    (re.compile(r"\[[ xX]\]\s+[^\s(]"), "task_list", "ô đánh dấu [ ] không hiện thành ô",
     "bỏ [ ], viết thành danh sách thường"),
    (re.compile(r"\|.*\|\s*$|\|?\s*:?-{2,}:?\s*\|[\s:|-]*$"), "broken_table",
     "bảng không thành bảng",
     "dòng hai là |---|---|, đủ số cột như dòng đầu; trước bảng để một dòng trống"),
    (re.compile(r"[•●▪◦‣∙·]\s*\w|-[^\W\d_]|[–—]\s\S"), "list_mark",
     "đầu dòng không thành danh sách",
     "bắt đầu mỗi mục bằng dấu gạch và dấu cách: “- mục”"),
    (re.compile(r"\[[^\]^][^\]]{0,199}\]:\s*\S"), "broken_reference",
     "định nghĩa liên kết không được hiểu", "viết [chữ](/duong-dan/) ngay trong câu"),
)  # fmt: skip
"""Marks at the beginning of a line of plain text."""
_FOREIGN = re.compile(
    r"\[TOC\]|!!!\s\w|\[![A-Za-z]+\]|\[\[[^\[\]\n]{1,200}\]\]|==\w[^=\n]{0,200}==|\+\+\w[^+\n]{0,200}\+\+"
    r"|\{[.#:][a-z][^}\n]{0,60}\}|:::\s?\w|:[a-z]+(?:_[a-z]+)*:(?!\w)"
)
"""Marks of other programs: contents, boxes, wiki links, markers, attributes, drawn faces."""
_NUMBERED = re.compile(r"\d{1,9}[.)]\s|[a-zđ]\)\s")
_BOLD_OR_STRUCK = re.compile(
    r"(\*\*|~~|__)(?=\S)[^\n]{1,200}?(?<=\S)\1|\[[^\[\]\n]{1,200}\]\([/#h][^)\n]{0,200}\)"
)
_NOTE = re.compile(r"[\s>]{0,20}\[\^[^\]\s]{1,60}\]:")
_FOOTNOTE = (
    "footnote",
    "chú thích cuối trang [^…] không được hiểu",
    "viết điều ấy vào câu, trong ngoặc đơn",
)
_WITHIN = (
    (re.compile(r"\[\^[^\]\s]{1,60}\]"), *_FOOTNOTE),
    (re.compile(r"\]\s?\("), "broken_link", "liên kết không thành liên kết",
     "viết liền [chữ](/duong-dan/), không có dấu cách ở giữa"),
    (re.compile(r"\]\["), "broken_link", "liên kết [chữ][số] không có chỗ dẫn đến",
     "viết [chữ](/duong-dan/) ngay trong câu"),
    (re.compile(r"\)\[\s*(/|https?:|www\.)"), "broken_link", "liên kết viết ngược",
     "viết [chữ](/duong-dan/): ngoặc vuông trước"),
    (re.compile(r"(?<![\w@/.])(https?://|www\.)\S", re.I), "bare_link",
     "địa chỉ viết trần không bấm được", "viết [chữ](https://…) hoặc <https://…>"),
    (re.compile(r"\*\*|~~"), "emphasis_mark", "dấu ** hoặc ~~ hiện nguyên ra trang",
     "viết sát chữ, đủ hai bên: **chữ đậm**, ~~chữ bỏ~~"),
)  # fmt: skip
"""Marks anywhere in plain text; code is left alone."""


MARKDOWN = frozenset({("body",), ("prices",)})
"""Fields in which Markdown is understood: the text of a page, and where a segment finds prices."""


def texts_are_shown_as_meant(_: Library, sources: Sources) -> Iterator[Fault]:
    """Every text has headings, lists, tables and links as its editor meant them."""
    for tree in sources.by_file().values():
        for path, text in tree.strings():
            if path[-1:] in MARKDOWN:
                for down, code, message, fix in misunderstood(text):
                    yield tree.fault(path, code, message, fix, lines_down=down)
            elif (mark := _BOLD_OR_STRUCK.search(text)) is not None:
                message = f"dấu “{mark.group()[:40]}” hiện nguyên ra trang"
                fix = "bỏ dấu: trường này hiện chữ thường, chỉ bài viết dùng được Markdown"
                yield tree.fault(path, "plain_field", message, fix)


def misunderstood(text: str) -> Iterator[What]:
    """Yield what a text would show otherwise than it was meant, each line and kind once."""
    tokens, lines = parse(text), text.split("\n")
    seen: set[tuple[int, str]] = set()
    found = (
        _blocks(tokens, lines),
        _nested(tokens, lines),
        _notes(tokens, lines),
        _leftovers(tokens),
    )
    for one in chain.from_iterable(found):
        if one[:2] not in seen:
            seen.add(one[:2])
            yield one


def _blocks(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[What]:
    columns = 0
    for token, line in lines_of(tokens):
        if token.type == "heading_open" and token.tag not in ("h2", "h3", "h4"):
            fix = "dùng ## cho đầu đề, ### cho đầu đề nhỏ; tên trang đã có ở title"
            yield line, "heading_level", f"không dùng đầu đề cấp {token.tag[1]} trong bài", fix
        elif token.type == "fence" and not _closed(token, lines):
            yield line, "open_fence", f"khối {token.markup} không đóng", "thêm một dòng như dòng mở"
        elif token.level >= MAX_NESTING - 2:
            yield line, "too_deep", "danh sách lồng nhau quá sâu", "viết phẳng hơn"
        elif token.type == "table_open":
            columns = _cells(lines[line])
        elif token.type == "tr_open" and _cells(lines[line]) > columns:
            fix = f"giữ {columns} ô như dòng đầu; dấu | trong chữ viết \\|"
            yield line, "lost_cells", "dòng này của bảng thừa ô, phần thừa không hiện", fix


def _closed(token: Token, lines: Sequence[str]) -> bool:
    if token.map is None:
        return True
    last = lines[token.map[1] - 1].strip(" >\t")
    return token.map[1] - token.map[0] > 1 and last == token.markup[0] * len(last) != ""


def _cells(line: str) -> int:
    """Count the cells of a row, as GitHub's tables do: an escaped bar is a letter."""
    row = re.sub(r"^[\s>]*(?:[-*+]\s+)?", "", line).rstrip()
    row = row.replace("\\|", "").removeprefix("|").removesuffix("|")
    return row.count("|") + 1


_LISTS = {"bullet_list_close": "bullet_list_open", "ordered_list_close": "ordered_list_open"}


def _nested(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[What]:
    """Yield lists that stand beside the one before, though they are indented."""
    first: dict[int, int] = {}
    for before, token in zip((None, *tokens), tokens, strict=False):
        if token.type not in _LISTS.values() or token.map is None:
            continue
        line = token.map[0]
        if (
            before is not None
            and before.type in _LISTS
            and _indent(lines[line]) > first.get(token.level, 99)
        ):
            fix = "thụt vào bằng chỗ chữ bắt đầu của mục trên (3 dấu cách dưới “1. ”)"
            yield line, "list_beside", "danh sách con không nằm trong mục trên", fix
        first[token.level] = _indent(lines[line])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _notes(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[What]:
    """Yield footnotes: ``[^1]: …`` would be taken for the address of a link."""
    code = {
        line
        for token in tokens
        if token.type in ("fence", "code_block") and token.map
        for line in range(*token.map)
    }
    for line, text in enumerate(lines):
        if line not in code and _NOTE.match(text):
            yield line, *_FOOTNOTE


def _leftovers(tokens: Sequence[Token]) -> Iterator[What]:
    for token, line in lines_of(tokens):
        if token.type == "inline":
            for down, begins, text in _plain(token):
                yield from _marks(line + down, text, first=down == 0, begins=begins)


def _marks(line: int, text: str, *, first: bool, begins: bool) -> Iterator[What]:
    if begins:
        for pattern, code, message, fix in _LINES:
            if pattern.match(text):
                yield line, code, message, fix
        if not first and _NUMBERED.match(text):
            fix = "để một dòng trống trước danh sách"
            yield line, "list_mark", "dòng có số không thành danh sách", fix
    for pattern, code, message, fix in _WITHIN:
        if pattern.search(text):
            yield line, code, message, fix
    if (mark := _FOREIGN.search(text)) is not None:
        fix = "bỏ dấu đó, viết thành câu, danh sách hoặc liên kết [chữ](/duong-dan/)"
        yield line, "foreign_mark", f"“{mark.group()[:40]}” hiện nguyên ra trang", fix


def _plain(inline: Token) -> Iterator[tuple[int, bool, str]]:
    """Yield (lines down, whether a line begins here, text) of what is shown as plain text.

    A letter that was written with a backslash stands for itself, so it says nothing here.
    """
    down, begins, text, linked = 0, True, "", 0
    for child in inline.children or ():
        if child.type in ("softbreak", "hardbreak"):
            yield down, begins, text
            down, begins, text = down + 1, True, ""
        elif child.type == "text" and not linked:
            text += child.content
        elif child.type == "text_special":
            text += " "
        else:
            linked += (child.type == "link_open") - (child.type == "link_close")
            if text:
                yield down, begins, text
            begins, text = False, ""
    yield down, begins, text


_ON_PAPER = (
    "bang-gia/",
    "bao-hanh/",
    "cam-ket/",
    "catalogue/",
    "san-pham/",
    "can-cu.yaml",
    "cong-ty.yaml",
    "phan-khuc.yaml",
)
"""Files whose words stand on price lists, catalogues, procedures, promises and quotes."""


def papers_can_be_printed(_: Library, sources: Sources) -> Iterator[Fault]:
    """Every letter of what is printed has a shape in the fonts of our papers."""
    for tree in sources.by_file().values():
        if tree.file.partition("/")[2].startswith(_ON_PAPER):
            yield from letters_have_shapes(tree)


def letters_have_shapes(tree: Tree) -> Iterator[Fault]:
    """Report the letters of a file that cannot be printed, each line once."""
    for path, text in tree.strings():
        for line, written in enumerate(text.split("\n")):
            # In a body &#9742; is ☎; in a field it is what was typed.
            said = unescape(written) if path == ("body",) else written
            letters = dict.fromkeys(letter for _, letter in unprintable(said))
            if letters:
                message = f"bản in không có chữ {', '.join(map(_called, letters))}"
                fix = "viết bằng chữ khác, ví dụ Điện thoại thay cho ☎"
                yield tree.fault(path, "unprintable", message, fix, lines_down=line)


def _called(letter: str) -> str:
    name = unicodedata.name(letter, f"U+{ord(letter):04X}").lower()
    return f"“{letter}” ({name})"
