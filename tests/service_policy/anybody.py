"""Everything that anybody may try on a case, allowed or not: strategies for hypothesis."""

from hypothesis import strategies as st

from service_policy.actors import CUSTOMER, SYSTEM, Actor
from service_policy.cases import Evidence
from service_policy.cases.core.facts import SentCopy
from service_policy.cases.documents import RecordDocumentsSent
from service_policy.cases.holding.hand_off import HandOff, NameOwner
from service_policy.cases.holding.work import (
    CloseSubCase,
    OpenSubCase,
    Recategorise,
    RecordCallback,
)
from service_policy.cases.messages.answers import ContestAnswer, SendAnswer, SendUpdate
from service_policy.cases.messages.contact import AddInformation, IdentifyAsker, RecordContact
from service_policy.cases.messages.letters import RecordBounce
from service_policy.cases.messages.pauses import AskCustomer, ContestPause
from service_policy.cases.money.exemptions import ClaimExemption, SignExemption
from service_policy.cases.money.payments import (
    GrantAdvance,
    GrantGoodwill,
    RecordFact,
    RecordPayment,
)
from service_policy.cases.refusal.refusing import ProposeRefusal, RejectRefusal, SignRefusal
from service_policy.cases.refusal.review import Appeal, DecideReview
from service_policy.cases.resolution.proposing import (
    ConfirmResolution,
    DisputeResolution,
    ProposeResolution,
)
from service_policy.cases.resolution.reopening import AnswerFollowUp, Reopen, Withdraw
from tests.service_policy.story import LONG

STAFF = [
    Actor(id=f"{role}-{number}", role=role, department=department)
    for role in ("agent", "lead", "second_reader", "accountant", "editor", "auditor")
    for number, department in ((1, "cskh"), (2, "qa"))
]
JURIST = Actor(id="second_reader-3", role="second_reader", department="phap-che")
DIRECTOR = Actor(id="lead-3", role="lead", department="ban-giam-doc")
ANYBODY = st.sampled_from([*STAFF, JURIST, DIRECTOR, CUSTOMER, SYSTEM])
EVIDENCE = st.sampled_from(
    [
        (),
        (Evidence(id="e1", readable_by_customer=True),),
        (Evidence(id="e3", readable_by_customer=True, kind="file"),),
        (Evidence(id="e4", readable_by_customer=True, kind="event", number=3),),
        (Evidence(id="e2", readable_by_customer=False),),
    ]
)
TEXT = st.sampled_from([LONG, "Đã ghi nhận", ""])
VND = st.sampled_from([-1, 0, 1, 50_000, 100_000, 499_000, 3_000_000, 10**13])
NUMBERS = st.integers(0, 60)
COPY = SentCopy(asked="BG-2026.11", id="BG-2026.11", version=2, format="pdf")
THINGS = ["photo", "serial", "invoice", "order", "address", "time", "choice", "item"]
FACTS = ["price_vnd", "obligation_value_vnd", "damage_vnd", "late_value_vnd"]
KEYS = st.sampled_from(["CK-01", "CK-02", "CK-03", "CK-16", "CK-16.2", "CK-17", "CK-18", "CK-09"])
CATEGORIES = st.sampled_from(["AT", "BH", "GT", "CL", "TT", "DL", "KH", "ZZ"])
DEPARTMENTS = st.sampled_from(["cskh", "qa", "ky-thuat", "phap-che", "nowhere"])

STAFF_COMMANDS = st.one_of(
    st.builds(NameOwner, ANYBODY, owner=st.sampled_from(STAFF), display_name=st.just("Anh Mẫu")),
    st.builds(SendAnswer, ANYBODY, text=TEXT),
    st.builds(SendUpdate, ANYBODY, text=TEXT),
    st.builds(IdentifyAsker, ANYBODY, way=st.just("papers_seen_at_counter"), text=TEXT),
    st.builds(AskCustomer, ANYBODY, thing=st.sampled_from(THINGS), text=TEXT),
    st.builds(RecordBounce, ANYBODY, message=NUMBERS),
    st.builds(
        HandOff,
        ANYBODY,
        to_department=DEPARTMENTS,
        reason=st.sampled_from(["expertise", "customer_request"]),
        text=TEXT,
        evidence=st.sampled_from([None, "e1"]),
    ),
    st.builds(RecordCallback, ANYBODY, reached=st.booleans(), text=TEXT),
    st.builds(Recategorise, ANYBODY, category=CATEGORIES, text=TEXT),
    st.builds(OpenSubCase, ANYBODY, party=st.sampled_from(["carrier", "dealer"]), text=TEXT),
    st.builds(CloseSubCase, ANYBODY, number=st.integers(0, 3), text=TEXT),
    st.builds(
        RecordContact,
        ANYBODY,
        way=st.sampled_from(["phone", "mail"]),
        text=TEXT,
        disputes=st.booleans(),
    ),
    st.builds(
        ProposeResolution,
        ANYBODY,
        outcome=st.sampled_from(["as_asked", "other_remedy", "explained"]),
        text=TEXT,
        remedy=st.sampled_from([None, "repair", "refund"]),
    ),
    st.builds(
        ProposeRefusal,
        ANYBODY,
        clause=st.sampled_from(["BHP-03.3", "CK-03.thien-tai", "CK-99.x"]),
        evidence=EVIDENCE,
        text=TEXT,
    ),
    st.builds(
        RecordDocumentsSent,
        ANYBODY,
        copies=st.sampled_from([(), (COPY,)]),
        way=st.just("post"),
        letter=st.sampled_from([None, 4]),
    ),
    st.builds(SignRefusal, ANYBODY),
    st.builds(RejectRefusal, ANYBODY, text=TEXT),
    st.builds(DecideReview, ANYBODY, upheld=st.booleans(), evidence=EVIDENCE, text=TEXT),
    st.builds(RecordFact, ANYBODY, name=st.sampled_from(FACTS), value=VND, evidence=EVIDENCE),
    st.builds(
        ClaimExemption,
        ANYBODY,
        promise=KEYS,
        exemption=st.sampled_from(["thien-tai", "thieu-thong-tin", "khac"]),
        evidence=EVIDENCE,
        text=TEXT,
    ),
    st.builds(SignExemption, ANYBODY, promise=KEYS, granted=st.booleans()),
    st.builds(GrantGoodwill, ANYBODY, vnd=VND, text=TEXT),
    st.builds(GrantAdvance, ANYBODY, vnd=VND, text=TEXT),
    st.builds(RecordPayment, ANYBODY, vnd=VND, method=st.just("transfer"), evidence=EVIDENCE),
)
CUSTOMER_COMMANDS = st.one_of(
    st.builds(AddInformation, ANYBODY, text=TEXT),
    st.builds(ContestPause, ANYBODY, message=NUMBERS),
    st.builds(ContestAnswer, ANYBODY, message=NUMBERS),
    st.builds(ConfirmResolution, ANYBODY),
    st.builds(DisputeResolution, ANYBODY),
    st.builds(Appeal, ANYBODY, promise=st.sampled_from(["", "CK-02", "CK-03"])),
    st.builds(Reopen, ANYBODY),
    st.builds(Withdraw, ANYBODY),
    st.builds(AnswerFollowUp, ANYBODY, fixed=st.booleans()),
)
