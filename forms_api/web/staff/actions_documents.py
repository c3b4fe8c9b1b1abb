"""The action of whoever posted, faxed or handed over a document that was asked for."""

from forms_api.web.fields import Choice, Field
from forms_api.web.staff.action import Action, Built, Context, choice_field
from forms_api.web.staff.actions_service import TALK
from forms_api.web.staff.answers import Values
from service_policy.calendar import VIETNAM
from service_policy.cases.core.facts import SentCopy
from service_policy.cases.documents import WAY_WORDS, RecordDocumentsSent


def _fields(context: Context) -> tuple[Field, ...]:
    ways = choice_field("way", "Gửi qua đâu?", WAY_WORDS)
    copies = _copies(context)
    copy = Field("copy", "Tài liệu và phiên bản", "select", "", required=True, groups=copies)
    return (copy, ways)


def _copies(context: Context) -> dict[str, tuple[Choice, ...]]:
    """Offer, for each document that was asked for, the copy that holds first, then its versions."""
    register, day = context.policy.register, context.now.astimezone(VIETNAM).date()
    found = {}
    for asked in context.case.documents_asked:
        versions = register.of(asked.id)
        current = register.in_place_of(versions[0], day) if versions else None
        ordered = dict.fromkeys(([current] if current is not None else []) + list(versions))
        found[f"Khách xin {asked.id}"] = tuple(
            Choice(
                f"{asked.id}|{one.id}|{one.version}",
                f"{one.id} phiên bản {one.version}"
                + (" (đang hiệu lực)" if one.state(day) == "current" else ""),
            )
            for one in ordered
        )
    return found


def _build(values: Values, context: Context) -> Built:
    asked, document_id, version = str(values["copy"]).split("|")
    copy = SentCopy(asked=asked, id=document_id, version=int(version), format="print")
    command = RecordDocumentsSent(context.me.actor, copies=(copy,), way=values["way"])
    return command, {}


ACTIONS = (
    Action(
        "da-gui-tai-lieu",
        "Đã gửi tài liệu",
        TALK,
        RecordDocumentsSent,
        _fields,
        _build,
        offered=lambda case, now: bool(case.documents_asked) and not case.is_ended,
        note=lambda context: "Ghi sau khi đã gửi thật: phiên bản ghi ở đây hiện ra cho khách.",
    ),
)
