"""``/api/v1/``: the views of the JSON API; ``openapi.py`` describes exactly these."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, request

from forms_api import codes, feedback, service
from forms_api.checks import last_check
from forms_api.filing import file_case
from forms_api.gaps import count_miss
from forms_api.kinds import KINDS
from forms_api.kinds.kind import Kind
from forms_api.views import local_iso
from forms_api.web import misses
from forms_api.web.api import openapi
from forms_api.web.api.answers import json_answer, read_object
from forms_api.web.api.openapi import MISS
from forms_api.web.app_context import app_context
from forms_api.web.problems import Refused, problem
from forms_api.web.request_checks import refuse_other_sites
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.commitment import Commitment
from service_policy.promises.policy import Policy
from service_policy.promises.target import TargetRow
from service_policy.segments import Matrix

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

LONGEST_QUESTION = 200
HIT = ("id", "kind", "title", "url", "snippet")
"""What is told of a document that was found."""


blueprint.before_request(lambda: refuse_other_sites(request))


def _post(kind: Kind) -> Callable[[], Response]:
    """Return the view that records what a program sends of a kind."""

    def post() -> Response:
        here, now = app_context(), app_context().now()
        command = kind.read(read_object(request), here.policy, now, json=True)
        return json_answer(file_case(here.portal, command, _key(), now).as_json(), 201)

    return post


for _kind in KINDS:
    blueprint.post(f"/{_kind.api}", endpoint=f"post_{_kind.id}")(_post(_kind))


@blueprint.get("/case")
def get_case() -> Response:
    """Show the case of the code in ``Authorization: Bearer``; every miss is the same answer."""
    scheme, _, code = request.headers.get("Authorization", "").partition(" ")
    held = code if scheme.lower() == "bearer" else ""
    view = service.follow_case(app_context().portal, None, held, app_context().now())
    return json_answer(view.as_json())


@blueprint.get("/commitments")
def get_commitments() -> Response:
    """Show the commitments in force today."""
    return json_answer(commitments(app_context().policy, app_context().now()))


@blueprint.get("/document-checks")
def get_document_checks() -> Response:
    """Show the latest weekly check of the documents; what it found is for the editors."""
    last = last_check(app_context().portal, app_context().now())
    if last is None:
        return json_answer({"latest": None})
    counts = {name: getattr(last, name) for name in ("links", "documents", "documents_right")}
    days = {name: getattr(last, name).isoformat() for name in ("checked_on", "good_until")}
    return json_answer({"latest": {**days, **counts}})


@blueprint.get("/search")
def get_search() -> Response:
    """Answer a question with the best published documents."""
    question = request.args.get("q", "").strip()
    if not question or len(question) > LONGEST_QUESTION:
        raise Refused(problem(400, f"Tham số q cần từ 1 đến {LONGEST_QUESTION} ký tự."))
    found = app_context().finder.find(question)
    return json_answer(
        {
            "query": question,
            "sure": found.sure,
            "meant": found.meant,
            "results": [
                # Title and snippet are plain text.
                {
                    name: str(getattr(hit, name))
                    for name in ("id", "kind", "title", "url", "snippet")
                }
                for hit in found.hits
            ],
        }
    )


@blueprint.post("/search-misses")
def post_search_miss() -> Response:
    """Count a search that found no answer, by its folded words; nothing says who asked."""
    if not misses.allowed():
        raise Refused(problem(429, headers={"Retry-After": "60"}))
    answers = MISS.read(read_object(request), app_context().now().date(), json=True)
    answers.refuse_if_faulty()
    count_miss(app_context().portal, answers.values["q"], app_context().now())
    return Response(status=204)


@blueprint.post("/feedback")
def post_feedback() -> Response:
    """Keep what somebody says of a version of a page; it is no case and has no code."""
    here, now = app_context(), app_context().now()
    said = feedback.read(read_object(request), now, json=True)
    received = feedback.give_feedback(here.portal, said, _key(), now)
    return json_answer({"recorded": True, "received_at": local_iso(received)}, 201)


@blueprint.get("/openapi.json")
def get_openapi() -> Response:
    """Describe this API."""
    return json_answer(openapi.document(app_context().library))


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
        "pay_within": {
            "value": one.pay_within.value,
            "unit": one.pay_within.unit,
            "text": one.pay_within.as_deadline(),
        },
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
