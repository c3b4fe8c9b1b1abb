"""Third parties of a case are those that the company declares, under the names it gives them."""

from dataclasses import replace

import pytest

from service_policy.company import ThirdParty
from service_policy.content import Library
from tests.support.application import library as sample
from tests.support.scene import Scene

__all__ = ["sample"]


@pytest.fixture
def library(sample: Library) -> Library:
    """Give the content of a company that asks other people for help."""
    parties = (ThirdParty(id="bank", name="ngân hàng"), ThirdParty(id="tram", name="trạm sửa"))
    company = sample.company.model_copy(update={"third_parties": parties})
    return replace(sample, policy=replace(sample.policy, company=company))


def test_the_desk_offers_them_and_the_customer_reads_their_names(scene: Scene) -> None:
    scene.owned()
    form = scene.form("lan", "nho-ben-thu-ba")
    assert "trạm sửa" in form.html.lower()
    assert "đơn vị vận chuyển" not in form.html.lower()
    scene.refuses("lan", "nho-ben-thu-ba", "party", party="carrier", text="Nhờ chở về.")
    scene.does("lan", "nho-ben-thu-ba", party="tram", text="Nhờ trạm xem máy.")
    assert "trạm sửa" in scene.page().html.lower()
    assert "trạm sửa" in scene.form("lan", "ben-thu-ba-xong").html.lower()
