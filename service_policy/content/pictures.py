"""The checker of pictures: every file that a product names is there, safe and not too large.

Of photographs size, turn and end are read; the site's generator decodes them. Drawings are served
as they are, so what a browser could run or load from elsewhere is refused here.
"""

import hashlib
import re
import struct
from collections.abc import Callable, Container, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from service_policy.content.files import merge_conflict
from service_policy.content.folder import is_dropping, shown
from service_policy.content.picture_size import (
    MAX_PIXELS,
    Measured,
    Moving,
    Unreadable,
    jpeg_size,
    png_size,
)
from service_policy.content.tree import Fault, Tree
from service_policy.content.tree import Path as TreePath
from service_policy.pictures import PictureFile, PictureKind
from service_policy.products import PICTURE_NAME
from service_policy.text import nfc

MAX_SVG_BYTES = 100_000
MAX_PHOTO_BYTES = 12_000_000
ELEMENTS = frozenset(
    "svg g path rect circle ellipse line polyline polygon title desc defs text tspan stop"
    " linearGradient radialGradient clipPath mask".split()
)
"""What a drawing may consist of: shapes, and no script, style sheet, picture or foreign markup."""

_SVG = "{http://www.w3.org/2000/svg}"
_VIEW_BOX = re.compile(r"0 0 ([1-9]\d{0,3}) ([1-9]\d{0,3})")


class Refused(Exception):
    """Why a picture cannot be published: the fault's code, what is wrong, how to fix it."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix

    def at(self, tree: Tree, path: TreePath, name: str) -> Fault:
        """Return it as the fault of the field that names the picture."""
        return tree.fault(path, self.code, f"{name}: {self.message}", self.fix)


def read_pictures(folder: Path, trees: list[Tree]) -> tuple[tuple[PictureFile, ...], list[Fault]]:
    """Read what is known of every picture that the products name.

    Args:
        folder: the content folder.
        trees: the product files, parsed.

    Returns:
        The pictures by name, and the faults, each at the field that names the picture.
    """
    pictures: dict[str, PictureFile] = {}
    faults: list[Fault] = []
    for tree in trees:
        for path, name in _named(tree):
            if not re.fullmatch(PICTURE_NAME, name):
                continue  # The model refuses the name, and says how to call the file.
            try:
                pictures[name] = read_picture(folder / "san-pham" / "hinh" / name)
            except Refused as refused:
                faults.append(refused.at(tree, path, name))
    named = {name for tree in trees for _, name in _named(tree)}
    message = "không sản phẩm nào dùng hình này"
    fix = "thêm vào images của một sản phẩm hoặc xóa"
    faults += unused(folder, "san-pham/hinh", named, message, fix)
    return tuple(pictures[name] for name in sorted(pictures)), faults


def _named(tree: Tree) -> Iterator[tuple[TreePath, str]]:
    """Yield each picture's name and where it stands; what is not a name is refused elsewhere."""
    images: Any = tree.data.get("images")
    for index, image in enumerate(images if isinstance(images, list) else []):
        name = image.get("file") if isinstance(image, dict) else None
        if isinstance(name, str) and "/" not in name:
            yield ("images", index, "file"), name


def unused(folder: Path, place: str, named: Container[str], message: str, fix: str) -> list[Fault]:
    """Report the pictures of a folder that nobody names: they are not published."""
    return [
        Fault(shown(file, folder), 1, "tệp", message, fix, "unused_picture", "warning")
        for file in sorted((folder / place).glob("*"))
        if file.name not in named and not is_dropping(file.name)
    ]


