"""Everything that anybody may try on a case, allowed or not: strategies for hypothesis."""

from hypothesis import strategies as st

from service_policy.actors import CUSTOMER, SYSTEM, Actor
from service_policy.cases import Evidence
from service_policy.cases import commands_documents as documents
from service_policy.cases import commands_money as money
from service_policy.cases import commands_outcome as outcome
from service_policy.cases import commands_service as service
from service_policy.cases.events_documents import SentCopy
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
    st.builds(
        service.NameOwner, ANYBODY, owner=st.sampled_from(STAFF), display_name=st.just("Anh Mẫu")
    ),
    st.builds(service.SendAnswer, ANYBODY, text=TEXT),
    st.builds(service.SendUpdate, ANYBODY, text=TEXT),
    st.builds(service.IdentifyAsker, ANYBODY, way=st.just("papers_seen_at_counter"), text=TEXT),
    st.builds(service.AskCustomer, ANYBODY, thing=st.sampled_from(THINGS), text=TEXT),
    st.builds(service.RecordBounce, ANYBODY, message=NUMBERS),
    st.builds(
        service.HandOff,
        ANYBODY,
        to_department=DEPARTMENTS,
        reason=st.sampled_from(["expertise", "customer_request"]),
        text=TEXT,
        evidence=st.sampled_from([None, "e1"]),
    ),
    st.builds(service.RecordCallback, ANYBODY, reached=st.booleans(), text=TEXT),
    st.builds(service.Recategorise, ANYBODY, category=CATEGORIES, text=TEXT),
    st.builds(
        service.OpenSubCase, ANYBODY, party=st.sampled_from(["carrier", "dealer"]), text=TEXT
    ),
    st.builds(service.CloseSubCase, ANYBODY, number=st.integers(0, 3), text=TEXT),
    st.builds(
        service.RecordContact,
        ANYBODY,
        way=st.sampled_from(["phone", "mail"]),
        text=TEXT,
        disputes=st.booleans(),
    ),
    st.builds(
        outcome.ProposeResolution,
        ANYBODY,
        outcome=st.sampled_from(["as_asked", "other_remedy", "explained"]),
        text=TEXT,
        remedy=st.sampled_from([None, "repair", "refund"]),
    ),
    st.builds(
        outcome.ProposeRefusal,
        ANYBODY,
        clause=st.sampled_from(["BHP-03.3", "CK-03.thien-tai", "CK-99.x"]),
        evidence=EVIDENCE,
        text=TEXT,
    ),
    st.builds(
        documents.RecordDocumentsSent,
        ANYBODY,
        copies=st.sampled_from([(), (COPY,)]),
        way=st.just("post"),
        letter=st.sampled_from([None, 4]),
    ),
    st.builds(outcome.SignRefusal, ANYBODY),
    st.builds(outcome.RejectRefusal, ANYBODY, text=TEXT),
    st.builds(outcome.DecideReview, ANYBODY, upheld=st.booleans(), evidence=EVIDENCE, text=TEXT),
    st.builds(money.RecordFact, ANYBODY, name=st.sampled_from(FACTS), value=VND, evidence=EVIDENCE),
    st.builds(
        money.ClaimExemption,
        ANYBODY,
        promise=KEYS,
        exemption=st.sampled_from(["thien-tai", "thieu-thong-tin", "khac"]),
        evidence=EVIDENCE,
        text=TEXT,
    ),
    st.builds(money.SignExemption, ANYBODY, promise=KEYS, granted=st.booleans()),
    st.builds(money.GrantGoodwill, ANYBODY, vnd=VND, text=TEXT),
    st.builds(money.GrantAdvance, ANYBODY, vnd=VND, text=TEXT),
    st.builds(money.RecordPayment, ANYBODY, vnd=VND, method=st.just("transfer"), evidence=EVIDENCE),
)
CUSTOMER_COMMANDS = st.one_of(
    st.builds(service.AddInformation, ANYBODY, text=TEXT),
    st.builds(service.ContestPause, ANYBODY, message=NUMBERS),
    st.builds(service.ContestAnswer, ANYBODY, message=NUMBERS),
    st.builds(outcome.ConfirmResolution, ANYBODY),
    st.builds(outcome.DisputeResolution, ANYBODY),
    st.builds(outcome.Appeal, ANYBODY, promise=st.sampled_from(["", "CK-02", "CK-03"])),
    st.builds(outcome.Reopen, ANYBODY),
    st.builds(outcome.Withdraw, ANYBODY),
    st.builds(outcome.AnswerFollowUp, ANYBODY, fixed=st.booleans()),
)
