"""``/api/v1/``: the views of the JSON API; ``openapi.py`` describes exactly these."""

from collections.abc import Callable

from flask import Blueprint, Response, request

from forms_api import codes, feedback, intake, intake_documents, service
from forms_api.gaps import count_miss
from forms_api.reading import Fields
from forms_api.views import local_iso
from forms_api.web import misses
from forms_api.web.api import openapi
from forms_api.web.api.answers import json_answer, read_object
from forms_api.web.api.published import commitments, search_result
from forms_api.web.desk import desk
from forms_api.web.flow import File
from forms_api.web.origin import refuse_other_sites
from forms_api.web.troubles import Refused, trouble
from service_policy.cases.filing.commands import Filing

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
            "results": [search_result(hit) for hit in found.hits],
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
