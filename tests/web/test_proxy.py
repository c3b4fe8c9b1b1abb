"""Who is asking, when web servers stand in between: the walk through the header."""

from ipaddress import ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_api.web.middleware import FromTrusted, read_address

TRUSTED = tuple(ip_network(one) for one in ("127.0.0.1", "10.0.0.0/8", "fd00::/8"))


def seen(
    peer: str, forwarded: str = "", proto: str = "", trusted: Any = TRUSTED
) -> tuple[str, str]:
    """Return the address and the scheme that the application sees."""
    environ = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http"}
    if forwarded:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    if proto:
        environ["HTTP_X_FORWARDED_PROTO"] = proto
    found: list[dict[str, str]] = []

    def application(environ: Any, _: Any) -> list[bytes]:
        found.append(environ)
        return []

    FromTrusted(application, trusted)(environ, lambda *_: lambda _: None)  # type: ignore[arg-type]
    return found[0]["REMOTE_ADDR"], found[0]["wsgi.url_scheme"]


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7, 10.0.0.5", "203.0.113.7"),
        ("127.0.0.1", "1.1.1.1, 203.0.113.7, 10.0.0.5, 10.9.9.9", "203.0.113.7"),
        ("127.0.0.1", "1.1.1.1,203.0.113.7", "203.0.113.7"),
        ("10.0.0.5", "203.0.113.7:51234", "203.0.113.7"),
        ("fd00::7", "[2001:db8::9]:443", "2001:db8::9"),
        ("fd00::7", "2001:db8::9", "2001:db8::9"),
        ("::ffff:10.0.0.5", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.5", "::ffff:203.0.113.7", "203.0.113.7"),
        ("", "203.0.113.7", "203.0.113.7"),
        # All of them are ours: the first one is the best that is known.
        ("127.0.0.1", "10.0.0.4, 10.0.0.5", "10.0.0.4"),
        # What is no address ends the walk where it is.
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.7, <script>, 10.0.0.5", "10.0.0.5"),
        ("127.0.0.1", "203.0.113.7, ", "127.0.0.1"),
        ("127.0.0.1", ", ".join(["203.0.113.7"] + ["10.0.0.5"] * 5000), "10.0.0.5"),
        ("127.0.0.1", "203.0.113.7" * 9000, "127.0.0.1"),
        # A stranger may say what he likes.
        ("198.51.100.9", "203.0.113.7", "198.51.100.9"),
        ("198.51.100.9", "127.0.0.1", "198.51.100.9"),
        ("127.0.0.2", "203.0.113.7", "127.0.0.2"),
        ("nonsense", "203.0.113.7", "nonsense"),
    ],
)
def test_the_caller_is_the_last_address_that_nobody_trusted_has(
    peer: str, forwarded: str, client: str
) -> None:
    assert seen(peer, forwarded)[0] == client


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.0.0.9", "::1", "", "::ffff:127.0.0.1"])
def test_unless_told_a_server_on_this_machine_is_believed_about_its_own_caller(peer: str) -> None:
    assert seen(peer, "1.1.1.1, 203.0.113.7", trusted=())[0] == "203.0.113.7"
    assert seen(peer, "1.1.1.1, 127.0.1.5", trusted=())[0] == "127.0.1.5"
    assert seen("192.168.0.9", "203.0.113.7", trusted=())[0] == "192.168.0.9"


@pytest.mark.parametrize(
    ("peer", "proto", "scheme"),
    [
        ("127.0.0.1", "https", "https"),
        ("127.0.0.1", "HTTPS", "https"),
        ("127.0.0.1", "http, https", "https"),
        ("127.0.0.1", "gopher", "http"),
        ("127.0.0.1", "https://", "http"),
        ("198.51.100.9", "https", "http"),
    ],
)
def test_the_scheme_is_believed_of_a_trusted_server_only(
    peer: str, proto: str, scheme: str
) -> None:
    assert seen(peer, "203.0.113.7", proto)[1] == scheme


@given(st.text(max_size=200), st.ip_addresses(v=4, network="203.0.113.0/24"))
def test_whatever_the_caller_wrote_before_changes_nothing(forged: str, real: object) -> None:
    assert seen("127.0.0.1", f"{forged}, {real}, 10.0.0.5")[0] == str(real)


@given(st.text(max_size=60))
def test_reading_an_address_never_fails(text: str) -> None:
    found = read_address(text)
    assert found is None or str(found)
