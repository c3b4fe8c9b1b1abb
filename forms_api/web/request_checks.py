"""Refuse requests that no honest browser sends, before anything reads them.

Werkzeug keeps invalid UTF-8 as text, accepts NUL, and of two fields with one name lets the first
win, so that two programs may read two different things from one request. Here such a request
ends with 400, an overlong one with 413.
"""

import re
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

from flask import Flask, Request, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser, MultiPartParser
from werkzeug.http import parse_options_header

from forms_api.settings import Settings
from forms_api.web.files import LARGEST_REQUEST, MOST_PARTS, TOO_LARGE, takes_files
from forms_api.web.problems import Refused, problem

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

LARGEST_BODY = 128 * 1024
"""Bytes that a program may send."""

MOST_FIELDS = 60
LONGEST_QUERY = 4096
LARGEST_TYPED = 768 * 1024
"""Bytes that a form of a page may have: what is too long is said at its field, the text kept."""
API = "/api/"
_FORM = "application/x-www-form-urlencoded"
_FORM_WITH_FILES = "multipart/form-data"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[^\s/?#@\\:,\[\]]+)(?::[0-9]{0,5})?")
_UTF8 = ("utf-8", "utf8")
_HIDDEN = re.compile("%(?:00|2f|5c)", re.IGNORECASE)
"""NUL, slash and backslash in disguise; no address of ours needs one."""

TOO_LONG = (
    "Chữ trong biểu mẫu dài quá mức máy đọc được nên chưa được ghi. Quay lại trang trước: chữ đã "
    "gõ còn ở đó. Hãy viết ngắn lại rồi gửi lần nữa."
)
"""Said to people of a form beyond ``LARGEST_TYPED``; nobody types as much by hand."""
WRONG_CHARSET = "Trang này chỉ nhận chữ mã UTF-8, không nén. Yêu cầu ghi một cách viết khác."


class _StrictParts(MultiPartParser):
    """Reads a form with files whose fields are UTF-8, as every field of ours is."""

    def get_part_charset(self, headers: Headers) -> str:
        """Return UTF-8; raise ``Refused`` (415) where a field names another one."""
        if not _is_utf8(parse_options_header(headers.get("content-type"))[1].get("charset")):
            raise Refused(problem(415, WRONG_CHARSET))
        return "utf-8"


class _StrictForms(FormDataParser):
    """Reads forms; werkzeug has no setting for the reader of the parts."""

    def _parse_multipart(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str],
    ) -> tuple[IO[bytes], Any, Any]:
        boundary = options.get("boundary", "").encode("ascii")
        if not boundary:
            raise ValueError("Missing boundary")
        parts = _StrictParts(
            stream_factory=self.stream_factory,
            max_form_memory_size=self.max_form_memory_size,
            max_form_parts=self.max_form_parts,
            cls=self.cls,
        )
        form, files = parts.parse(stream, boundary, content_length)
        return stream, form, files


class StrictRequest(Request):
    """A request whose forms are read strictly."""

    form_data_parser_class = _StrictForms


def install(app: Flask, settings: Settings) -> None:
    """Look at every request first; must be installed before anything else that does."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.request_class = StrictRequest
    is_ours = addressed_to(settings)

    @app.before_request
    def look() -> None:
        if not is_ours(request.environ):
            raise Refused(problem(400, "Tên máy chủ trong yêu cầu không phải của trang này."))
        _check_target(request.environ)
        _check_encoding(request.headers.get("Content-Encoding"), request.mimetype_params)
        if request.headers.get("Content-Type", "").lower().count("charset") > 1:
            raise Refused(problem(415, WRONG_CHARSET))  # Programs differ about which one counts.
        _check_text(request.environ.get("PATH_INFO", "").encode("latin-1"), "đường dẫn")
        query = request.environ.get("QUERY_STRING", "").encode("latin-1")
        if len(query) > LONGEST_QUERY:
            raise Refused(problem(400, "Đường dẫn quá dài."))
        _check_fields(query)
        of_a_program = request.path.startswith(API)
        if not of_a_program:
            request.max_content_length = request.max_form_memory_size = LARGEST_TYPED
        if request.mimetype == _FORM:
            _check_fields(_body())
        elif request.mimetype == _FORM_WITH_FILES and takes_files(request.endpoint):
            _check_parts()
        elif request.method == "POST" and not of_a_program:
            text = "Trang này chỉ nhận biểu mẫu thường (application/x-www-form-urlencoded)."
            raise Refused(problem(415, text))


def refuse_other_sites(request: Request) -> None:
    """Refuse a post that another site's page makes a browser send; programs say neither and pass.

    The API takes no cookies, so such a post could not act for anybody; but it could fill the desk
    with complaints from the address of a visitor who knows nothing of it.

    Raises:
        Refused: 403.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    fetched_from = request.headers.get("Sec-Fetch-Site")
    if fetched_from is not None:
        ours = fetched_from in ("same-origin", "none")
    else:
        origin = request.headers.get("Origin")
        ours = origin is None or urlsplit(origin).netloc == request.host
    if not ours:
        raise Refused(problem(403))


