"""Files over HTTP: which forms may bring them, how they are read, how they are handed out."""

from collections.abc import Iterable
from urllib.parse import quote

from flask import Response
from werkzeug.datastructures import FileStorage

from forms_api.uploads.incoming import Given
from forms_api.uploads.shown import ShownFile

LARGEST_REQUEST = 64 * 1024 * 1024
"""Bytes. More than may be kept, so that a form with too many photos is answered by a page that
still has the text, and not by a broken connection."""

MOST_PARTS = 120
PATHS = ("/ho-so/", "/noi-bo/ho-so/", "/noi-bo/tien/")
"""Where the addresses of all forms with files begin; the embedded server is patient there."""

TOO_LARGE = (
    "Các tệp gửi cùng lúc quá lớn, hoặc phần chữ quá dài, nên nội dung vừa gửi chưa được ghi. Quay "
    "lại trang trước, chọn ít tệp hơn hoặc viết ngắn lại rồi gửi làm nhiều lần."
)
CHOOSE_AGAIN = "Chưa có tệp nào được ghi. Hãy chọn lại các tệp rồi gửi lần nữa."
"""A browser forgets the chosen files when a page comes back with a fault elsewhere."""

_POLICY = "sandbox; default-src 'none'"
"""A file is data: even shown by itself it may load, run and send nothing."""
_SHOWN_POLICY = f"{_POLICY}; style-src 'unsafe-inline'"
"""A browser puts a page with a style of its own around a picture; nothing else has any."""


def takes_files(endpoint: str | None) -> bool:
    """Say whether a view takes forms with files: actions of customer and staff, statements."""
    name = endpoint or ""
    return name in ("cases.do", "staff.import_statement") or name.startswith("staff.act_")


def given(sent: Iterable[FileStorage]) -> tuple[Given, ...]:
    """Return what came in a file field; one that was left empty comes as a file without a name."""
    return tuple(Given(one.filename, one.stream) for one in sent if one.filename)


def answer(file: ShownFile, data: bytes, *, show: bool = False) -> Response:
    """Hand out a file, to be saved; with ``show`` a picture may be looked at in the browser."""
    response = Response(data, content_type=file.media_type)
    shown = show and file.is_picture
    way = "inline" if shown else "attachment"
    response.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(file.name, safe='')}"
    response.headers["Content-Security-Policy"] = _SHOWN_POLICY if shown else _POLICY
    return response
