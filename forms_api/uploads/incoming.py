"""Taking files that were sent: judged by their bytes, cleaned, safely named; all faults at once.

What is not taken is known by its first bytes, and its sender is told what to do instead.
"""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import IO

from forms_api.errors import FieldError, ValidationFailed
from forms_api.inputs.characters import composed
from forms_api.uploads import heic
from forms_api.uploads.kinds import Kind, cleaned, cleaned_by_head
from forms_api.uploads.picture import Unreadable
from service_policy.cases.core.facts import FileFact
from service_policy.company import Company

MOST_FILES = 10
LARGEST_FILE = 10 * 1024 * 1024
LARGEST_TOGETHER = 25 * 1024 * 1024
"""Bytes of all files of one message, and of all that the customer adds to one case."""

LIMITS = (
    f"Ảnh JPEG, PNG, WebP, HEIC hoặc tệp PDF. Tối đa {MOST_FILES} tệp, mỗi tệp "
    f"{LARGEST_FILE // 2**20} MB, tất cả {LARGEST_TOGETHER // 2**20} MB, tính cả hồ sơ. "
    "Nơi chụp và thông tin máy ảnh trong ảnh được xóa trước khi lưu."
)
"""What customers read before they choose files: their share of the whole case."""

ELSEWHERE = "gửi qua email của công ty, ghi mã phiếu trong thư"
"""Where else to send a file, while nobody says which company it is."""

_VIDEO = "{name} là phim, chưa nhận được ở đây. Gửi vài ảnh chụp từ phim; cả phim thì {elsewhere}."
_HEIC = (
    "{name} là ảnh HEIC, máy này chưa đọc được. Trên iPhone: Cài đặt, Camera, Định dạng, chọn "
    "“Tương thích nhất” rồi chụp lại; hoặc mở ảnh, chụp màn hình rồi gửi ảnh đó; hoặc {elsewhere}."
)
_OFFICE = (
    "{name} là tệp văn phòng hoặc tệp nén, không nhận vì có thể chứa mã độc. Lưu thành PDF rồi "
    "gửi lại; hoặc {elsewhere}."
)
_OTHER_PICTURE = (
    "{name} là loại ảnh chưa nhận được. Mở ảnh, chụp màn hình hoặc lưu thành JPEG rồi gửi lại; "
    "hoặc {elsewhere}."
)
_UNKNOWN = (
    "{name} không phải ảnh JPEG, PNG, WebP hay tệp PDF nên chưa nhận được. Chụp ảnh hoặc "
    "lưu thành PDF rồi gửi lại; hoặc {elsewhere}."
)
_PICTURE_BRANDS = (b"avif", b"avis")
_PICTURES = (b"GIF87a", b"GIF89a", b"BM", b"II*\0", b"MM\0*")
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_MOVIES = (b"\x1a\x45\xdf\xa3", b"FLV\x01", b"\x00\x00\x01\xba", b"\x30\x26\xb2\x75", b"\x47\x40")
_QUICKTIME = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")

_LONGEST_NAME = 80
_LONGEST_SENT = 1000
"""Characters of a name that are looked at, from its end, where the kind of a file stands."""
_SIGNS = re.compile(r'[<>:"/\\|?*]')


@dataclass(frozen=True)
class Given:
    """A file as it was sent: the name that the sender's machine gave, and its bytes to read."""

    name: str
    stream: IO[bytes] = field(repr=False)


@dataclass(frozen=True)
class Incoming:
    """A file that is taken: its new id, its name for people, what the event says, the bytes.

    ``readable`` says whether the customer may see it; a customer's own file always is.
    """

    id: str
    name: str = field(repr=False)
    fact: FileFact
    data: bytes = field(repr=False)
    readable: bool = True


def megabytes(size: int) -> str:
    """Write a number of bytes as people read it: ``2,5 MB``."""
    return f"{size / 2**20:.1f} MB".replace(".", ",")


def elsewhere(company: Company) -> str:
    """Say where else to send a file that cannot be taken here."""
    return f"gửi qua {company.email}, ghi mã phiếu trong thư, hoặc gọi {company.hotline}"


