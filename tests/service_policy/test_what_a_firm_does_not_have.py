"""Fields that a firm does not have are optional, and no refusal leads back to another one."""

from pathlib import Path

import pytest

from service_policy.content import check, read
from tests.service_policy.broken_content import both, sub
from tests.service_policy.conftest import TODAY


def faults(content: Path) -> list[str]:
    return [f"{one.field} {one.code}" for one in check(content, TODAY)]


def test_a_service_firm_has_no_factory_and_no_warehouses(content: Path) -> None:
    both(sub("cong-ty.yaml", "^factory: .*\n", ""), sub("cong-ty.yaml", "^warehouses: .*\n", ""))(
        content
    )
    assert faults(content) == []
    company = read(content, TODAY).company
    assert (company.factory, company.warehouses) == (None, ())


@pytest.mark.parametrize("fictional", ["fictional: false\n", ""])
def test_a_real_company_has_no_banner(content: Path, fictional: str) -> None:
    both(
        sub("cong-ty.yaml", "^fictional: .*\n", fictional), sub("cong-ty.yaml", "^banner: .*\n", "")
    )(content)
    assert faults(content) == []
    assert read(content, TODAY).company.banner is None


def test_a_fictional_company_says_so_or_is_a_real_one(content: Path) -> None:
    sub("cong-ty.yaml", "^banner: .*\n", "")(content)
    found = check(content, TODAY)
    assert [one.code for one in found] == ["no_banner"]
    assert "thêm banner" in found[0].fix
    assert "fictional: false" in found[0].fix


@pytest.mark.parametrize("field", ["banner", "factory"])
def test_what_is_left_empty_may_be_taken_away(content: Path, field: str) -> None:
    both(
        sub("cong-ty.yaml", "^fictional: .*\n", ""),
        sub("cong-ty.yaml", f"^{field}: .*$", f"{field}: ''"),
    )(content)
    found = check(content, TODAY)
    assert [(one.field, one.code) for one in found] == [(field, "empty")]
    assert "xóa cả dòng" in found[0].fix
    sub("cong-ty.yaml", f"^{field}: .*\n", "")(content)
    assert faults(content) == []


def test_goods_without_a_plug_a_manual_or_a_dealer_need_not_name_them(content: Path) -> None:
    file = "san-pham/bt-40d.md"
    for line in ("^  power: .*\n", "^manual_note: .*\n", "^dealer_minimum: .*\n"):
        sub(file, line, "")(content)
    assert faults(content) == []
    product = read(content, TODAY).product("BT-40D")
    assert product is not None
    assert (product.label.power, product.manual_note, product.dealer_minimum) == (None, None, None)
