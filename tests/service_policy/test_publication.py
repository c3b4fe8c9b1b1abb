"""Drafts and days of publication: what is not on the site yet is nowhere."""

from datetime import date
from pathlib import Path

from service_policy.content import Library, check, read
from tests.service_policy.broken_content import sub, write
from tests.service_policy.conftest import CONTENT, TODAY

NEW = "hoi-dap/bh-99.md"


def add_entry(content: Path, *fields: str, answer: str = "Có. Chúng tôi đến tận nhà.") -> None:
    """Add a FAQ entry that no other page knows."""
    lines = (
        "---",
        *fields,
        "id: BH-99",
        "slug: cau-hoi-moi",
        "topic: bao-hanh",
        "segment: household",
        "question: Kỹ thuật viên có đến nhà không?",
        "hoi_cach_khac: [co den nha khong, sua tan nha, tho den nha, sua tai nha]",
        "source: gọi",
        "last_reviewed: 2026-11-20",
        "---",
        answer,
    )
    write(NEW, "\n".join(lines).encode())(content)


def shows(library: Library) -> bool:
    return any(entry.id == "BH-99" for entry in library.faq)


def test_a_draft_is_read_only_when_asked_for(content: Path) -> None:
    add_entry(content, "draft: true")
    assert not shows(read(content, TODAY))
    assert shows(read(content, TODAY, drafts=True))


def test_an_unfinished_draft_disturbs_nobody_and_can_be_looked_at(content: Path) -> None:
    add_entry(content, "draft: true", answer="[cần viết: câu trả lời]")
    assert check(content, TODAY) == []
    assert [(one.code, one.level) for one in check(content, TODAY, drafts=True)] == [
        ("unfinished_draft", "warning")
    ]


def test_a_page_comes_and_goes_on_its_days(content: Path) -> None:
    add_entry(content, "publish_from: 2026-12-01", "publish_until: 2026-12-24")
    days = {day: shows(read(content, date(2026, 12, day))) for day in (1, 24, 25)}
    assert days == {1: True, 24: True, 25: False}
    assert not shows(read(content, TODAY))
    assert shows(read(content, TODAY, drafts=True))
    assert not shows(read(content, date(2026, 12, 25), drafts=True))


def test_what_is_published_later_is_checked_today(content: Path) -> None:
    add_entry(content, "publish_from: 2026-12-01", answer="Có. [Xem](/khong-co/).")
    assert [fault.code for fault in check(content, TODAY)] == ["broken_link"]


def test_pages_of_the_same_days_may_name_each_other(content: Path) -> None:
    add_entry(content, "publish_from: 2026-12-01", "related: [BH-02]")
    sub("hoi-dap/bh-02.md", r"^id: BH-02$", "id: BH-02\npublish_from: 2026-11-30")(content)
    faults = {fault.file for fault in check(content, TODAY) if fault.code == "outlives_page"}
    assert f"content/{NEW}" not in faults


def test_the_sample_company_hides_nothing() -> None:
    assert read(CONTENT, TODAY).faq == read(CONTENT, TODAY, drafts=True).faq
