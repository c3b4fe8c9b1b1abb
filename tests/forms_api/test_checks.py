"""The weekly check in the store, on both databases: an event, a letter, and indicator K11."""

import pytest

from forms_api import checks, fsck
from forms_api.outbox import LEASES
from forms_api.portal import Portal
from forms_api.scorecard import measured
from forms_api.store.outbox_rows import claim
from service_policy.weekly_check import Finding, WeeklyCheck
from tests.service_policy.conftest import local

NOW = local("2026-11-23T08:30")
RESULT = WeeklyCheck.model_validate(
    {"checked_on": "2026-11-23", "links": 900, "documents": 20, "documents_right": 19}
)


def test_the_editors_of_the_documents_get_the_report(portal: Portal) -> None:
    finding = Finding(kind="stock", where="Cửa hàng Huế", what="bảng giá: còn 3 bản")
    checks.record(portal, RESULT.model_copy(update={"findings": (finding,)}), NOW)
    letter = portal.store.write(lambda connection: claim(connection, NOW, LEASES))
    assert letter.recipient == "marketing@nhakhe.example"
    assert letter.subject == "Kiểm tra tài liệu 23/11/2026: 1 việc cần làm"
    assert "Bản in, hàng mẫu dưới định mức:\n- Cửa hàng Huế: bảng giá: còn 3 bản" in letter.body
    assert "19 trên 20 tài liệu đang hiệu lực không có lỗi" in letter.body
    assert fsck.faults(portal.store) == []


@pytest.mark.parametrize(
    ("as_of", "numerator"), [("2026-11-24T00:00", 19), ("2026-12-10T00:00", 19)]
)
def test_the_check_is_the_source_of_the_indicator(
    portal: Portal, as_of: str, numerator: int
) -> None:
    checks.record(portal, RESULT, NOW)
    snapshot = measured(portal.store, portal.policy, "2026-11", local(as_of))
    figure = snapshot.figure("K11")
    assert (figure.numerator, figure.denominator) == (numerator, 20)
    assert [(one.id, one.rows) for one in snapshot.sources if one.id == "checks"] == [("checks", 1)]


def test_a_month_that_nobody_checked_counts_no_document(portal: Portal) -> None:
    checks.record(portal, RESULT, NOW)
    figure = measured(portal.store, portal.policy, "2026-12", local("2027-01-10T00:00"))
    assert (figure.figure("K11").numerator, figure.figure("K11").denominator) == (0, 20)


def test_before_the_first_check_there_is_no_figure(portal: Portal) -> None:
    figure = measured(portal.store, portal.policy, "2026-11", NOW).figure("K11")
    assert figure.denominator is None
    assert figure.note == checks.NEVER_CHECKED
