"""Files as people have them: odd PDFs, photos of iPhones, films, too many; at the real doors."""

import io
import threading
from typing import Any

import pillow_heif
import pytest
from flask import Flask
from PIL import Image

from forms_api.uploads import heic
from forms_api.uploads.incoming import MOST_FILES
from tests.support import pictures
from tests.support.customer import Customer
from tests.support.visitor import Seen

PDF = pictures.PDF
MB = 2**20


def send(customer: Customer, *files: tuple[str, bytes], text: str = "") -> Seen:
    page = customer.open()
    chosen: Any = list(files)
    return customer.press(page, "Gửi thông tin", **{"bo-sung-files": chosen, "text": text})


def saved(customer: Customer, page: Seen) -> list[Any]:
    forms = [one.fields for one in page.forms if one.action == "/ho-so/tep/"]
    return [customer.visitor.client.post("/ho-so/tep/", data=one) for one in forms]


def photo(width: int = 320, height: int = 200) -> bytes:
    """Return a photo as an iPhone writes it, turned, with a place in its EXIF."""
    picture = Image.effect_noise((width, height), 40).convert("RGB")
    data = picture.getexif()
    data[0x0112] = 6
    data[0x010E] = pictures.PLACE.decode("latin-1")
    file = io.BytesIO()
    pillow_heif.from_pillow(picture).save(file, quality=60, exif=data.tobytes())
    return file.getvalue()


def movie(brand: bytes) -> bytes:
    return b"\0\0\0\x20ftyp" + brand + b"\0\0\2\0isomiso2mp41" + b"\0" * 2000


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + PDF,
        b"\r\n\r\n  \n" + PDF,
        b"HTTP/1.1 200 OK\r\nX: y\r\n\r\n" + PDF,
        b"\0" * 1000 + PDF,
        PDF + b"\0" * 5000,
        PDF + b"\r\n" * 3000,
        PDF + b" \n\t\x1a" * 900,
        PDF + b"\r\n--mime-boundary--\r\n",
    ],
    ids=["bom", "blank", "head", "nul", "nul-behind", "lines-behind", "mixed-behind", "tail"],
)
def test_a_pdf_with_something_around_it_is_taken_as_it_is(customer: Customer, data: bytes) -> None:
    page = send(customer, ("hóa đơn", data))
    assert page.status == 200, page.errors
    (answer,) = saved(customer, page)
    assert answer.data == data
    assert "h%C3%B3a%20%C4%91%C6%A1n.pdf" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "data",
    [b"\n" * 1025 + PDF, PDF[:-7], PDF + b"x" * 2000],
    ids=["too far", "cut off", "strange tail"],
)
def test_what_is_no_whole_pdf_is_refused_with_the_words_kept(
    customer: Customer, data: bytes
) -> None:
    page = send(customer, ("hóa đơn.pdf", data), text="Xin xem hóa đơn.")
    assert page.status == 422
    assert "Xin xem hóa đơn." in page.html


@pytest.mark.parametrize("name", ["PHOTO.PNG", "anh", "anh.exe", "anh.PDF"])
def test_the_name_says_nothing_about_the_kind(customer: Customer, name: str) -> None:
    (answer,) = saved(customer, send(customer, (name, pictures.photo() + b"\0trailing" * 50)))
    assert answer.mimetype == "image/jpeg"
    assert b"trailing" not in answer.data


@pytest.mark.parametrize("name", ["IMG_0001.HEIC", "IMG_0002.heif", "IMG_0003.jpg"])
def test_a_photo_of_an_iphone_becomes_a_jpeg_without_its_place(
    customer: Customer, name: str
) -> None:
    data = photo()
    assert pictures.PLACE in data
    page = send(customer, (name, data))
    assert page.status == 200, page.errors
    (answer,) = saved(customer, page)
    assert answer.mimetype == "image/jpeg"
    assert pictures.PLACE not in answer.data
    assert sorted(Image.open(io.BytesIO(answer.data)).size) == [200, 320]
    assert answer.headers["Content-Disposition"].endswith(".jpg")


@pytest.mark.parametrize("cut", [20, 400, 3000])
def test_a_damaged_photo_of_an_iphone_is_refused(customer: Customer, cut: int) -> None:
    page = send(customer, ("IMG.HEIC", photo()[:cut]), text="Ảnh máy hỏng.")
    assert page.status == 422
    assert "Ảnh máy hỏng." in page.html
    assert not customer.loaded.files


def test_a_photo_with_too_many_pixels_is_not_unpacked() -> None:
    big = photo(600, 600)
    assert heic.as_jpeg(big, most_pixels=300_000, most_bytes=MB) is None
    assert heic.as_jpeg(big, most_pixels=400_000, most_bytes=MB) is not None


