"""The decision about identifying an asker: once for a case, with what was checked."""

from datetime import datetime

from service_policy.cases.case import Case
from service_policy.cases.commands_service import IdentifyAsker
from service_policy.cases.decide_messages import need_text
from service_policy.cases.events import Event
from service_policy.cases.events_service import AskerIdentified
from service_policy.cases.identification import FIELD
from service_policy.cases.refused import need
from service_policy.policy import Policy

NOTE = "identified_note"
"""The field in which a form asks what was checked."""


def identify_asker(
    case: Case, command: IdentifyAsker, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """Staff say which record of the company's own they compared; nobody identifies twice."""
    need(case.identified_by is None, FIELD, "Người hỏi của phiếu này đã được xác minh.")
    need_text(command.text, NOTE)
    return (AskerIdentified(at=now, by=command.actor, way=command.way),)
