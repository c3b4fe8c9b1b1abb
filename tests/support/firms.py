"""Other firms for tests: the sample's content without what they do not sell or publish."""

import re
import shutil
from datetime import date
from pathlib import Path

from forms_api.kinds import DECLARED
from service_policy.content.reader import read_all

LINK = re.compile(r"\[([^\]]*)\]\((/[^)#?\s]*)[^)]*\)")
PRODUCT_PLACEHOLDER = re.compile(r"\{\{ *([A-Z0-9-]+)\.(?:price|warranty) *\}\}")
URL = re.compile(r"(?:url|page): (/[^\s,}]*)")
CODES = re.compile(r"\b(related|questions|refuse_under): \[(.*?)\]")


def without(content: Path, today: date, *kinds: str) -> None:
    """Take kinds of documents away, and then every word that leads to one of them."""
    for kind in kinds:
        shutil.rmtree(content / kind)
    (content / "dia-chi.txt").write_text("", encoding="utf-8")
    (content / "ton-an-pham.yaml").unlink()
    library = read_all(content, today, declared=DECLARED)[0]
    assert library is not None
    known = {one.id for one in (*library.products, *library.faq, *library.policy.versions)}
    known |= {one.id for one in (*library.warranty, *library.pages)}

    def named(match: re.Match[str]) -> str:
        return match[0] if match[1] in known else "theo báo giá"

    def linked(match: re.Match[str]) -> str:
        return match[0] if match[2] in library.addresses else match[1]

    def codes(match: re.Match[str]) -> str:
        return f"{match[1]}: [{', '.join(one for one in match[2].split(', ') if one in known)}]"

    for file in content.rglob("*.md"):
        if file.name != "HUONG-DAN.md":
            text = PRODUCT_PLACEHOLDER.sub(named, file.read_text(encoding="utf-8"))
            file.write_text(CODES.sub(codes, LINK.sub(linked, text)), encoding="utf-8")
    for name in ("giao-dien.yaml", "cong-ty.yaml", "yeu-to-dich-vu.yaml", "khieu-nai.yaml"):
        file = content / name
        kept = [
            line
            for line in file.read_text(encoding="utf-8").split("\n")
            if not ((found := URL.search(line)) and found[1] not in library.addresses)
        ]
        file.write_text(CODES.sub(codes, "\n".join(kept)), encoding="utf-8")
    segments = content / "phan-khuc.yaml"
    text = LINK.sub(linked, segments.read_text(encoding="utf-8"))
    segments.write_text(text, encoding="utf-8")
