"""JSON: strict and within bounds on the way in, in one spelling on the way out."""

import json
from typing import Any, NoReturn

from flask import Request, Response

from forms_api.web.problems import Refused, problem

JSON = "application/json"
PROBLEM = "application/problem+json"
DEEPEST = 4
"""Levels of nesting; our objects have one."""


def json_answer(body: Any, status: int = 200, content_type: str = JSON) -> Response:
    """Answer with JSON; the same body is always the same bytes."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Response(text + "\n", status=status, content_type=content_type)


def read_object(request: Request) -> dict[str, Any]:
    """Return the request's JSON object.

    Raises:
        Refused: 415 for another content type; 400 for no JSON, no object, repeated names, NaN,
            text that is no Unicode, or too deep a nesting.
    """
    if request.mimetype != "application/json":
        raise Refused(problem(415))
    body = _parse(request.get_data())
    if not isinstance(body, dict):
        _refuse("Nội dung gửi lên phải là một đối tượng JSON.")
    if _depth(body) > DEEPEST:
        _refuse("JSON lồng quá nhiều tầng.")
    return body


def _parse(raw: bytes) -> Any:
    try:
        body = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant
        )
        # Half a surrogate pair can be written in JSON and cannot be stored.
        json.dumps(body, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        _refuse("Nội dung gửi lên không phải JSON đúng chuẩn, mã UTF-8.")
    return body


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is repeated")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _depth(value: Any) -> int:
    """Count the levels of nesting without recursion."""
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        one, level = waiting.pop()
        if not isinstance(one, dict | list):
            continue
        deepest = max(deepest, level)
        inside = one.values() if isinstance(one, dict) else one
        waiting.extend((part, level + 1) for part in inside)
    return deepest


def _refuse(text: str) -> NoReturn:
    raise Refused(problem(400, text))
