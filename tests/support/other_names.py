"""Other names for all that the sample company calls by an id of its own, consistently."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import yaml

TEXTS = (".md", ".yaml", ".json", ".txt")
_COMMITMENT = re.compile(r"\b(CK|ck)-(\d\d)\b")
_TERMS = re.compile(r"(?<=^terms:\n)(?:  .*\n)+", re.MULTILINE)
_TERM = re.compile(r"^  (\w+)(?=:)", re.MULTILINE)


def departments(content: Path) -> list[str]:
    """Return the ids of the company's departments."""
    company = yaml.safe_load((content / "cong-ty.yaml").read_text("utf-8"))
    return [one["id"] for one in company["departments"]]


def categories(content: Path) -> list[str]:
    """Return the codes of its kinds of complaint."""
    found = yaml.safe_load((content / "khieu-nai.yaml").read_text("utf-8"))
    return [one["id"] for one in found["categories"]]


def commitments(content: Path) -> list[str]:
    """Return the numbers of its commitments."""
    texts = ((file.read_text("utf-8")) for file in (content / "cam-ket").glob("*.md"))
    return sorted({re.findall(r"^id: (\S+)", text, re.MULTILINE)[0] for text in texts})


def terms(content: Path) -> list[str]:
    """Return the names of the terms and of the special cases of its commitments."""
    found: set[str] = set()
    for file in (content / "cam-ket").glob("*.md"):
        for block in _TERMS.findall(file.read_text("utf-8")):
            found |= set(_TERM.findall(block))
    return sorted(found)


def conditions(content: Path) -> list[str]:
    """Return the names of the special cases that targets are for."""
    texts = (file.read_text("utf-8") for file in (content / "cam-ket").glob("*.md"))
    return sorted({one for text in texts for one in re.findall(r"\bcondition: (\w+)", text)})


def other_number(found: re.Match[str]) -> str:
    """Return the new number of a commitment: CK-53 for CK-03."""
    return f"{found[1]}-{int(found[2]) + 50}"


def other_words(content: Path) -> dict[str, str]:
    """Return the new id of each department and the new code of each category, by the old one."""
    codes = categories(content)
    turned = dict(zip(codes, (f"{chr(65 + at)}Q" for at in range(len(codes))), strict=True))
    return turned | {one: f"{one}-khac" for one in departments(content)}


def said(text: str, words: Mapping[str, str]) -> str:
    """Say a JSON text with the new names."""
    quoted = re.compile("|".join(f'"{re.escape(one)}"' for one in words))
    text = quoted.sub(lambda found: f'"{words[found[0][1:-1]]}"', text)
    return _COMMITMENT.sub(other_number, text)


def rename(content: Path) -> dict[str, str]:
    """Give everything another name in a copy of the content; return ``other_words`` of it."""
    words = other_words(content)
    ids = re.compile(rf"(?<![\w@-])({'|'.join(departments(content))})(?![\w@-])")
    named = {"cong-ty.yaml", "khieu-nai.yaml"}
    codes = re.compile(rf"(?<=[\[ ])({'|'.join(categories(content))})(?=[\],])")
    numbers = terms(content)
    special = conditions(content)
    for file in sorted(content.rglob("*")):
        if file.suffix not in TEXTS or file.name == "HUONG-DAN.md":
            continue
        text = _COMMITMENT.sub(other_number, file.read_text("utf-8"))
        text = _other_terms(text, numbers, special)
        if file.name in named:
            text = _in_lines(text, ids, words, r"id: |department: |serves: |negotiate: ")
        if file.parent.name in ("cam-ket", "ket-qua"):
            text = _in_lines(text, ids, words, r'"?department"?: ')
        if file.name == "khieu-nai.yaml" or file.parent.name == "cam-ket":
            text = _in_lines(text, codes, words, r"\{id: [A-Z]|categories: ")
        file.write_text(text, "utf-8")
    return words


def _other_terms(text: str, numbers: list[str], special: list[str]) -> str:
    text = _TERMS.sub(lambda block: _TERM.sub(r"  \1_khac", block[0]), text)
    text = re.sub(rf"\bterm\.({'|'.join(numbers)})\b", r"term.\1_khac", text)
    text = re.sub(rf"\bterm: ({'|'.join(numbers)})\b", r"term: \1_khac", text)
    names = "|".join(special)
    text = re.sub(rf"\bcondition: ({names})\b", r"condition: \1_khac", text)
    return re.sub(rf"(\btarget\.\w+)\.({names})\b", r"\1.\2_khac", text)


def _in_lines(text: str, pattern: re.Pattern[str], words: Mapping[str, str], where: str) -> str:
    """Replace whole words, in lines that hold one of the fields ``where``."""
    replaced: Callable[[re.Match[str]], str] = lambda found: words[found[1]]  # noqa: E731
    lines = text.splitlines(keepends=True)
    chosen = re.compile(where)
    return "".join(pattern.sub(replaced, one) if chosen.search(one) else one for one in lines)
