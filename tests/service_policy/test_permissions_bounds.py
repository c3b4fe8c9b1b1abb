"""Who may give which command: every role with every command, and nothing outside the table.

The table is written out here by name, so that a right can neither appear nor vanish unseen.
"""

from dataclasses import replace
from itertools import product
from typing import get_args

import pytest

from service_policy.actors import Actor, Role
from service_policy.cases import (
    CaseCommand,
    CommandRefused,
    FileCase,
    decide,
    fold,
)
from service_policy.cases.core.permissions import may
from service_policy.cases.split_merge import MergeCases, SplitCase, merge, split
from service_policy.promises.policy import Policy
from tests.service_policy.story import LONG, Story, is_a_sentence

DESK = """
    NameOwner IdentifyAsker SendAnswer SendUpdate AskCustomer RecordDelivery RecordBounce
    RecordReached RecordDocumentsSent HandOff RecordCallback Recategorise OpenSubCase CloseSubCase
    RecordContact ProposeResolution ProposeRefusal RecordFact GrantGoodwill ChoosePayout
"""
MAY: dict[Role, str] = {
    "customer": """
        AddInformation ContestPause ContestAnswer ConfirmResolution DisputeResolution Appeal Reopen
        Withdraw AnswerFollowUp ChoosePayout
    """,
    "system": """
        TellOfPublishedAnswer RecordDelivery RecordBounce RecordLetterFailure RecordReached
        RecordDocumentsSent RecordContact CompareBooks NoteContact LinkCase
    """,
    "agent": DESK,
    "lead": f"""
        {DESK} SignRefusal RejectRefusal DecideReview SplitCase MergeCases ClaimExemption
        SignExemption GrantAdvance
    """,
    "second_reader": "RecordContact SignRefusal RejectRefusal DecideReview SignExemption",
    "accountant": "RecordContact RecordPayment RecordPayoutFailed",
    "editor": "",
    "auditor": "",
}
COMMANDS = [
    one for one in CaseCommand.__subclasses__() if one.__module__.startswith("service_policy")
]


FILINGS = (
    FileCase("complaint", "household", category="CL"),
    FileCase("invoice_inquiry", "household", topic="resend"),
    FileCase("question", "household"),
    FileCase("document_request", "household", topic="quote"),
)


class Unheard(CaseCommand):
    """A command that nobody was given the right to."""


def test_the_table_has_every_role_and_every_command_once() -> None:
    assert set(MAY) == set(get_args(Role))
    assert {one.__name__ for one in COMMANDS} == set(" ".join(MAY.values()).split())


@pytest.mark.parametrize("role", get_args(Role))
def test_a_role_may_do_what_the_table_says_and_nothing_else(role: Role) -> None:
    actor = Actor(id="somebody", role=role)
    allowed = {one.__name__ for one in COMMANDS if may(actor, one)}
    assert allowed == set(MAY[role].split())
    assert not may(actor, Unheard)


@pytest.mark.parametrize("role", get_args(Role))
def test_the_door_refuses_a_role_before_it_looks_at_anything_else(
    policy: Policy, role: Role
) -> None:
    case, now = Story(policy).case, Story(policy).now
    for kind in {*COMMANDS, Unheard}:
        if kind.__name__ in MAY[role].split():
            continue
        command = object.__new__(kind)  # without texts and figures: nobody reads them
        object.__setattr__(command, "actor", Actor(id="somebody", role=role))
        with pytest.raises(CommandRefused) as refused:
            decide(case, command, policy, now)
        assert refused.value.field == "actor", kind
        assert is_a_sentence(refused.value.message)


@pytest.mark.parametrize("role", sorted(set(get_args(Role)) - {"lead"}))
def test_two_cases_are_divided_and_joined_by_leads_alone(policy: Policy, role: Role) -> None:
    actor, case, now = Actor(id="somebody", role=role), Story(policy).case, Story(policy).now
    for do in (
        lambda: split(
            case, SplitCase(actor, "BH", LONG), policy, now, reference="A", new_reference="B"
        ),
        lambda: merge(case, case, MergeCases(actor, "B", LONG), policy, now, kept_reference="A"),
    ):
        with pytest.raises(CommandRefused) as refused:
            do()
        assert refused.value.field == "actor"


def test_only_the_accountant_pays_and_the_accountant_does_nothing_else_with_money() -> None:
    pays = {role for role, names in MAY.items() if "RecordPayment" in names.split()}
    assert pays == {"accountant"}
    grants = {"RecordFact", "GrantGoodwill", "GrantAdvance", "ClaimExemption", "SignExemption"}
    assert not grants & set(MAY["accountant"].split())


@pytest.mark.parametrize(("filing", "role"), [*product(FILINGS, get_args(Role))])
def test_a_case_is_entered_for_a_customer_by_agents_and_leads_alone(
    policy: Policy, filing: FileCase, role: Role
) -> None:
    who, now = Actor(id="somebody", role=role, department="cskh"), Story(policy).now
    command = replace(filing, entered_by=who, channel="phone")
    if role in ("agent", "lead"):
        assert fold(decide(None, command, policy, now)).entered_by == who
        return
    with pytest.raises(CommandRefused) as refused:
        decide(None, command, policy, now)
    assert refused.value.field == "actor"
