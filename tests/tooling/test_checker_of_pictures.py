"""`inv check` on pictures as cameras, phones and mail leave them: each is told what it is."""

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from tests.support.checker import check
from tests.support.pictures import JPEG, PNG, photo
from tooling.paths import CONTENT

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64)


def moving(kind: str) -> bytes:
    """Return a film of three frames."""
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "green", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:])
    return buffer.getvalue()


def large(kind: str) -> bytes:
    """Return a picture of some thousand bytes, so that a part of it can be missing."""
    picture = Image.effect_noise((300, 200), 80).convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()


PICTURES = {
    "nc-10m": ("img-0001.jpg", "IMG-0001.JPG", JPEG, "other_case", "tệp có tên IMG-0001.JPG"),
    "nc-18c": ("anh-hai.png", "Anh-Hai.png", PNG, "other_case", "tệp có tên Anh-Hai.png"),
    "nc-18t": ("anh-ba.png", "anh-ba.jpeg", JPEG, "other_kind", "anh-ba.jpeg"),
    "bt-21d": ("cut.jpg", "cut.jpg", large("JPEG")[:4000], "broken_picture", "cụt"),
    "bt-40d": ("cut.png", "cut.png", large("PNG")[:4000], "broken_picture", "cụt"),
    "nc-15c": ("cut-duoi.png", "cut-duoi.png", PNG[:-12], "broken_picture", "cụt"),
    "hm-90k": ("rong.jpg", "rong.jpg", b"", "broken_picture", "0 byte"),
    "ro-9t": ("rong.png", "rong.png", b"", "broken_picture", "0 byte"),
    "as-17": ("heic.jpg", "heic.jpg", HEIC, "wrong_picture_kind", "HEIC"),
    "cn-bt8": ("thuc-png.jpg", "thuc-png.jpg", PNG, "wrong_picture_kind", "tệp là png"),
    "cn-cr18": ("gif.png", "gif.png", moving("GIF"), "wrong_picture_kind", "GIF"),
    "qt-16": ("dong.png", "dong.png", moving("PNG"), "moving_picture", "ảnh động"),
}
"""By product: the name it writes, the file that is there, its bytes, the fault, a word of it."""

WELL = "xoay.jpg"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What one run says of a content folder with all these pictures, by file."""
    content = Path(shutil.copytree(CONTENT, tmp_path_factory.mktemp("pictures") / "content"))
    (content / "san-pham" / "hinh" / WELL).write_bytes(photo(6))
    add_picture(content / "san-pham" / "nc-18c.md", WELL)
    for product, (name, there, data, _, _) in PICTURES.items():
        (content / "san-pham" / "hinh" / there).write_bytes(data)
        add_picture(content / "san-pham" / f"{product}.md", name)
    found: dict[str, list[str]] = {}
    for line in check(content):
        found.setdefault(line.split(":")[0].removeprefix("content/"), []).append(line)
    return found


def add_picture(product: Path, name: str) -> None:
    text = product.read_text(encoding="utf-8")
    assert "\nimages:\n" in text
    entry = f"  - file: {name}\n    alt: Máy nhìn thẳng từ phía trước, trên nền trắng.\n"
    product.write_text(text.replace("\nimages:\n", f"\nimages:\n{entry}", 1), encoding="utf-8")


@pytest.mark.parametrize("product", list(PICTURES))
def test_a_picture_that_cannot_be_shown_is_told_by_what_it_is(
    told: dict[str, list[str]], product: str
) -> None:
    name, _, _, code, word = PICTURES[product]
    (line,) = told[f"san-pham/{product}.md"]
    assert line.endswith(f"[{code}]")
    assert name in line
    assert word in line
    number = int(line.split(":")[1])
    written = (CONTENT / "san-pham" / f"{product}.md").read_text(encoding="utf-8").split("\n")
    assert number == written.index("images:") + 2


def test_a_picture_that_is_well_is_not_told(told: dict[str, list[str]]) -> None:
    assert not [line for line in told["san-pham/nc-18c.md"] if WELL in line]
