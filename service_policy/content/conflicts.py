"""What a version control system leaves in a file when two people changed the same lines."""

import re

from service_policy.content.faults import Fault

_MARKER = re.compile(r"^(?:<{7,}|>{7,}|\|{7,})(?: .*)?$", re.MULTILINE)
"""The begin, the end and, in one style of git, the common origin of a conflict."""
_MIDDLE = re.compile(r"^={7}$", re.MULTILINE)
_UNDERLINE = re.compile(r"(?<=\S)\n={7}$", re.MULTILINE)


def merge_conflict(text: str, name: str) -> list[Fault]:
    """Return one fault when a file still holds marks of a merge, at the first of them.

    A line of seven ``=`` alone is the underline of a heading in Markdown, and a leftover anywhere
    else.
    """
    marks = list(_MARKER.finditer(text))
    if not marks and _MIDDLE.search(text):
        body = text if not name.endswith(".md") else _UNDERLINE.sub("\n", text)
        marks = list(_MIDDLE.finditer(body))
    if not marks:
        return []
    line = text.count("\n", 0, marks[0].start()) + 1
    shown = marks[0].group()[:40]
    return [
        Fault(
            name,
            line,
            "tệp",
            f"còn dấu của lần hợp nhất git chưa xong: “{shown}”",
            "chọn phần đúng giữa hai bên, rồi xóa mọi dòng <<<<<<<, |||||||, =======, >>>>>>>",
            "merge_conflict",
        )
    ]
