"""The built site in front of the application."""

from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from forms_api.web.middleware import security_headers
from forms_api.web.publication import StaticSite
from forms_api.web.request_checks import addressed_to


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Make a small built site."""
    return build(tmp_path / "output", "một")


def build(folder: Path, word: str) -> Path:
    for name, text in {
        "index.html": word,
        "hoi-dap/index.html": f"hỏi {word}",
        "theme/fonts/f.woff2": "font",
        "theme/js/main.js": "export {};",
        "search-index/index-abc.txt": "index",
        "bang-gia/BG-1-v1.csv": "Mã",
        "bang-gia/BG-1-v1.xlsx": "workbook",
        "bang-gia/BG-1-v1.pdf": "paper",
        ".built-from": "secret",
        ".well-known/security.txt": "Contact: mailto:a@b.vn",
        ".well-known/.built-from": "secret",
    }.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def site(app: Flask, output: Path) -> Client:
    """Return a client of the site with the application behind it."""
    settings = app.extensions["portal"].settings
    return Client(StaticSite(app, output, security_headers(settings), addressed_to(settings)))


def get(site: Client, path: str) -> TestResponse:
    """Ask for a path and read the whole answer, so that its file is closed."""
    return site.get(path, buffered=True)


def test_files_are_served_and_everything_else_is_passed_on(site: Client) -> None:
    assert get(site, "/").text == "một"
    assert get(site, "/hoi-dap/").text == "hỏi một"
    assert get(site, "/hoi-dap").status_code == 302
    assert get(site, "/healthz").text == '{"status":"ok"}\n'


def test_a_missing_page_is_the_themes_own(site: Client) -> None:
    answer = get(site, "/khong-co/")
    assert answer.status_code == 404
    assert "Không tìm thấy trang này" in answer.text


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("csv", "text/csv"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("pdf", "application/pdf"),
    ],
)
def test_the_files_of_documents_say_what_they_are(site: Client, name: str, kind: str) -> None:
    answer = get(site, f"/bang-gia/BG-1-v1.{name}")
    assert (answer.status_code, answer.mimetype) == (200, kind)
    # A price sheet can be replaced under its address at any build.
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/.built-from",
        "/.well-known/.built-from",
        "/../portal.db",
        "/%2e%2e/portal.db",
        "/theme/../../portal.db",
        "//etc/passwd",
    ],
)
def test_nothing_outside_the_site_is_served(site: Client, path: str) -> None:
    assert get(site, path).status_code in (400, 404)


def test_what_others_look_for_at_a_known_place_is_there(site: Client) -> None:
    answer = get(site, "/.well-known/security.txt")
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", ""])
def test_a_file_is_not_given_under_a_foreign_name(site: Client, host: str) -> None:
    for path in ("/", "/theme/js/main.js", "/bang-gia/BG-1-v1.pdf"):
        answer = site.get(path, headers={"Host": host}, buffered=True)
        assert answer.status_code == 400, path
        assert "Tên máy chủ" in answer.text


def test_files_carry_the_security_headers(site: Client) -> None:
    answer = get(site, "/")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == 'text/html; charset="utf-8"'
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("/", "no-cache"),
        ("/theme/js/main.js", "no-cache"),
        ("/theme/fonts/f.woff2", "public, max-age=604800"),
        ("/search-index/index-abc.txt", "public, max-age=31536000, immutable"),
    ],
)
def test_caches_keep_only_what_never_changes(site: Client, path: str, caching: str) -> None:
    assert get(site, path).headers["Cache-Control"] == caching


def test_a_rebuild_is_seen_at_once(site: Client, output: Path) -> None:
    fresh = build(output.with_name("output.new"), "hai")
    (fresh / "moi").mkdir()
    (fresh / "moi/index.html").write_text("mới", encoding="utf-8")
    output.rename(output.with_name("output.old"))
    assert get(site, "/").status_code in (200, 404)
    fresh.rename(output)
    assert get(site, "/").text == "hai"
    assert get(site, "/moi/").text == "mới"


def test_without_a_site_the_application_still_answers(app: Flask, tmp_path: Path) -> None:
    site = Client(StaticSite(app, tmp_path / "nothing", {}, lambda _: True))
    assert get(site, "/healthz").status_code == 200
    assert get(site, "/").status_code == 404
    build(tmp_path / "nothing", "rồi")
    assert get(site, "/").text == "rồi"


def test_a_page_with_headers_of_its_own_gets_them_and_no_other_page_does(
    app: Flask, output: Path
) -> None:
    (output / "quan-tri").mkdir()
    (output / "quan-tri/index.html").write_text("quản trị", encoding="utf-8")
    note = '{"/quan-tri/": {"Content-Security-Policy": "default-src \'self\'"}}'
    (output / ".headers.json").write_text(note, encoding="utf-8")
    settings = app.extensions["portal"].settings
    site = Client(StaticSite(app, output, security_headers(settings), addressed_to(settings)))
    own = get(site, "/quan-tri/").headers
    assert own["Content-Security-Policy"] == "default-src 'self'"
    assert own["X-Content-Type-Options"] == "nosniff"
    assert get(site, "/").headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "quan-tri" not in get(site, "/.headers.json").text