def test_without_the_decoder_the_way_out_is_told(
    customer: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heic, "can_convert", lambda: False)
    page = send(customer, ("IMG.HEIC", photo()))
    assert page.status == 422
    assert "Tương thích nhất" in page.html
    assert customer.portal.policy.company.email in page.errors["bo-sung-files"]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("phim.mp4", movie(b"mp42"), "là phim"),
        ("phim.MOV", movie(b"qt  "), "là phim"),
        ("phim.3gp", movie(b"3gp4"), "là phim"),
        ("phim.webm", b"\x1a\x45\xdf\xa3" + b"\0" * 500, "là phim"),
        ("phim lớn.mp4", movie(b"isom") + b"\0" * (11 * MB), "là phim"),
        ("bảng.xlsx", b"PK\x03\x04" + b"\0" * 500, "PDF"),
        ("thư.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 500, "PDF"),
        ("ảnh.gif", b"GIF89a" + b"\0" * 500, "JPEG"),
        ("ảnh.avif", b"\0\0\0\x20ftypavif" + b"\0" * 500, "JPEG"),
        ("lạ.bin", b"\x7fELF" + b"\0" * 500, "không phải ảnh"),
    ],
)
def test_what_cannot_be_taken_is_told_another_way(
    customer: Customer, name: str, data: bytes, told: str
) -> None:
    page = send(customer, (name, data), text="Xem phim máy kêu.")
    assert page.status == 422
    message = page.errors["bo-sung-files"]
    assert told in message
    company = customer.portal.policy.company
    assert company.email in message
    assert company.hotline in message
    assert "Xem phim máy kêu." in page.html
    assert not customer.loaded.files


def test_an_empty_file_is_named(customer: Customer) -> None:
    page = send(customer, ("trống.pdf", b""))
    assert "trống" in page.errors["bo-sung-files"]


# ---------------------------------------------------------------- how many


def test_the_limit_is_said_before_and_holds_over_several_messages(customer: Customer) -> None:
    assert f"Tối đa {MOST_FILES} tệp" in customer.open().html
    for number in range(2):
        files = [(f"{number}-{one}.png", pictures.PNG) for one in range(MOST_FILES // 2)]
        assert send(customer, *files).status == 200
    assert f"Hồ sơ này đã có {MOST_FILES} tệp" in customer.open().html
    page = send(customer, ("nữa.png", pictures.PNG), text="Thêm một ảnh nữa.")
    assert page.status == 422
    assert f"tối đa {MOST_FILES} tệp" in page.errors["bo-sung-files"]
    assert "Thêm một ảnh nữa." in page.html
    assert len(customer.loaded.files) == MOST_FILES
    # Words alone are always taken.
    assert send(customer, text="Không gửi được ảnh nữa.").status == 200


def test_the_sum_of_all_messages_is_bounded_too(customer: Customer) -> None:
    big = PDF[:-7] + b"%" * (9 * MB) + PDF[-7:]
    assert send(customer, ("a.pdf", big), ("b.pdf", big)).status == 200
    page = send(customer, ("c.pdf", big))
    assert page.status == 422
    assert "25 MB" in page.errors["bo-sung-files"]
    assert len(customer.loaded.files) == 2


def test_files_sent_at_once_cannot_pass_the_limit_together(
    app: Flask, customer: Customer, make_customer: Any
) -> None:
    files = [(f"{one}.png", pictures.PNG) for one in range(MOST_FILES - 1)]
    assert send(customer, *files).status == 200
    codes = {"reference": customer.reference, "code": customer.code}
    pages = []
    for _ in range(4):
        visitor = type(customer.visitor)(app.test_client())
        pages.append((visitor, visitor.press(visitor.get("/ho-so/"), "Xem hồ sơ", codes)))
    gate = threading.Barrier(4)

    def push(number: int) -> None:
        visitor, page = pages[number]
        chosen: Any = [(f"x{number}.png", pictures.PNG)]
        gate.wait(120)
        values = {"bo-sung-files": chosen, "bo-sung-text": f"Ảnh {number}"}
        visitor.press(page, "Gửi thông tin", values)

    threads = [threading.Thread(target=push, args=(one,)) for one in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(120)
    assert len(customer.loaded.files) == MOST_FILES


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cụt.pdf", PDF[: len(PDF) // 2]),
        ("cụt.png", pictures.PNG[:40]),
        ("cụt.jpg", pictures.JPEG[:80]),
    ],
)
def test_a_file_that_seems_damaged_can_go_another_way(
    customer: Customer, name: str, data: bytes
) -> None:
    seen = send(customer, (name, data), text="Xin xem tệp này.")
    assert seen.status == 422
    said = " ".join(seen.errors.values())
    assert "bị hỏng hoặc gửi chưa trọn" in said
    assert customer.portal.policy.company.email in said
    assert "Xin xem tệp này." in seen.html
