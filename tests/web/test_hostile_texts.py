"""As much of any one character as a door takes costs nobody else a second of waiting."""

import contextlib
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forms_api import inputs
from forms_api.inputs import BadInput
from tests.support.forms import COMPLAINT, DOCUMENTS, QUESTION
from tests.support.hostile import CHARACTERS, DOOR, SLOWEST, Door, doors, flood, share, storm
from tests.support.visitor import Seen, Visitor

READERS = (
    inputs.line,
    inputs.paragraphs,
    inputs.full_name,
    inputs.phone,
    inputs.email,
    inputs.invoice_series,
    inputs.invoice_number,
    inputs.tax_code,
    inputs.vnd,
    inputs.count,
    inputs.day,
    inputs.hour,
    inputs.code,
    inputs.page_address,
)
NO_ADDRESS = ("/noi-bo/", "/api/")
QUERIES = ("q", "kind", "tu", "trang", "ma", "v", "phien-ban", "co-ich")
HEADERS = ("Idempotency-Key", "Authorization", "Accept-Language", "If-None-Match", "Range")
MORE_HEADERS = ("Origin", "Referer", "X-Forwarded-For", "User-Agent", "Sec-Fetch-Site")


def seconds(read: Any, text: str) -> float:
    began = time.thread_time()
    with contextlib.suppress(BadInput):
        read(text)
    return time.thread_time() - began


