"""JSON in its one spelling on the way out."""

import json
from typing import Any

from flask import Response

from forms_api.web.troubles import Trouble, problem
from service_policy.policy import Policy

JSON = "application/json"
PROBLEM = "application/problem+json"


def json_answer(body: Any, status: int = 200, content_type: str = JSON) -> Response:
    """Answer with JSON; the same body is always the same bytes."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Response(text + "\n", status=status, content_type=content_type)


def problem_answer(found: Trouble, policy: Policy) -> Response:
    """Answer with a problem document (RFC 9457)."""
    return json_answer(problem(found, policy), found.status, PROBLEM)