def read_picture(file: Path) -> PictureFile:
    """Return what is known of a picture. Raises `Refused` when it cannot be published."""
    if not file.is_file():
        raise _missing(file)
    data = file.read_bytes()
    drawing = file.suffix == ".svg"
    if len(data) > (MAX_SVG_BYTES if drawing else MAX_PHOTO_BYTES):
        raise Refused("picture_too_big", "tệp quá lớn", "giảm kích thước rồi lưu lại")
    measure, kind = _KINDS[file.suffix]
    save = "mở bằng phần mềm ảnh rồi lưu lại thành PNG hoặc JPEG"
    if not data:
        raise Refused("broken_picture", "tệp rỗng, 0 byte", "chép lại tệp ảnh")
    really = next((name for sign, name in _SIGNS if data[4:].startswith(sign)), None) or next(
        (name for sign, name in _SIGNS if data.startswith(sign)), None
    )
    if not drawing and really is not None and really != kind:
        raise Refused("wrong_picture_kind", f"tệp là {really}, không phải {kind}", save)
    try:
        width, height, orientation = measure(data)
    except Moving:
        raise Refused("moving_picture", "là ảnh động", "lưu một khung thành ảnh tĩnh") from None
    except (Unreadable, struct.error):
        raise Refused("broken_picture", "không đọc được ảnh, hoặc ảnh bị cụt", save) from None
    if width * height > MAX_PIXELS:
        fix = f"thu nhỏ còn dưới {MAX_PIXELS // 1_000_000} triệu điểm ảnh"
        raise Refused("picture_too_big", f"{width}×{height} điểm ảnh là quá lớn", fix)
    digest = hashlib.sha256(data).hexdigest()
    return PictureFile(file.name, kind, width, height, digest, orientation)


_SIGNS = (
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"ftyp", "HEIC hoặc phim"),
    (b"GIF8", "GIF"),
    (b"RIFF", "WebP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"%PDF", "PDF"),
)
"""How files of other kinds begin (films and HEIC after four bytes), whatever they are called."""


def _missing(file: Path) -> Refused:
    """Say what is there instead: the same name in other letters, or of another kind."""
    wanted = nfc(file.name).casefold()
    for there in sorted(file.parent.glob("*")):
        if nfc(there.name).casefold() == wanted:
            fix = f"đổi tên tệp thành {file.name.lower()}, và viết file: {file.name.lower()}"
            return Refused("other_case", f"tệp có tên {there.name}", fix)
    for there in sorted(file.parent.glob("*")):
        if nfc(there.stem).casefold() == nfc(file.stem).casefold():
            fix = f"lưu hình thành {file.name}, hoặc viết đúng đuôi (svg, png, jpg)"
            return Refused("other_kind", f"chỉ có tệp {there.name}", fix)
    place = "san-pham/hinh" if file.parent.name == "hinh" else file.parent.name
    return Refused("no_such_file", "không có tệp này", f"đặt tệp vào {place}/")


def _drawing_size(data: bytes) -> Measured:
    """Return the width and height of a drawing that is safe to serve."""
    try:
        text = data.decode("utf-8-sig").removeprefix('<?xml version="1.0" encoding="UTF-8"?>')
        for left in merge_conflict(text, ""):
            raise Refused(left.code, left.message, left.fix)
        if "<?" in text or "<!" in text.replace("<!--", ""):
            raise _unsafe("<?…> và <!…>")
        # No document type is left, so no entity can grow or load anything.
        root = ElementTree.fromstring(text)  # noqa: S314
    except (UnicodeDecodeError, ElementTree.ParseError):
        fix = "xuất lại thành SVG đơn giản (plain SVG), mã UTF-8"
        raise Refused("broken_picture", "không phải SVG hợp lệ", fix) from None
    for element in root.iter():
        tag = str(element.tag).removeprefix(_SVG)
        if tag not in ELEMENTS:
            raise _unsafe(f"thẻ <{tag}>")
        for name, value in element.attrib.items():
            if not _is_harmless(name, value):
                raise _unsafe(f"thuộc tính {name}")
    box = _VIEW_BOX.fullmatch(root.get("viewBox", ""))
    if box is None:
        fix = 'ghi viewBox="0 0 rộng cao" bằng số nguyên'
        raise Refused("broken_picture", "thiếu viewBox", fix)
    return int(box[1]), int(box[2]), 1


_KINDS: dict[str, tuple[Callable[[bytes], Measured], PictureKind]] = {
    ".svg": (_drawing_size, "svg"),
    ".png": (png_size, "png"),
    ".jpg": (jpeg_size, "jpg"),
}


def _is_harmless(name: str, value: str) -> bool:
    local = name.rpartition("}")[2].lower()
    if local.startswith("on") or local == "style":
        return False
    if local == "href":
        return value.startswith("#")
    # A backslash would write the same letters in another way.
    return "\\" not in value and "url(" not in value.lower().replace("url(#", "")


def _unsafe(what: str) -> Refused:
    fix = "xuất lại thành SVG đơn giản, không script, không style, không tệp bên ngoài"
    return Refused("unsafe_picture", f"không dùng {what}", fix)
