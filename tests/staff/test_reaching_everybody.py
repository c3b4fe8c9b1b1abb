"""Merging and splitting lose no way to reach a customer: everybody is told, each alone."""

from dataclasses import replace
from typing import Any

import pytest

from forms_api import mail
from forms_api.outbox import send_outbox
from tests.support.mailserver import MailServer
from tests.support.scene import TEXT, Scene

WHY = "Hai phiếu kể cùng một nồi cơm hỏng."
FIRST, SECOND, THIRD = "mot@khach.example", "hai@khach.example", "ba@khach.example"


@pytest.fixture
def post(mail_server: MailServer, scene: Scene):
    """Return a sender that lets all letters leave and tells who got which."""
    portal = scene.portal
    settings = replace(portal.settings, smtp_url=mail_server.url)
    smtp = mail.mailer_for(settings, portal.policy.company)

    def leave() -> list[tuple[str, str]]:
        before = len(mail_server.delivered)
        send_outbox(portal, smtp, scene.clock.moment)
        found = mail_server.delivered[before:]
        assert all(len(one.recipients) == 1 for one in found)
        ours = [one for one in found if one.recipients[0].endswith("khach.example")]
        for one in ours:
            whole = one.message.as_string() + one.text
            others = {FIRST, SECOND, THIRD} - {one.recipients[0].lower()}
            assert not [address for address in others if address in whole.lower()]
        return [(one.recipients[0], one.text) for one in ours]

    return leave


def another(scene: Scene, **changes: Any) -> Scene:
    return replace(scene, reference="", code="").file(**changes)


def merged(kept: Scene, other: Scene) -> Scene:
    return kept.does("hoa", "gop", other=other.reference, text=WHY)


def test_whoever_gave_an_address_in_the_other_case_gets_the_answer(scene: Scene, post) -> None:
    other = another(scene, email=FIRST)
    merged(scene, other)
    post()
    scene.does("lan", "tra-loi", text=TEXT)
    assert [(to, TEXT in text) for to, text in post()] == [(FIRST, True)]


def test_two_addresses_get_a_letter_each_and_see_nothing_of_one_another(scene: Scene, post) -> None:
    kept, other = another(scene, email=FIRST), another(scene, email=SECOND)
    merged(kept, other)
    told = post()
    assert {to for to, text in told if other.reference in text and kept.reference in text} == {
        FIRST,
        SECOND,
    }
    kept.does("lan", "tra-loi", text=TEXT)
    assert sorted(to for to, _ in post()) == [SECOND, FIRST]


def test_a_chain_of_merges_reaches_everybody(scene: Scene, post) -> None:
    first, second = another(scene, email=FIRST), another(scene, email=SECOND)
    third = another(scene, email=THIRD)
    merged(second, first)
    merged(third, second)
    post()
    third.does("lan", "bao-tien-do", text=TEXT)
    assert sorted(to for to, _ in post()) == sorted([FIRST, SECOND, THIRD])
    visible = third.staff("lan").get(third.url()).html
    assert all(one in visible for one in (FIRST, SECOND, THIRD))


def test_the_same_address_in_other_letters_gets_one_letter(scene: Scene, post) -> None:
    kept, other = another(scene, email=FIRST), another(scene, email=FIRST.upper(), phone="")
    merged(kept, other)
    post()
    kept.does("lan", "tra-loi", text=TEXT)
    assert [to.lower() for to, _ in post()] == [FIRST]


def test_a_second_phone_stands_on_the_desk_and_in_the_export(scene: Scene, post) -> None:
    kept = another(scene, email=FIRST)
    other = another(scene, email=FIRST, phone="0987 654 321")
    merged(kept, other)
    hoa = kept.staff("hoa")
    assert "0987 654 321" in hoa.get(kept.url()).html.replace("\u00a0", " ")
    token = hoa.get("/noi-bo/xuat/").forms[0].fields["csrf_token"]
    table = hoa.client.post("/noi-bo/xuat/csv/", data={"csrf_token": token}).data.decode()
    line = next(one for one in table.splitlines() if kept.reference in one and "merged" not in one)
    assert "987654321" in line.replace(" ", "")
    # A phone that only a merge brought finds the case, and makes a third one the same customer's.
    third = another(scene, phone="0987 654 321", email=THIRD)
    merged(kept, third)
    post()
    kept.does("lan", "tra-loi", text=TEXT)
    assert sorted(to for to, _ in post()) == sorted([FIRST, THIRD])


def test_a_part_that_is_split_off_takes_every_contact_along(scene: Scene, post) -> None:
    kept, other = another(scene, email=FIRST), another(scene, email=SECOND)
    merged(kept, other)
    post()
    kept.does("hoa", "tach", category="GT", text="Thùng còn thiếu nắp nồi: phần này đi riêng.")
    receipts = [to for to, text in post() if "Mã bí mật:" in text]
    assert sorted(receipts) == sorted([FIRST, SECOND])


def test_nothing_personal_of_a_merge_stands_in_an_event(scene: Scene) -> None:
    kept, other = another(scene, email=FIRST), another(scene, email=SECOND)
    merged(kept, other)
    for case in (kept, other):
        told = " ".join(one.model_dump_json() for one in case.events)
        assert SECOND not in told
        assert "912345678" not in told


def test_both_receipts_still_open_the_joined_case(scene: Scene) -> None:
    kept, other = another(scene, email=FIRST), another(scene, email=SECOND)
    merged(kept, other)
    assert kept.code in other.page().html
    assert kept.reference in kept.page().html
