"""A department that gets another name keeps its open cases, and they show the new name."""

from dataclasses import replace

from forms_api.portal import Portal
from forms_api.web.app import assemble
from service_policy.content import Library
from tests.staff.conftest import LogIn
from tests.support.application import Clock
from tests.support.scene import Scene
from tests.support.staff import seat
from tests.support.visitor import Visitor

NEW_NAME = "Phòng Chất lượng"


def changed(library: Library, **changes: str) -> Library:
    """Return the content after somebody changed the department that holds the case."""
    company = library.company
    departments = tuple(
        one.model_copy(update=changes) if one.id == "qa" else one for one in company.departments
    )
    company = company.model_copy(update={"departments": departments})
    return replace(library, policy=replace(library.policy, company=company))


def test_the_queue_the_case_and_the_api_show_the_new_name(
    portal: Portal, library: Library, clock: Clock, log_in: LogIn, scene: Scene
) -> None:
    before = log_in("an", department="qa").get("/noi-bo/")
    assert scene.reference in before.html
    assert "Bảo đảm chất lượng" in before.html
    later = assemble(portal.settings, changed(library, name=NEW_NAME), clock)
    client = later.test_client()
    client.set_cookie("desk", seat(portal, clock(), "binh", "agent", "qa"))
    queue = Visitor(client).get("/noi-bo/")
    assert f"Đang giữ: {NEW_NAME}" in queue.html
    assert scene.reference in queue.html
    case = Visitor(client).get(scene.url())
    assert NEW_NAME in case.html
    assert "Nguyễn Thị Mẫu" in case.html
    bearer = {"Authorization": f"Bearer {scene.code}"}
    told = client.get("/api/v1/case", query_string={"reference": scene.reference}, headers=bearer)
    assert told.json["owner"]["department"] == told.json["holder"]["department"] == NEW_NAME
    later.extensions["portal"].close()


def test_what_lies_with_a_department_that_is_gone_stays_in_sight(
    portal: Portal, library: Library, clock: Clock, scene: Scene
) -> None:
    later = assemble(portal.settings, changed(library, id="chat-luong"), clock)
    client = later.test_client()
    client.set_cookie("desk", seat(portal, clock(), "giam", "lead", "ban-giam-doc"))
    page = Visitor(client).get("/noi-bo/?xem=giu&phong=qa")
    assert "Đang giữ: qa" in page.html
    assert scene.reference in page.html
    later.extensions["portal"].close()
