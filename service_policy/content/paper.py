"""What goes on paper can be printed: each letter without a shape is named with file and line."""

import unicodedata
from collections.abc import Iterator
from html import unescape

from service_policy.content.cross_references import Sources
from service_policy.content.faults import Fault
from service_policy.content.library import Library
from service_policy.content.tree import Tree
from service_policy.paper_letters import unprintable

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
