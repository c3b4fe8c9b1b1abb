"""The server of built files, with the site's own page for wrong addresses."""

import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

import pytest

from tests.support.site import BuiltSite
from tooling.preview import static_server


@pytest.fixture
def port(built_site: BuiltSite) -> Iterator[int]:
    with static_server("127.0.0.1", 0, built_site.output) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def get(port: int, path: str) -> tuple[HTTPResponse, str]:
    """Return the answer to a request and its text."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer, answer.read().decode()
    finally:
        connection.close()


def test_a_wrong_address_gets_the_sites_own_page(port: int) -> None:
    answer, text = get(port, "/khong-co/")
    assert answer.status == 404
    assert "Không tìm thấy" in text


def test_a_style_sheet_is_served_as_one(port: int) -> None:
    assert get(port, "/theme/css/site.css")[0].getheader("Content-Type") == "text/css"


def test_a_page_is_served_by_the_address_of_its_folder(port: int) -> None:
    answer, text = get(port, "/cam-ket/")
    assert (answer.status, answer.getheader("Cache-Control")) == (200, "no-store")
    assert "<h1" in text