def addressed_to(settings: Settings) -> "Callable[[WSGIEnvironment], bool]":
    """Return what says whether a request is for a host of ours.

    In development any numeric address will do, so that a phone in the same network can look at
    the pages; attacks that rebind a name need a name.
    """
    public = urlsplit(settings.site_url).hostname or ""
    named = (host if _is_address(host) else _host_name(host) for host in settings.trusted_hosts)
    allowed = {*_LOOPBACK, public, *named} - {""}

    def is_ours(environ: "WSGIEnvironment") -> bool:
        name = _host_name(environ.get("HTTP_HOST") or "")
        return name in allowed or (not settings.production and _is_address(name))

    return is_ours


def _host_name(host: str) -> str:
    """Return the name or address in a ``Host`` field; nothing for what is not one of the two."""
    found = _HOST.fullmatch(host)
    return found["name"].strip("[]").rstrip(".").lower() if found else ""


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _check_target(environ: "WSGIEnvironment") -> None:
    """Refuse an address that a web server in front may read as another one than we do."""
    raw = str(environ.get("REQUEST_URI") or environ.get("RAW_URI") or "/")
    path = raw.partition("?")[0]
    if not path.startswith("/") or "\\" in path or _HIDDEN.search(path):
        raise Refused(problem(400, "Địa chỉ viết theo cách mà mỗi máy hiểu một khác."))


def _check_encoding(packed: str | None, parameters: Mapping[str, str]) -> None:
    """Refuse a body in any other form than plain UTF-8, before anybody misreads it."""
    if (packed or "identity").lower() != "identity" or not _is_utf8(parameters.get("charset")):
        raise Refused(problem(415, WRONG_CHARSET))


def _is_utf8(charset: str | None) -> bool:
    return charset is None or charset.strip().lower() in _UTF8


def _check_fields(encoded: bytes) -> None:
    """Check the fields of a query or a form: readable, not too many, each of them once."""
    if not encoded:
        return
    pairs = encoded.split(b"&")
    if len(pairs) > MOST_FIELDS:
        raise Refused(problem(400, "Có quá nhiều trường trong yêu cầu."))
    seen: set[bytes] = set()
    for pair in pairs:
        name, _, value = pair.replace(b"+", b" ").partition(b"=")
        decoded = unquote_to_bytes(name)
        _check_text(decoded, "tên trường")
        _check_text(unquote_to_bytes(value), "nội dung")
        if decoded in seen:
            raise Refused(problem(400, "Có trường được gửi hai lần trong một yêu cầu."))
        seen.add(decoded)


def _body() -> bytes:
    try:
        return request.get_data(cache=True)
    except RequestEntityTooLarge:
        raise Refused(problem(413, "" if request.path.startswith(API) else TOO_LONG)) from None


def _check_parts() -> None:
    """Read a form with files, whose limits are wider; its fields must be as sound as any other's.

    What is no UTF-8 was replaced while reading, and the sign for that gives it away.
    """
    request.max_content_length = LARGEST_REQUEST
    request.max_form_parts = MOST_PARTS
    try:
        fields = list(request.form.lists())
    except RequestEntityTooLarge:
        raise Refused(problem(413, TOO_LARGE)) from None
    if not all((*request.form, *request.files)):
        raise Refused(problem(400, "Có phần của biểu mẫu không có tên trường."))
    for name, values in fields:
        _check_text(name.encode("utf-8", "surrogatepass"), "tên trường")
        for value in values:
            _check_text(value.encode("utf-8", "surrogatepass"), "nội dung")
        if len(values) > 1:
            raise Refused(problem(400, "Có trường được gửi hai lần trong một yêu cầu."))
        if "\ufffd" in name + values[0]:
            raise Refused(problem(400, "Phần nội dung không phải chữ UTF-8."))


def _check_text(raw: bytes, where: str) -> None:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(problem(400, f"Phần {where} không phải chữ UTF-8.")) from None
    if "\x00" in text:
        raise Refused(problem(400, f"Phần {where} có ký tự NUL."))
