"""Every role against every command: one table, told here once more than in the rules."""

from dataclasses import fields
from itertools import product
from typing import Any, get_args

import pytest

from service_policy.actors import Actor, Role
from service_policy.cases import (
    CaseCommand,
    CommandRefused,
    Contact,
    FileComplaint,
    FileDocumentRequest,
    FileInvoiceInquiry,
    FileQuestion,
    decide,
)
from service_policy.cases.core.command import may
from service_policy.cases.core.facts import Evidence, SentCopy
from service_policy.cases.split_merge import MergeCases, SplitCase, merge, split
from service_policy.policy import Policy
from tests.service_policy.story import LONG, Story

TABLE = """
                       customer system agent lead second_reader accountant editor auditor
NameOwner                  .       .     x    x         .           .         .      .
IdentifyAsker              .       .     x    x         .           .         .      .
SendAnswer                 .       .     x    x         .           .         .      .
SendUpdate                 .       .     x    x         .           .         .      .
AskCustomer                .       .     x    x         .           .         .      .
TellOfPublishedAnswer      .       x     .    .         .           .         .      .
RecordDelivery             .       x     x    x         .           .         .      .
RecordBounce               .       x     x    x         .           .         .      .
RecordLetterFailure        .       x     .    .         .           .         .      .
RecordReached              .       x     x    x         .           .         .      .
RecordDocumentsSent        .       x     x    x         .           .         .      .
HandOff                    .       .     x    x         .           .         .      .
RecordCallback             .       .     x    x         .           .         .      .
Recategorise               .       .     x    x         .           .         .      .
OpenSubCase                .       .     x    x         .           .         .      .
CloseSubCase               .       .     x    x         .           .         .      .
AddInformation             x       .     .    .         .           .         .      .
RecordContact              .       x     x    x         x           x         .      .
ContestPause               x       .     .    .         .           .         .      .
ContestAnswer              x       .     .    .         .           .         .      .
ProposeResolution          .       .     x    x         .           .         .      .
ConfirmResolution          x       .     .    .         .           .         .      .
DisputeResolution          x       .     .    .         .           .         .      .
Reopen                     x       .     .    .         .           .         .      .
Withdraw                   x       .     .    .         .           .         .      .
AnswerFollowUp             x       .     .    .         .           .         .      .
ProposeRefusal             .       .     x    x         .           .         .      .
SignRefusal                .       .     .    x         x           .         .      .
RejectRefusal              .       .     .    x         x           .         .      .
Appeal                     x       .     .    .         .           .         .      .
DecideReview               .       .     .    x         x           .         .      .
SplitCase                  .       .     .    x         .           .         .      .
MergeCases                 .       .     .    x         .           .         .      .
RecordFact                 .       .     x    x         .           .         .      .
GrantGoodwill              .       .     x    x         .           .         .      .
GrantAdvance               .       .     .    x         .           .         .      .
ClaimExemption             .       .     .    x         .           .         .      .
SignExemption              .       .     .    x         x           .         .      .
RecordPayment              .       .     .    .         .           x         .      .
"""
HEAD, *ROWS = (line.split() for line in TABLE.strip().splitlines())
ALLOWED = {
    (command, role): mark == "x"
    for command, *marks in ROWS
    for role, mark in zip(HEAD, marks, strict=True)
}
COMMANDS = {one.__name__: one for one in CaseCommand.__subclasses__()}
VALUES: dict[str, Any] = {
    "category": "BH",
    "clause": "CK-03.thien-tai",
    "copies": (SentCopy(asked="BG-2026.11", id="BG-2026.11", version=1, format="pdf"),),
    "display_name": "Anh Mẫu",
    "elsewhere": None,
    "entry": "BH-01",
    "evidence": (Evidence(id="e1"),),
    "exemption": "thien-tai",
    "failure": 1,
    "letter": None,
    "means": "told_by_phone",
    "message": 1,
    "method": "transfer",
    "name": "price_vnd",
    "number": 1,
    "other": "KN-26-AAAA-AAAA",
    "outcome": "as_asked",
    "owner": Actor(id="u1", role="agent", department="qa"),
    "party": "carrier",
    "promise": "CK-03",
    "reason": "expertise",
    "text": LONG,
    "thing": "photo",
    "title": "Hỏi gì?",
    "to_department": "cskh",
    "url": "/hoi-dap/",
    "vnd": 1000,
    "value": 1000,
    "way": "phone",
}
OWN_VALUES: dict[str, dict[str, Any]] = {
    "IdentifyAsker": {"way": "papers_seen_at_counter"},
    "RecordDocumentsSent": {"way": "post"},
    "RecordLetterFailure": {"letter": "receipt", "failure": "bounced"},
}
CONTACT = Contact(name="Nguyễn Thị Mẫu", phone="+84912345678")
FILINGS = (
    (FileComplaint, {"category": "CL", "description": "Kêu to."}),
    (FileInvoiceInquiry, {"topic": "resend"}),
    (FileQuestion, {"question": "Giờ nào?"}),
    (FileDocumentRequest, {"document_ids": (), "purpose": "quote", "send_by": "email"}),
)


def built(name: str, role: Role) -> CaseCommand:
    """Build a command with values of the right kind, whatever the rules think of them."""
    actor = Actor(id="somebody", role=role, department="cskh")
    asked = {one.name for one in fields(COMMANDS[name])} - {"actor", "files"}
    values = dict.fromkeys(asked & {"granted", "reached", "fixed", "upheld", "disputes"}, True)
    known = VALUES | OWN_VALUES.get(name, {})
    return COMMANDS[name](actor, **values, **{one: known[one] for one in asked & set(known)})


def refused_field(policy: Policy, command: CaseCommand) -> str:
    """Return the field for which the rules refuse a command, or nothing when they take it."""
    story = Story(policy)
    now = story.now
    try:
        if isinstance(command, SplitCase):
            split(story.case, command, policy, now, reference="A", new_reference="B")
        elif isinstance(command, MergeCases):
            other = Story(policy).case
            merge(story.case, other, command, policy, now, kept_reference="A")
        else:
            decide(story.case, command, policy, now)
    except CommandRefused as refused:
        return refused.field if "Vai trò" in refused.message else "another"
    return ""


def test_the_table_names_every_role_and_every_command() -> None:
    assert tuple(HEAD) == get_args(Role)
    assert sorted(name for name, *_ in ROWS) == sorted(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_is_taken_from_the_roles_of_the_table_and_from_no_other(
    policy: Policy, name: str
) -> None:
    for role in get_args(Role):
        command = built(name, role)
        assert may(command.actor, COMMANDS[name]) == ALLOWED[name, role], role
        assert (refused_field(policy, command) != "actor") == ALLOWED[name, role], role


@pytest.mark.parametrize(("filing", "role"), [*product(FILINGS, get_args(Role))])
def test_a_case_is_entered_for_a_customer_by_agents_and_leads_alone(
    policy: Policy, filing: Any, role: Role
) -> None:
    kind, values = filing
    who = Actor(id="somebody", role=role, department="cskh")
    command = kind(**values, segment="household", contact=CONTACT, channel="phone", entered_by=who)
    if role in ("agent", "lead"):
        received, *_ = decide(None, command, policy, Story(policy).now)
        assert received.who is None
        assert getattr(received, "entered_by") == who  # noqa: B009
        return
    with pytest.raises(CommandRefused) as refused:
        decide(None, command, policy, Story(policy).now)
    assert refused.value.field == "actor"