@pytest.mark.parametrize("reader", READERS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("size", [DOOR, 16_000, 1_000, 200])
def test_no_reader_is_slow_on_any_character(reader: Any, size: int) -> None:
    slow = {
        name: taken
        for name, pattern in CHARACTERS.items()
        for end in ("x", "1", "")
        # The best of three: another process may take the processor's caches away.
        if (taken := min(seconds(reader, pattern * (size // len(pattern)) + end) for _ in "123"))
        > 0.05
    }
    assert not slow


def test_a_hundred_and_twenty_thousand_spaces_and_a_letter_are_refused_at_once(
    visitor: Visitor,
) -> None:
    page = visitor.get("/gui/khieu-nai/")
    text = " " * 120_000 + "x"
    began = time.thread_time()
    seen = visitor.press(page, "Xem lại trước khi gửi", {**COMPLAINT, "description": text})
    assert time.thread_time() - began < SLOWEST
    assert seen.status == 422
    assert "đang có 120.001" in seen.errors["description"]
    kept = next(one for one in seen.forms if one.action == "/gui/khieu-nai/").fields
    assert kept["description"] == text


def every_page(visitor: Visitor, app: Flask) -> Iterator[Seen]:
    """Visit every page that has an address, and the way of a case to its page."""
    for rule in app.url_map.iter_rules():
        public = not rule.arguments and not rule.rule.startswith(NO_ADDRESS)
        seen = visitor.get(rule.rule) if public and "GET" in (rule.methods or ()) else None
        if seen and seen.status == 200 and "html" in seen.response.content_type:
            yield seen
    begun = [
        ("/gui/khieu-nai/", COMPLAINT, "Gửi khiếu nại"),
        ("/gui/cau-hoi/", QUESTION, "Gửi câu hỏi"),
        ("/gui/tai-lieu/", DOCUMENTS, "Gửi yêu cầu"),
    ]
    for url, typed, send in begun:
        check = visitor.press(visitor.get(url), "Xem lại trước khi gửi", typed)
        yield check
        receipt = visitor.press(check, send)
        yield receipt
        yield visitor.press(receipt, "Xem hồ sơ")


def test_no_form_of_the_public_side_is_slow_or_falls_on_any_character(
    app: Flask, visitor: Visitor
) -> None:
    found = doors(*every_page(visitor, app))
    assert len(found) > 12, sorted(found)
    bad = {url: storm(visitor.client, door, step=3) for url, door in found.items()}
    assert not {url: one for url, one in bad.items() if one}


def bodies(schema: dict[str, Any], text: str) -> dict[str, Any]:
    """Fill every property of a JSON object with a text, by its type."""
    filled: dict[str, Any] = {}
    for name, one in schema["properties"].items():
        items = one.get("items", {})
        if "properties" in items:
            filled[name] = [bodies(items, text)]
        else:
            filled[name] = [text] if items else text
    return filled


def test_no_post_of_the_api_is_slow_or_falls_on_any_character(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").get_json()
    bad = []
    posts = [url for url, methods in described["paths"].items() if "post" in methods]
    assert len(posts) >= 6
    for url in posts:
        wanted = described["paths"][url]["post"]["requestBody"]["content"]["application/json"]
        schema = described["components"]["schemas"][wanted["schema"]["$ref"].rsplit("/", 1)[1]]
        names = list(schema["properties"])
        trials: list[tuple[str, dict[str, Any]]] = []
        for name, pattern in CHARACTERS.items():
            room = (DOOR - 4096) // (len(names) + 4)
            trials.append((name, bodies(schema, flood(pattern, room, encoded=False))))
        for number, field in enumerate(names):
            name = share(number, 5)
            text = flood(CHARACTERS[name], DOOR // 2, encoded=False)
            trials.append((name, {field: bodies(schema, text)[field]}))
        for name, body in trials:
            # As people's programs write it, not in escapes that are six times as long.
            data = json.dumps(body, ensure_ascii=False).encode()
            began = time.thread_time()
            answer = client.post(url, data=data, content_type="application/json")
            taken = time.thread_time() - began
            if taken >= SLOWEST or answer.status_code >= 500:
                bad.append((url, name, taken, answer.status_code))
    assert not bad


@pytest.mark.parametrize(
    "body",
    [
        "{" + ",".join(f'"a{number}":1' for number in range(9_000)) + "}",
        '{"category":' + "9" * 120_000 + "}",
        '{"total_vnd":' + "9" * 4_000 + "}",
        '{"quantity":1e999}',
        "[" * 60_000 + "]" * 60_000,
        '{"document_ids":[' + ",".join('"a"' for _ in range(30_000)) + "]}",
        '{"search_terms_tried":"' + "\\n" * 60_000 + '"}',
        '{"name":"' + "\\u0300" * 20_000 + '"}',
    ],
    ids=["many names", "a huge number", "digits", "infinity", "deep", "many items", "lines", "u"],
)
def test_odd_json_is_refused_quickly(client: FlaskClient, body: str) -> None:
    for url in ("/complaints", "/invoice-inquiries", "/document-requests", "/questions"):
        began = time.thread_time()
        answer = client.post(f"/api/v1{url}", data=body, content_type="application/json")
        assert time.thread_time() - began < SLOWEST
        assert answer.status_code in (400, 422), (url, answer.status_code)
        assert len(answer.data) < 64_000


def test_no_address_is_slow_or_falls_on_any_character(app: Flask, client: FlaskClient) -> None:
    urls = sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments
    )
    bad = []
    client.get("/tim-kiem/?q=noi+com")  # The first question of a process waits for the index.
    for number, (name, pattern) in enumerate(CHARACTERS.items()):
        for query in QUERIES:
            text = flood(pattern, 3900)
            for url in ("/tim-kiem/", "/api/v1/search", urls[number % len(urls)]):
                began = time.thread_time()
                # The API refuses what is longer; its longest question is searched for.
                asked = text[:200] if url.startswith("/api/") else text
                answer = client.get(url, query_string={query: asked})
                taken = time.thread_time() - began
                if taken >= SLOWEST or answer.status_code >= 500:
                    bad.append((url, query, name, taken, answer.status_code))
    assert not bad


@pytest.mark.parametrize("header", [*HEADERS, *MORE_HEADERS, "Cookie"])
def test_no_header_is_slow_or_falls_on_any_character(client: FlaskClient, header: str) -> None:
    for name, pattern in CHARACTERS.items():
        if not pattern.isprintable() or not pattern.isascii():
            continue
        text = flood(pattern, 60_000, encoded=False)
        value = f"Bearer {text}" if header == "Authorization" else text
        for url in ("/api/v1/case", "/gui/khieu-nai/"):
            began = time.thread_time()
            sent = {header: f"portal={text}" if header == "Cookie" else value}
            answer = client.get(url, headers=sent)
            assert time.thread_time() - began < SLOWEST, (url, name)
            assert answer.status_code < 500, (url, name)


def test_the_walk_sees_the_fields_that_people_type_into(app: Flask, visitor: Visitor) -> None:
    form: Door = doors(visitor.get("/gui/hoa-don/"))["/gui/hoa-don/"]
    assert {"details", "invoice_no", "tax_code", "total_vnd", "name", "phone"} <= set(form.texts)
