"""Thirty customers behind a real nginx are thirty callers, whatever they say of themselves."""

import http.client
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from tests.support.nginx import NAME, Nginx, Secure, nginx_before
from tests.support.portal_process import SECRET, PortalProcess, portal_process

CLIENTS = [f"127.0.1.{number}" for number in range(1, 31)]
ALLOWED = 20
_numbers = count(1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PortalProcess]:
    """Run a production server that trusts the nginx of this machine."""
    given = {"ENV": "production", "SECRET_KEY": SECRET, "SITE_URL": f"https://{NAME}"}
    folder = tmp_path_factory.mktemp("behind")
    with portal_process(folder, SMTP_URL="none", **given) as process:
        yield process


@pytest.fixture(scope="module")
def nginx(server: PortalProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """Run nginx before it."""
    with nginx_before(tmp_path_factory.mktemp("nginx"), server.port) as running:
        yield running


def ask(
    nginx: Nginx, client: str, method: str, path: str, **headers: str
) -> tuple[int, http.client.HTTPMessage, str]:
    with closing(Secure(nginx, client)) as connection:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": NAME, **given})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()


def statuses(nginx: Nginx, client: str, number: int, **headers: str) -> Counter[int]:
    """Post so many requests that are counted before anybody reads them."""
    found: Counter[int] = Counter()
    with closing(Secure(nginx, client)) as connection:
        for _ in range(number):
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            if headers.get("X_Forwarded_For") == "another":
                given["X-Forwarded-For"] = f"203.0.113.{next(_numbers) % 250}"
            json = {"Host": NAME, "Content-Type": "application/json"}
            connection.request("POST", "/api/v1/complaints", b"{}", {**json, **given})
            answer = connection.getresponse()
            answer.read()
            found[answer.status] += 1
    return found


def test_each_of_thirty_clients_has_its_own_count(nginx: Nginx) -> None:
    for client in CLIENTS:
        found = statuses(nginx, client, ALLOWED)
        assert found == {422: ALLOWED}, client
    # Nobody was counted for somebody else, and everybody was counted.
    for client in (CLIENTS[0], CLIENTS[7], CLIENTS[-1]):
        assert statuses(nginx, client, 1) == {429: 1}, client


@pytest.mark.parametrize(
    ("client", "headers"),
    [
        ("127.0.2.1", {"X_Forwarded_For": "another"}),
        ("127.0.2.2", {"X_Forwarded_For": "203.0.113.1, 127.0.0.1"}),
        ("127.0.2.3", {"Forwarded": "for=203.0.113.9"}),
        ("127.0.2.4", {"X_Real_IP": "203.0.113.9"}),
    ],
)
def test_what_a_client_says_of_itself_counts_for_nothing(
    nginx: Nginx, client: str, headers: dict[str, str]
) -> None:
    assert statuses(nginx, client, ALLOWED + 5, **headers) == {422: ALLOWED, 429: 5}


def test_plain_http_is_led_to_https(nginx: Nginx) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", nginx.plain_port, timeout=180)) as plain:
        plain.request("GET", "/ho-so/?a=1", headers={"Host": NAME})
        answer = plain.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/ho-so/?a=1")


@pytest.mark.parametrize("path", ["/", "/ho-so/", "/theme/site.css", "/khong-co/", "/readyz"])
def test_every_answer_insists_on_https_for_this_name_alone(nginx: Nginx, path: str) -> None:
    _, headers, _ = ask(nginx, "127.0.3.1", "GET", path)
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert len(headers.get_all("Content-Security-Policy", [])) == 1


def test_a_session_over_https_has_a_secure_cookie(nginx: Nginx) -> None:
    status, headers, _ = ask(nginx, "127.0.3.1", "GET", "/ho-so/")
    assert status == 200
    assert headers["Set-Cookie"].startswith("__Host-portal=")
    assert "Secure" in headers["Set-Cookie"]


@pytest.mark.parametrize("path", ["/ho-so/", "/gui/khieu-nai/", "/noi-bo/vao/"])
def test_pages_with_secrets_are_not_packed(nginx: Nginx, path: str) -> None:
    _, headers, _ = ask(nginx, "127.0.3.1", "GET", path, Accept_Encoding="gzip")
    assert headers["Content-Encoding"] is None


def test_metrics_are_for_the_machine_itself(nginx: Nginx) -> None:
    assert ask(nginx, "127.0.3.1", "GET", "/metrics")[0] == 404


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1"])
def test_another_name_gets_nothing(nginx: Nginx, host: str) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", nginx.plain_port, timeout=180)) as plain:
        plain.request("GET", "/", headers={"Host": host})
        with pytest.raises(http.client.RemoteDisconnected):
            plain.getresponse()


def test_the_server_alone_believes_a_neighbour_and_counts_each_caller_it_names(
    server: PortalProcess,
) -> None:
    """What a server on this machine says in front of it; here we are that server."""

    def status(forwarded: str) -> int:
        with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=180)) as plain:
            headers = {"Host": NAME, "X-Forwarded-For": forwarded}
            plain.request("POST", "/api/v1/complaints", b"{}", headers)
            return plain.getresponse().status

    assert [status(f"198.51.100.{number}") for number in range(30)] == [415] * 30
    # Only the last address is the neighbour's word; the first one is the caller's own.
    said = [status(f"192.0.2.{number}, 198.51.100.200") for number in range(ALLOWED + 1)]
    assert said == [415] * ALLOWED + [429]


def test_headers_of_nobody_trusted_change_nothing(tmp_path: Path) -> None:
    with portal_process(tmp_path, RATELIMIT="on", TRUSTED_PROXIES="10.0.0.7") as server:
        found: Counter[int] = Counter()
        for number in range(ALLOWED + 5):
            with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=180)) as one:
                one.request(
                    "POST",
                    "/api/v1/complaints",
                    b"{}",
                    {"X-Forwarded-For": f"203.0.113.{number}", "Content-Type": "application/json"},
                )
                found[one.getresponse().status] += 1
    assert found == {422: ALLOWED, 429: 5}
