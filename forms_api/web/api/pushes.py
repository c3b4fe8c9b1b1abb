"""``POST /api/v1/ledger/<table>``: rows that other systems of the company push.

There is no such address while ``PORTAL_LEDGER_KEYS`` names nobody.
"""

from flask import Blueprint, Response, request

from forms_api import codes
from forms_api.errors import FieldError
from forms_api.ledger.pushing import push
from forms_api.ledger.signing import Unsigned, verify
from forms_api.ledger.taking import Refused as RowsRefused
from forms_api.web.api.answers import json_answer, read_object
from forms_api.web.app_context import app_context
from forms_api.web.problems import Problem, Refused, problem
from service_policy.ledger.tables import TABLES

blueprint = Blueprint("ledger", __name__, url_prefix="/api/v1/ledger")

_UNSIGNED = Problem(
    401,
    "Chữ ký không đúng",
    "Cần Ledger-Source và Ledger-Signature của một hệ thống đã khai, ký trong năm phút gần đây.",
)


@blueprint.post("/<table>")
def post_rows(table: str) -> Response:
    """Take rows of a table: signed, whole or not at all, once for each ``Idempotency-Key``."""
    here, now = app_context(), app_context().now()
    source = request.headers.get("Ledger-Source", "")
    raw = request.get_data()
    try:
        signed = request.headers.get("Ledger-Signature", "")
        verify(here.portal.settings.ledger_keys, source, table, signed, raw, now)
    except Unsigned:
        raise Refused(_UNSIGNED) from None
    if table not in TABLES:
        raise Refused(problem(404, f"Sổ không có bảng này; có {', '.join(TABLES)}."))
    key = codes.sent_key(request.headers.get("Idempotency-Key"))
    if key is None:
        raise Refused(problem(400, "Cần Idempotency-Key: mỗi lần gửi một UUID mới."))
    try:
        answer = push(here.portal.store, source, table, raw, read_object(request), key, now)
    except RowsRefused as refused:
        told = f"{refused.count} lỗi; không nhận dòng nào."
        faults = tuple(
            FieldError(f"rows[{one.line}].{one.column}".rstrip("."), one.message)
            for one in refused.faults
        )
        raise Refused(problem(422, told, errors=faults)) from None
    return json_answer(answer, 201)
