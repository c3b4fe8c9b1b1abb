"""Files that are not taken, by their first bytes, and what their sender can do instead."""

from forms_api.uploads import heic

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


def said_of(data: bytes, name: str, elsewhere: str) -> str:
    """Say why a file is not taken and what to do; ``elsewhere`` is where else to send it."""
    return _sentence(data).format(name=name, elsewhere=elsewhere)


def _sentence(data: bytes) -> str:
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