def receive(
    given: Iterable[Given], name: str = "files", other_way: str = ELSEWHERE
) -> tuple[Incoming, ...]:
    """Take files; ``other_way`` says where else to send what cannot be taken.

    Raises:
        ValidationFailed: with every fault, all about the field ``name``.
    """
    sent = [(one, _size(one.stream)) for one in given]
    faults = _too_much([size for _, size in sent])
    taken: list[Incoming] = []
    for one, size in sent if not faults else ():
        found = _take(one, size, other_way)
        if isinstance(found, str):
            faults.append(found)
        else:
            taken.append(found)
    if faults:
        raise ValidationFailed([FieldError(name, fault) for fault in faults])
    return tuple(taken)


def _too_much(sizes: Sequence[int]) -> list[str]:
    if len(sizes) > MOST_FILES:
        return [f"Có {len(sizes)} tệp; mỗi lần gửi tối đa {MOST_FILES} tệp. Gửi làm nhiều lần."]
    if sum(sizes) > LARGEST_TOGETHER:
        most = LARGEST_TOGETHER // 2**20
        return [f"Các tệp cộng lại quá {most} MB. Gửi bớt, phần còn lại gửi lần sau."]
    return []


def _take(one: Given, size: int, other_way: str) -> Incoming | str:
    """Take one file, or say what is wrong with it."""
    called = f"“{_plain(one.name) or 'Tệp'}”"
    if size == 0:
        return f"{called} trống, không có nội dung. Chọn lại tệp."
    if size > LARGEST_FILE:
        return _too_large(one, called, other_way)
    try:
        data = one.stream.read(LARGEST_FILE)
        found = cleaned(data)
    except Unreadable:
        broken = f"{called} bị hỏng hoặc gửi chưa trọn. Mở thử tệp trên máy rồi chọn lại"
        return f"{broken}; vẫn không được thì {other_way}."
    if found is None:
        return _sentence(data).format(name=called, elsewhere=other_way)
    kind, data = found
    fact = FileFact(
        sha256=hashlib.sha256(data).hexdigest(), size=len(data), media_type=kind.media_type
    )
    return Incoming(secrets.token_hex(16), shown_name(one.name, kind), fact, data)


def _too_large(one: Given, called: str, other_way: str) -> str:
    """Say what to do with a file that is too large; a film is told that it is one."""
    head = one.stream.read(64)
    most = LARGEST_FILE // 2**20
    if cleaned_by_head(head):
        return f"{called} lớn hơn {most} MB. Gửi tệp nhỏ hơn, hoặc {other_way}."
    return _sentence(head).format(name=called, elsewhere=other_way)


def shown_name(name: str, kind: Kind) -> str:
    """Return a name that is safe to show and to save, with the ending of what the file really is.

    A PDF that came as ``C:\\anh\\hóa đơn.exe`` is called ``hóa đơn.exe.pdf``.
    """
    stem = _plain(name)
    for suffix in kind.suffixes:
        if stem.lower().endswith(suffix):
            return f"{stem[: -len(suffix)][:_LONGEST_NAME].strip(' .') or 'tep'}{suffix}"
    return f"{stem[:_LONGEST_NAME].strip(' .') or 'tep'}{kind.suffixes[0]}"


def _plain(name: str) -> str:
    """Drop folders, signs that file systems dislike, and marks nobody can see."""
    last = re.split(r"[/\\]", name[-_LONGEST_SENT:])[-1]
    visible = "".join(
        " " if one.isspace() else one for one in last if unicodedata.category(one)[0] != "C"
    )
    return composed(" ".join(_SIGNS.sub("", visible).split())).strip(" .")


def _size(stream: IO[bytes]) -> int:
    size = stream.seek(0, 2)
    stream.seek(0)
    return size


def _sentence(data: bytes) -> str:
    """Say why a file is not taken and what to do, or where else to send it."""
    if heic.is_heic(data):
        return _HEIC
    if data[4:8] == b"ftyp":
        return _OTHER_PICTURE if data[8:12] in _PICTURE_BRANDS else _VIDEO
    avi = data[:4] == b"RIFF" and data[8:12] == b"AVI "
    if avi or data.startswith(_MOVIES) or data[4:8] in _QUICKTIME:
        return _VIDEO
    if data.startswith(_PACKED):
        return _OFFICE
    return _OTHER_PICTURE if data.startswith(_PICTURES) else _UNKNOWN
