"""Requests that two programs may read differently are refused at once, through a real socket."""

import socket
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.support.portal_process import PortalProcess, portal_process

SOON = 7
"""Seconds: less than the patience with slow senders, which is what such a request must not get."""

H = b"Host: localhost\r\n"
CLOSE = b"Connection: close\r\n"
POST = b"POST /api/v1/complaints HTTP/1.1\r\n" + H
JSON = b"Content-Type: application/json\r\n"
CHUNKS = POST + JSON + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PortalProcess]:
    """Run one server for all of them."""
    with portal_process(tmp_path_factory.mktemp("odd")) as process:
        yield process


def send(server: PortalProcess, data: bytes) -> tuple[int, str]:
    """Send bytes, keep the line open, and return the status and the body of the answer."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=SOON) as line:
        line.sendall(data)
        answer = b""
        with suppress(TimeoutError, ConnectionResetError):
            while piece := line.recv(65536):
                answer += piece
        head, _, body = answer.partition(b"\r\n\r\n")
        assert head, "no answer"
        return int(head.split(b" ")[1]), body.decode("utf-8", "replace")


def answer_on(line: socket.socket) -> bytes:
    """Read one whole answer, an object, from a line that stays open."""
    said = b""
    while not said.endswith(b"}\n"):
        more = line.recv(65536)
        assert more, said
        said += more
    return said


HEADS = {
    "bare line feeds": b"GET / HTTP/1.1\nHost: localhost\n\n",
    "one bare line feed in the first line": b"GET / HTTP/1.1\nHost: localhost\r\n\r\n",
    "one bare line feed in the fields": b"GET / HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n",
    "a bare line feed and nothing more": b"GET / HTTP/1.1\r\n" + H + b"X: y\n",
    "a bare carriage return": b"GET / HTTP/1.1\r\n" + H + b"X: a\rb\r\n\r\n",
    "NUL in a field": b"GET / HTTP/1.1\r\n" + H + b"X: a\x00b\r\n\r\n",
    "NUL in the address": b"GET /\x00 HTTP/1.1\r\n" + H + b"\r\n",
    "an escape character": b"GET / HTTP/1.1\r\n" + H + b"X: \x1b[2J\r\n\r\n",
    "HTTP/0.9": b"GET /\r\n",
    "HTTP/0.9 of a bare line feed": b"GET /\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/1.2": b"GET / HTTP/1.2\r\n" + H + b"\r\n",
    "TLS": bytes.fromhex("1603010200010001fc0303") + b"x" * 80,
    "a method in small letters": b"get / HTTP/1.1\r\n" + H + b"\r\n",
    "a method that is none": b"G@T / HTTP/1.1\r\n" + H + b"\r\n",
    "no method": b" / HTTP/1.1\r\n" + H + b"\r\n",
    "two spaces": b"GET  / HTTP/1.1\r\n" + H + b"\r\n",
    "the address of another server": b"GET http://evil.example/ HTTP/1.1\r\n" + H + b"\r\n",
    "our own address in full": b"GET http://localhost/ HTTP/1.1\r\n" + H + b"\r\n",
    "the address of a tunnel": b"CONNECT evil.example:443 HTTP/1.1\r\n" + H + b"\r\n",
    "an address without a slash": b"GET index.html HTTP/1.1\r\n" + H + b"\r\n",
    "a field in two lines": b"GET / HTTP/1.1\r\n" + H + b"X: a\r\n b\r\n\r\n",
    "a field in two lines, by a tab": b"GET / HTTP/1.1\r\n" + H + b"X: a\r\n\tb\r\n\r\n",
    "a space before the colon": b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
    "no Host": b"GET / HTTP/1.1\r\n" + CLOSE + b"\r\n",
    "no Host in HTTP/1.0": b"GET /ho-so/ HTTP/1.0\r\n\r\n",
    "an empty Host": b"GET / HTTP/1.1\r\nHost:\r\n" + CLOSE + b"\r\n",
    "two Hosts": b"GET / HTTP/1.1\r\n" + H + b"Host: evil.example\r\n\r\n",
    "one Host twice": b"GET / HTTP/1.1\r\n" + H + H + b"\r\n",
    "two lengths": POST + JSON + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "one length twice": POST + JSON + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
    "two lengths in one": POST + JSON + b"Content-Length: 2, 2\r\n\r\n{}",
    "a length and chunks": POST
    + JSON
    + b"Content-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "chunks and a length": POST
    + JSON
    + b"Transfer-Encoding: chunked\r\nContent-Length: 7\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "chunks in HTTP/1.0": POST.replace(b"1.1", b"1.0")
    + JSON
    + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "chunks twice": POST
    + JSON
    + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a length that is none": POST + JSON + b"Content-Length: +2\r\n\r\n{}",
    "a length below nothing": POST + JSON + b"Content-Length: -1\r\n\r\n",
    "chunks in chunks": POST
    + JSON
    + b"Transfer-Encoding: chunked, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "chunks that end in bare line feeds": CHUNKS + b"2\n{}\n0\n\n",
    "a chunk that ends in a bare line feed": CHUNKS + b"2\r\n{}\n0\r\n\r\n",
    "a bare line feed before a line end": CHUNKS + b"2\n\r\n{}\r\n0\r\n\r\n",
    "a bare line feed behind the last chunk": CHUNKS + b"2\r\n{}\r\n0\r\nX: y\n",
    "a bare carriage return between chunks": CHUNKS + b"2\r2\r\n{}\r\n0\r\n\r\n",
    "a line between chunks without end": CHUNKS + b"2;" + b"a" * 2000,
    "fields behind the last chunk without end": CHUNKS + b"0\r\n" + b"X: y\r\n" * 400,
    "a chunk of no length": POST + JSON + b"Transfer-Encoding: chunked\r\n\r\nxx\r\n{}\r\n",
    "two kinds of content": POST + JSON + JSON + b"Content-Length: 2\r\n\r\n{}",
}


@pytest.mark.parametrize("data", HEADS.values(), ids=HEADS.keys())
def test_an_ambiguous_head_is_refused_at_once(server: PortalProcess, data: bytes) -> None:
    started = time.monotonic()
    status, body = send(server, data)
    assert status == 400
    assert "Phiếu chưa được ghi nhận" in body or data.startswith(b"GET")
    assert time.monotonic() - started < SOON


@pytest.mark.parametrize("cut", [1, 15, 16, 17, 30, 33, 34, 35, 36])
def test_a_good_head_may_come_in_any_two_pieces(server: PortalProcess, cut: int) -> None:
    whole = b"\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=180) as line:
        line.sendall(whole[:cut])
        time.sleep(0.05)
        line.sendall(whole[cut:])
        assert line.recv(100).startswith(b"HTTP/1.1 200")


def test_a_good_head_may_come_byte_by_byte_and_another_one_after_it(server: PortalProcess) -> None:
    whole = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Name: Tr\xe1\xba\xa7n\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=180) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(2):
            for byte in whole:
                line.sendall(bytes([byte]))
            assert answer_on(line).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("cut", range(0, 40, 3))
def test_a_good_body_in_chunks_may_come_in_any_two_pieces(server: PortalProcess, cut: int) -> None:
    body = b"2;x=y\r\n{\n\r\n01\r\n}\r\n0\r\nX-Sum: 1\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(2):
            line.sendall(CHUNKS + body[:cut])
            time.sleep(0.05)
            line.sendall(body[cut:])
            assert answer_on(line).startswith(b"HTTP/1.1 422")


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "x" * 300, "a b", "@"])
@pytest.mark.parametrize("path", ["/", "/theme/site.css", "/ho-so/", "/khong-co/"])
def test_no_page_and_no_file_is_given_under_a_foreign_name(
    server: PortalProcess, path: str, host: str
) -> None:
    status, body = send(
        server, f"GET {path} HTTP/1.1\r\nHost: {host}\r\n".encode() + CLOSE + b"\r\n"
    )
    assert status == 400
    assert "Tên máy chủ" in body or "Không đọc được" in body


@pytest.mark.parametrize(
    "path",
    [
        "/ho-so%2F",
        "/gui%2fkhieu-nai/",
        "/..%5cportal.db",
        "/ho-so\\",
        "/%00",
        "/theme/site.css%00",
        "/a/..%2f..%2fetc/passwd",
        "/gui/%ff/",
    ],
)
def test_an_address_in_disguise_is_refused(server: PortalProcess, path: str) -> None:
    assert send(server, f"GET {path} HTTP/1.1\r\n".encode() + H + CLOSE + b"\r\n")[0] == 400


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "PUT", "DELETE", "PROPFIND", "FOO"])
@pytest.mark.parametrize("path", ["/", "/ho-so/", "/api/v1/complaints"])
def test_a_method_that_nobody_serves_is_refused_and_repeats_nothing(
    server: PortalProcess, path: str, method: str
) -> None:
    request = f"{method} {path} HTTP/1.1\r\nX-Secret: bí mật\r\nConnection: close\r\n".encode()
    status, body = send(server, request + H + b"\r\n")
    assert status in (400, 405, 501)
    assert "bí mật" not in body


def post(server: PortalProcess, path: str, kind: str, body: bytes, more: str = "") -> int:
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{more}"
    head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return send(server, head.encode() + body)[0]


CHARSETS = ["utf-7", "UTF-16", "iso-8859-1", "windows-1258", '"utf-7"', "utf-8-sig", "x"]
CHARSETS += ["utf-7; charset=utf-8", "utf-8; charset=utf-7", "utf-8; Charset*=utf-8''utf-7"]


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api/v1/complaints", "application/json"),
        ("/api/v1/questions", "application/json"),
        ("/gui/khieu-nai/", "application/x-www-form-urlencoded"),
        ("/gui/cau-hoi/xong/", "application/x-www-form-urlencoded"),
        ("/noi-bo/vao/", "application/x-www-form-urlencoded"),
        ("/ho-so/bo-sung/", "multipart/form-data; boundary=x"),
    ],
)
def test_another_charset_than_utf_8_is_not_read(
    server: PortalProcess, path: str, kind: str, charset: str
) -> None:
    body = b"{}" if "json" in kind else b"name=a"
    assert post(server, path, f"{kind}; charset={charset}", body) == 415


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "utf8"])
def test_utf_8_may_be_named(server: PortalProcess, charset: str) -> None:
    assert post(server, "/api/v1/questions", f"application/json; charset={charset}", b"{}") == 422


@pytest.mark.parametrize("charset", ["utf-7", "iso-8859-1", "utf-16", "us-ascii"])
def test_a_field_of_a_form_with_files_is_utf_8_as_well(server: PortalProcess, charset: str) -> None:
    part = (
        f'Content-Disposition: form-data; name="a"\r\nContent-Type: text/plain; charset={charset}'
    )
    body = f"--x\r\n{part}\r\n\r\nabc\r\n--x--\r\n".encode()
    assert post(server, "/ho-so/bo-sung/", "multipart/form-data; boundary=x", body) == 415


@pytest.mark.parametrize("body", ["{}".encode("utf-16"), b"\xef\xbb\xbf{}", b"\xff\xfe{}", b"\xe9"])
def test_json_in_another_charset_than_it_says_is_refused(
    server: PortalProcess, body: bytes
) -> None:
    assert post(server, "/api/v1/questions", "application/json", body) == 400


@pytest.mark.parametrize("packed", ["gzip", "br", "deflate", "identity, gzip"])
def test_a_packed_body_is_not_read(server: PortalProcess, packed: str) -> None:
    more = f"Content-Encoding: {packed}\r\n"
    assert post(server, "/api/v1/questions", "application/json", b"{}", more) == 415
