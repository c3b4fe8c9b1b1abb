"""What comes with a form: every limit is said in words, and names are made safe."""

from io import BytesIO

import pytest

from forms_api.errors import ValidationFailed
from forms_api.uploads.incoming import LARGEST_FILE, LARGEST_TOGETHER, Given, receive
from tests.support import pictures


def given(*files: tuple[str, bytes]) -> list[Given]:
    return [Given(name, BytesIO(data)) for name, data in files]


def faults(*files: tuple[str, bytes]) -> list[str]:
    with pytest.raises(ValidationFailed) as failure:
        receive(given(*files), "photos")
    assert {one.field for one in failure.value.errors} == {"photos"}
    return [one.message for one in failure.value.errors]


def pdf(size: int) -> bytes:
    return b"%PDF-1.4\n" + bytes(size - 15) + b"%%EOF\n"


def test_files_are_named_by_their_bytes_and_a_random_id() -> None:
    one, two = receive(given(("a.jpg", pictures.photo()), ("a.jpg", pictures.photo())))
    assert one.id != two.id
    assert one.fact == two.fact
    assert one.fact.size == len(one.data)
    assert one.fact.media_type == "image/jpeg"


def test_nothing_is_nothing() -> None:
    assert receive([]) == ()


def test_every_bad_file_is_named_at_once() -> None:
    said = faults(
        ("hóa đơn.jpg", pictures.EXE), ("ảnh.heic", b"\0\0\0\x18ftypheic"),
        ("trống.pdf", b""), ("tốt.png", pictures.PNG), ("cụt.jpg", pictures.JPEG[:50]),
    )  # fmt: skip
    assert [one.split("”")[0] for one in said] == [
        "“hóa đơn.jpg", "“ảnh.heic", "“trống.pdf", "“cụt.jpg",
    ]  # fmt: skip
    assert "trống" in said[2]
    assert "bị hỏng" in said[3]


def test_the_largest_file_is_taken_and_one_byte_more_is_not() -> None:
    assert receive(given(("a.pdf", pdf(LARGEST_FILE))))
    assert "10 MB" in faults(("a.pdf", pdf(LARGEST_FILE + 1)))[0]


def test_ten_files_are_taken_and_eleven_are_not() -> None:
    assert len(receive(given(*[("a.png", pictures.PNG)] * 10))) == 10
    assert "Có 11 tệp" in faults(*[("a.png", pictures.PNG)] * 11)[0]


def test_all_together_have_a_limit() -> None:
    third = LARGEST_TOGETHER // 3
    assert "25 MB" in faults(*[("a.pdf", pdf(third + 1))] * 3)[0]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd.png"),
        ("C:\\Users\\Lan\\ảnh nhà.PNG", "ảnh nhà.png"),
        ("anh.png\0.exe", "anh.png.exe.png"),
        ("photo.jpg.exe", "photo.jpg.exe.png"),
        ("\u202egpj.exe", "gpj.exe.png"),
        ("a\r\nSet-Cookie: x=1.png", "aSet-Cookie x=1.png"),
        ('"><script>alert(1)</script>.png', "script.png"),
        ("..", "tep.png"),
        (".png", "png.png"),
        ("a\u0309nh.png", "ảnh.png"),
        ("x" * 500 + ".png", "x" * 80 + ".png"),
        ("a" + "\u0301\u0323" * 400 + "nh.png", "\u1ea1\u0323\u0323\u0323\u0323nh.png"),
        ("  nhiều   khoảng  trắng .png", "nhiều khoảng trắng.png"),
    ],
)
def test_a_name_is_made_safe(sent, shown) -> None:
    (file,) = receive(given((sent, pictures.PNG)))
    assert file.name == shown
