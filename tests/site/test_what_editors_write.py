"""Markdown, letters and pictures as editors really leave them, in a site built from them."""

import io
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from tests.support.html import Element
from tests.support.pdf import text_of
from tests.support.pictures import chunk, exif
from tests.support.site import BUILD_EPOCH, SITE_URL, BuiltSite
from tooling.build import build
from tooling.paths import CONTENT

RED, BLUE = (200, 30, 30), (20, 40, 200)
FAQ = "/hoi-dap/mat-phieu-bao-hanh/"
PROSE = r"""

Ngay trên danh sách:
- mục một
  - mục con
- mục hai
3. mục ba

Ngay trên bảng:
| Cột A | Cột B |
|---|---:|
| ~~cũ~~ **mới** | `E\|1` |

Gãy bằng hai dấu cách{SPACES}
chỗ này, bằng gạch chéo\
chỗ kia, &lt;b&gt; &amp; &quot;c&quot; và H<sub>2</sub>O.

5. năm
6. sáu

```
  <i>nguyên văn</i> ~~x~~
```

> trích
""".replace("{SPACES}", "  ")
PAPER = """

Giá ~~590.001 đồng~~ 490.001 đồng. Mã NC\u2011A “ngoặc cong” ‘đơn’ A → B, 5\u202fkg, so\u00adft.

7. bảy
"""


def halves(mode: str, left: object, right: object) -> Image.Image:
    """Return a picture of 800 × 600 whose halves differ."""
    image = Image.new(mode, (800, 600), left)  # type: ignore[arg-type]
    image.paste(right, (400, 0, 800, 600))  # type: ignore[arg-type]
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def camera(orientation: int) -> bytes:
    notes = Image.Exif()
    notes[0x0112] = orientation
    return saved(halves("RGB", RED, BLUE), "JPEG", exif=notes, quality=95)


def turned_png(orientation: int) -> bytes:
    plain = saved(halves("RGB", RED, BLUE), "PNG")
    return plain[:33] + chunk(b"eXIf", exif(orientation)) + plain[33:]


def inks() -> bytes:
    return saved(halves("CMYK", (0, 255, 255, 0), (255, 255, 0, 0)), "JPEG", quality=95)


PICTURES: dict[str, tuple[bytes, tuple[int, int], str, tuple[int, ...], tuple[int, ...]]] = {
    "dung.jpg": (camera(6), (600, 800), "top", RED, BLUE),
    "nguoc.jpg": (camera(3), (800, 600), "left", BLUE, RED),
    "lat.jpg": (camera(2), (800, 600), "left", BLUE, RED),
    "dung-png.png": (turned_png(6), (600, 800), "top", RED, BLUE),
    "nam-png.png": (turned_png(8), (600, 800), "top", BLUE, RED),
    "xam.png": (
        saved(halves("I;16", 16_448, 49_344), "PNG"), (800, 600), "left", (64,) * 3, (192,) * 3,
    ),
    "muc.jpg": (inks(), (800, 600), "left", (255, 0, 0), (0, 0, 255)),
}  # fmt: skip
"""By name: bytes, size as shown, where the first half is, colours of the halves."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Build a site from content with all of this in it."""
    folder = tmp_path_factory.mktemp("written")
    content = Path(shutil.copytree(CONTENT, folder / "content"))
    for name, text in (("hoi-dap/bh-01.md", PROSE), ("bao-hanh/mat-phieu.md", PAPER)):
        with (content / name).open("a", encoding="utf-8") as out:
            out.write(text)
    product = content / "san-pham" / "bt-40d.md"
    entries = "".join(f"  - file: {name}\n    alt: Hình thử {name}.\n" for name in PICTURES)
    text = product.read_text(encoding="utf-8")
    text = text.replace("\nimages:\n", f"\nimages:\n{entries}", 1)
    product.write_text(text.replace("- Mép lỗ cách", "- Mép\u2011lỗ “cách”", 1), encoding="utf-8")
    for name, (data, *_) in PICTURES.items():
        (content / "san-pham" / "hinh" / name).write_bytes(data)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SOURCE_DATE_EPOCH", BUILD_EPOCH)
        environment.setenv("PORTAL_SITE_URL", SITE_URL)
        return BuiltSite(build(folder / "output", content).output, content)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Ngay trên danh sách:</p> <ul> <li>mục một <ul> <li>mục con</li> </ul> </li>",
        '<li>mục hai</li> </ul> <ol start="3"> <li>mục ba</li> </ol>',
        "<p>Ngay trên bảng:</p> <div",
        '<th scope="col">Cột A</th>',
        "<td><s>cũ</s> <strong>mới</strong></td>",
        "<code>E|1</code></td>",
        "Gãy bằng hai dấu cách<br> chỗ này, bằng gạch chéo<br> chỗ kia,",
        '&lt;b&gt; &amp; "c" và H<sub>2</sub>O.',
        '<ol start="5"> <li>năm</li> <li>sáu</li> </ol>',
        "<pre><code> &lt;i&gt;nguyên văn&lt;/i&gt; ~~x~~ </code></pre>",
        "<blockquote> <p>trích</p> </blockquote>",
    ],
)  # fmt: skip
def test_markdown_is_shown_as_it_is_meant(written: BuiltSite, html: str) -> None:
    page = re.sub(r"\s+", " ", written.text(f"{FAQ.strip('/')}/index.html"))
    assert html in page


