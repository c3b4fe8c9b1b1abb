"""Requests that no honest browser sends are refused before anything reads them."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.support.portal_process import SECRET
from tests.web.conftest import MakeApp

FORM = "application/x-www-form-urlencoded"
COMPLAINTS = "/gui/khieu-nai/"


def status_of(client: FlaskClient, **changes: str | None) -> int:
    """Send a request as no client would make it: the WSGI environment with some changes."""
    environ = EnvironBuilder("/ho-so/").get_environ()
    for name, value in changes.items():
        if value is None:
            del environ[name]
        else:
            environ[name] = value
    _, status, _ = run_wsgi_app(client.application, environ)
    return int(status.split()[0])


@pytest.mark.parametrize(
    "body",
    [
        b"name=%ff",
        b"name=\xff\xfe",
        b"name=A%00B",
        b"name=A\x00B",
        b"%ff=a",
        b"name=a&name=b",
        b"name=a&n%61me=b",
        b"&".join(b"f%d=1" % number for number in range(61)),
    ],
)
def test_a_form_that_two_programs_could_read_differently_is_refused(
    client: FlaskClient, body: bytes
) -> None:
    answer = client.post(COMPLAINTS, data=body, content_type=FORM)
    assert answer.status_code == 400
    assert "Phiếu chưa được ghi nhận" in answer.text


@pytest.mark.parametrize(
    "disposition",
    [
        "form-data",
        'form-data; name=""',
        "form-data; name",
        'form-data; name="a',
        'form-data; filename="a.png"',
        "form-data; name*x=a",
        "form-data" + "; a=b" * 50_000,
    ],
)
def test_a_form_with_files_whose_field_has_no_name_is_refused(
    client: FlaskClient, disposition: str
) -> None:
    body = f"--x\r\nContent-Disposition: {disposition}\r\n\r\nabc\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    answer = client.post("/ho-so/bo-sung/", data=body.encode(), content_type=kind)
    assert answer.status_code == 400
    assert "không có tên trường" in answer.text


@pytest.mark.parametrize("query", ["q=%ff", "q=a%00", "q=a&q=b", "q=" + "x" * 5000])
@pytest.mark.parametrize("path", ["/tim-kiem/", "/api/v1/search", "/ho-so/"])
def test_a_broken_query_is_refused(client: FlaskClient, path: str, query: str) -> None:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 400
    assert "Phiếu chưa được ghi nhận" not in answer.text


@pytest.mark.parametrize("path", ["/gui/\xff/", "/gui/\x00/"])
def test_a_broken_path_is_refused(client: FlaskClient, path: str) -> None:
    assert status_of(client, PATH_INFO=path) == 400


def test_a_form_that_is_too_large_is_refused(client: FlaskClient) -> None:
    answer = client.post(COMPLAINTS, data=b"name=" + b"x" * 800_000, content_type=FORM)
    assert answer.status_code == 413
    assert "Phiếu chưa được ghi nhận" in answer.text
    assert "Nội dung quá dài" in answer.text


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data"])
def test_a_page_takes_plain_forms_only(client: FlaskClient, kind: str) -> None:
    assert client.post(COMPLAINTS, data=b"{}", content_type=kind).status_code == 415


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "",
        "a b",
        "[::1",
        "localhost@evil.example",
        "evil.example@localhost",
        "localhost/evil.example",
        "localhost?evil.example",
        "localhost#evil.example",
        "localhost:80:evil.example",
        "localhost, localhost",
        "localhost\\evil.example",
        "x" * 300,
    ],
)
def test_a_foreign_host_is_refused(client: FlaskClient, host: str) -> None:
    assert status_of(client, HTTP_HOST=host) == 400


def test_a_missing_host_is_refused(client: FlaskClient) -> None:
    assert status_of(client, HTTP_HOST=None) == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "192.168.1.7:8000"])
def test_our_own_names_and_plain_addresses_are_taken(client: FlaskClient, host: str) -> None:
    assert client.get("/ho-so/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("named", "asked"),
    [
        ("Cam-Ket.example", "cam-ket.EXAMPLE"),
        ("cam-ket.example:8443", "cam-ket.example:8443"),
        ("cam-ket.example", "cam-ket.example."),
        ("fd00::7", "[fd00::7]:8000"),
    ],
)
def test_a_trusted_host_is_known_however_it_is_written(
    make_app: MakeApp, sqlite_url: str, named: str, asked: str
) -> None:
    environ = {"PORTAL_ENV": "production", "PORTAL_SMTP_URL": "none"}
    environ |= {"PORTAL_SECRET_KEY": SECRET, "PORTAL_TRUSTED_HOSTS": named}
    client = make_app(sqlite_url, **environ).test_client()
    assert client.get("/ho-so/", headers={"Host": asked}).status_code == 200
    assert client.get("/ho-so/", headers={"Host": "fd00"}).status_code == 400
