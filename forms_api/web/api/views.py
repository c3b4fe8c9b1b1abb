"""``/api/v1/``: the views of the JSON API; ``openapi.py`` describes exactly these."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, request

from forms_api import codes, feedback, intake, intake_documents, service
from forms_api.gaps import count_miss
from forms_api.reading import Fields
from forms_api.views import local_iso
from forms_api.web import misses
from forms_api.web.api import openapi
from forms_api.web.api.answers import json_answer, read_object
from forms_api.web.desk import desk
from forms_api.web.flow import File
from forms_api.web.origin import refuse_other_sites
from forms_api.web.troubles import Refused, trouble
from search_index.server import Hit
from service_policy.calendar import VIETNAM
from service_policy.cases.filing.commands import Filing
from service_policy.clock import Quantity
from service_policy.commitments import Commitment
from service_policy.policy import Policy
from service_policy.segments import Matrix
from service_policy.targets import TargetRow

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

LONGEST_QUESTION = 200


@blueprint.before_request
def _same_site_only() -> None:
    refuse_other_sites(request)


@blueprint.post("/complaints")
def post_complaint() -> Response:
    """Record a complaint and answer with its receipt."""
    return _filed(intake.complaint, service.file_complaint)


@blueprint.post("/invoice-inquiries")
def post_inquiry() -> Response:
    """Record an inquiry about an invoice, a balance or a delivery."""
    return _filed(intake.invoice_inquiry, service.file_invoice_inquiry)


@blueprint.post("/questions")
def post_question() -> Response:
    """Record a question about anything else."""
    return _filed(intake.question, service.file_question)


@blueprint.post("/document-requests")
def post_document_request() -> Response:
    """Record a request for documents, or for a quote."""
    return _filed(intake_documents.document_request, service.file_document_request)


@blueprint.get("/case")
def get_case() -> Response:
    """Show the case of the code in ``Authorization: Bearer``; every miss is the same answer."""
    scheme, _, code = request.headers.get("Authorization", "").partition(" ")
    held = code if scheme.lower() == "bearer" else ""
    view = service.follow_case(desk().portal, None, held, desk().now())
    return json_answer(view.as_json())


@blueprint.get("/commitments")
def get_commitments() -> Response:
    """Show the commitments in force today."""
    return json_answer(commitments(desk().policy, desk().now()))


@blueprint.get("/search")
def get_search() -> Response:
    """Answer a question with the best published documents."""
    question = request.args.get("q", "").strip()
    if not question or len(question) > LONGEST_QUESTION:
        raise Refused(trouble(400, f"Tham số q cần từ 1 đến {LONGEST_QUESTION} ký tự."))
    found = desk().finder.find(question)
    return json_answer(
        {
            "query": question,
            "sure": found.sure,
            "meant": found.meant,
            "results": [_search_result(hit) for hit in found.hits],
        }
    )


@blueprint.post("/search-misses")
def post_search_miss() -> Response:
    """Count a search that found no answer, by its folded words; nothing says who asked."""
    if not misses.allowed():
        raise Refused(trouble(429, headers={"Retry-After": "60"}))
    fields = Fields(read_object(request), ("q",), json=True)
    query = fields.required("q", str, "Thiếu chữ đã tìm.")
    fields.refuse_if_faulty()
    count_miss(desk().portal, query, desk().now())
    return Response(status=204)


@blueprint.post("/feedback")
def post_feedback() -> Response:
    """Keep what somebody says of a version of a page; it is no case and has no code."""
    here, now = desk(), desk().now()
    said = feedback.read(read_object(request), json=True)
    received = feedback.give_feedback(here.portal, said, _key(), now)
    return json_answer({"recorded": True, "received_at": local_iso(received)}, 201)


@blueprint.get("/openapi.json")
def get_openapi() -> Response:
    """Describe this API."""
    return json_answer(openapi.document(desk().library))


def _filed(read: Callable[..., Filing], file: File) -> Response:
    """Read a command from JSON with a function of ``intake``, record it, answer its receipt."""
    here, now = desk(), desk().now()
    command = read(read_object(request), here.policy, now, json=True)
    return json_answer(file(here.portal, command, _key(), now).as_json(), 201)


def _key() -> str | None:
    return codes.sent_key(request.headers.get("Idempotency-Key"))


def commitments(policy: Policy, now: datetime) -> dict[str, Any]:
    """Return the commitments in force on the day of ``now``, with the policy's fingerprint."""
    day = now.astimezone(VIETNAM).date()
    return {
        "fingerprint": policy.fingerprint,
        "as_of": day.isoformat(),
        "commitments": [_commitment(one, policy) for one in policy.commitments(day)],
    }


def _search_result(hit: Hit) -> dict[str, Any]:
    """Return a document found; title and snippet are plain text."""
    return {
        "id": hit.id,
        "kind": hit.kind,
        "title": str(hit.title),
        "url": hit.url,
        "snippet": str(hit.snippet),
    }


def _commitment(one: Commitment, policy: Policy) -> dict[str, Any]:
    return {
        "id": one.id,
        "version": one.version,
        "title": one.title,
        "url": one.url,
        "effective_from": one.effective_from.isoformat(),
        "promise": one.promise,
        "measure": one.measure,
        "owner": {
            "role": one.owner.role,
            "department": policy.company.department_name(one.owner.department),
        },
        "applies_to": [
            {
                "kind": part.kind,
                "categories": list(part.categories),
                "topics": list(part.topics),
            }
            for part in one.applies_to
        ],
        "targets": [target for row in one.targets for target in _targets(row, policy.matrix)],
        "compensation": [
            {
                "segments": _declared(rule.segments, policy.matrix),
                "kind": rule.kind,
                "text": rule.describe(),
            }
            for rule in one.compensation
        ],
        "pay_within": _quantity(one.pay_within),
        "late_payment_add_vnd": one.late_payment_add_vnd,
    }


def _targets(row: TargetRow, matrix: Matrix) -> Iterator[dict[str, Any]]:
    """Tell the targets of a row; segments and groups that share one as the content has them."""
    for _, shared in groupby(row.cells(matrix), key=lambda cell: cell.entry):
        cells = tuple(shared)
        quantity = cells[0].quantity()
        yield {
            "condition": row.condition,
            "place": row.place,
            "segments": _declared(dict.fromkeys(cell.segment for cell in cells), matrix),
            "product_groups": [one for one in dict.fromkeys(cell.group for cell in cells) if one],
            "value": quantity.value if quantity else None,
            "unit": quantity.unit if quantity else None,
            "text": cells[0].words,
        }


def _declared(segments: Iterable[str], matrix: Matrix) -> list[str]:
    """Leave out ids that only old cases know."""
    ids = {one.id for one in matrix.segments}
    return [one for one in segments if one in ids]


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {"value": quantity.value, "unit": quantity.unit, "text": quantity.as_deadline()}