def test_a_column_of_numbers_stands_to_the_right(written: BuiltSite) -> None:
    page = written.pages[FAQ]
    (head,) = [one for one in page.all("th") if one.text == "Cột B"]
    (cell,) = [one for one in page.all("td") if one.text == "E|1"]
    assert (head.get("class"), cell.get("class")) == ("number", "number")


def test_a_struck_word_is_no_answer_for_search_engines(written: BuiltSite) -> None:
    data = re.findall(r'"text": ?"([^"]*)', written.text(f"{FAQ.strip('/')}/index.html"))
    (answer,) = [one for one in data if "Ngay trên bảng" in one]
    assert "cũ" not in answer.partition("Ngay trên bảng")[2]
    assert "mới" in answer


def paper_of(site: BuiltSite, document: str) -> str:
    files = sorted(site.output.rglob(f"{document}-v*.pdf"))
    assert files, sorted(file.name for file in site.output.rglob("*.pdf"))
    return text_of(files[-1].read_bytes())


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("BHP-02", "Mã NC-A “ngoặc cong” ‘đơn’ A -> B, 5\u00a0kg, soft."),
        ("BHP-02", "7. bảy"),
        ("BHP-02", "590.001 đồng 490.001 đồng"),
        ("CT-BEP", "Mép-lỗ “cách”"),
    ],
)
def test_letters_from_word_are_printed_in_letters_of_the_paper(
    written: BuiltSite, document: str, said: str
) -> None:
    assert " ".join(said.split()) in paper_of(written, document)


def pictures_of(site: BuiltSite, name: str) -> tuple[Element, list[str]]:
    """Return the picture on the product's page and every address that it is offered at."""
    page, stem = site.pages["/san-pham/bt-40d/"], name.partition(".")[0]
    (shown,) = [one for one in page.all("img") if one.get("alt") == f"Hình thử {name}."]
    offered = [
        part.split()[0]
        for one in (*page.all("source"), shown)
        for part in one.get("srcset").split(",")
        if f"/{stem}-" in part
    ]
    return shown, [shown.get("src"), *offered]


@pytest.mark.parametrize("name", list(PICTURES))
def test_a_picture_keeps_its_shape_its_turn_and_its_colours(written: BuiltSite, name: str) -> None:
    _, (width, height), side, first, second = PICTURES[name]
    shown, offered = pictures_of(written, name)
    told = int(shown.get("width")), int(shown.get("height"))
    assert abs(told[0] * height - told[1] * width) < max(width, height)
    assert {address.rpartition(".")[2] for address in offered} == {
        "avif", "webp", name.rpartition(".")[2],
    }  # fmt: skip
    for address in offered:
        with Image.open(written.output / address.lstrip("/")) as opened:
            image = opened.convert("RGB")
            assert opened.getexif().get(0x0112, 1) == 1
        if address == shown.get("src"):
            assert image.size == told
        wide, high = image.size
        assert abs(wide * height - high * width) < max(width, height)
        places = {
            "top": ((wide // 2, high // 8), (wide // 2, high * 7 // 8)),
            "left": ((wide // 8, high // 2), (wide * 7 // 8, high // 2)),
        }[side]
        for place, colour in zip(places, (first, second), strict=True):
            pixel = image.getpixel(place)
            assert isinstance(pixel, tuple)
            assert all(abs(a - b) < 30 for a, b in zip(pixel, colour, strict=True)), address
