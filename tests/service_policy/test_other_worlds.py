"""Families, groups, topics, codes and service elements are a company's own: content says which."""

from collections.abc import Callable
from pathlib import Path

import pytest

from forms_api.kinds import DECLARED
from service_policy.cases.filing.received import FileCase
from service_policy.content import check, read
from service_policy.content.library import Library
from service_policy.content.reader import read_all
from service_policy.text import code_order
from tests.service_policy.broken_content import Breaker, both, sub, swap
from tests.service_policy.conftest import CONTENT, TODAY, local
from tooling.new import new as begin


def everywhere(pattern: str, old: str, new: str) -> Breaker:
    """Replace a text in every file of the content that matches a pattern."""

    def breaker(content: Path) -> None:
        for file in content.glob(pattern):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace(old, new), encoding="utf-8")

    return breaker


def another_world(content: Path) -> None:
    """Rename a family, a group and a topic of the sample wherever they are named."""
    everywhere("phan-khuc.yaml", "id: noi-com, name: Nồi cơm", "id: may-giat, name: Máy giặt")(
        content
    )
    everywhere("*/*.md", "family: noi-com", "family: may-giat")(content)
    everywhere("phan-khuc.yaml", "id: C, name: Bếp công nghiệp", "id: lon, name: Máy lớn")(content)
    everywhere("phan-khuc.yaml", "[C]", "[lon]")(content)
    everywhere("phan-khuc.yaml", "B, C]", "B, lon]")(content)
    everywhere("cam-ket/*.md", "B, C]", "B, lon]")(content)
    everywhere("cam-ket/*.md", "product_groups: [C]", "product_groups: [lon]")(content)
    everywhere("**/*.md", ".C }}", ".lon }}")(content)
    everywhere("san-pham/*.md", "product_group: C", "product_group: lon")(content)
    everywhere("chu-de.yaml", "id: bao-hanh, name: Bảo hành", "id: sua-chua, name: Sửa chữa")(
        content
    )
    everywhere("hoi-dap/*.md", "topic: bao-hanh", "topic: sua-chua")(content)


def told(content: Path, code: str) -> list[str]:
    """Return the faults of one kind as file, field and message."""
    return [
        f"{one.file} {one.field}: {one.message}"
        for one in check(content, TODAY, declared=DECLARED)
        if one.code == code
    ]


def test_families_groups_and_topics_may_have_any_ids_and_names(content: Path) -> None:
    another_world(content)
    assert [str(fault) for fault in check(content, TODAY)] == []
    library = read(content, TODAY)
    assert library.by_family(library.products)[0].family.name == "Máy giặt"
    assert library.policy.matrix.groups == ("A", "B", "lon")
    topic = library.policy.topic(library.faq[0].topic)
    assert topic is not None
    assert topic.name == "Sửa chữa"


def test_a_case_about_no_known_product_has_the_earliest_target_of_the_company_s_own_groups(
    content: Path, library: Library
) -> None:
    another_world(content)
    renamed = read(content, TODAY).policy
    at = local("2026-11-20T09:00")
    dated = [
        [
            (one.commitment_id, one.due_at)
            for one in FileCase(
                "document_request",
                "project",
                topic="quote",
                groups=frozenset(policy.matrix.groups),
            ).decide(policy, at)
            if hasattr(one, "commitment_id")
        ]
        for policy in (library.policy, renamed)
    ]
    assert dated[0] == dated[1] != []


def test_the_families_promise_nothing_so_the_fingerprint_is_not_theirs(
    content: Path, library: Library
) -> None:
    everywhere("phan-khuc.yaml", "name: Nồi cơm", "name: Nồi")(content)
    assert read(content, TODAY).policy.fingerprint == library.policy.fingerprint


def test_the_order_of_the_families_is_that_of_their_file(content: Path) -> None:
    swap(
        "phan-khuc.yaml",
        "families:\n",
        "families:\n  - {id: dich-vu, name: Dịch vụ lắp đặt, drawing: tools}\n",
    )(content)
    sub("san-pham/bt-40d.md", "^family: .*$", "family: dich-vu")(content)
    products = read(content, TODAY).products
    assert products[0].id == "BT-40D"


WRONG: dict[str, tuple[Breaker, str, str]] = {
    # what happened: (how, code, words)
    "a product of a family that nobody declared": (
        sub("san-pham/bt-40d.md", "^family: .*$", "family: may-giat"),
        "unknown_reference",
        "content/san-pham/bt-40d.md family: không có họ sản phẩm “may-giat” trong phan-khuc.yaml",
    ),
    "a catalogue of a family that nobody declared": (
        sub("catalogue/bep.md", "^family: .*$", "family: may-giat"),
        "unknown_reference",
        "content/catalogue/bep.md family: không có họ sản phẩm “may-giat” trong phan-khuc.yaml",
    ),
    "a product of an unknown group": (
        sub("san-pham/bt-40d.md", "^product_group: .*$", "product_group: Z"),
        "unknown_reference",
        "content/san-pham/bt-40d.md product_group: không có nhóm hàng “Z” trong phan-khuc.yaml",
    ),
    "a promise for an unknown group": (
        sub("cam-ket/ck-02.md", r"product_groups: \[A,", "product_groups: [Z, A,"),
        "unknown_reference",
        (
            "content/cam-ket/ck-02.md scope.product_groups.1: không có nhóm hàng “Z”"
            " trong phan-khuc.yaml"
        ),
    ),
    "a cell for an unknown group": (
        sub("phan-khuc.yaml", r"product_groups: \[A, B\]", "product_groups: [A, B, Z]"),
        "unknown_reference",
        (
            "content/phan-khuc.yaml matrix.1.cells.1.product_groups.3: không có nhóm hàng “Z”"
            " trong phan-khuc.yaml"
        ),
    ),
    "a question of an unknown topic": (
        sub("hoi-dap/bh-01.md", "^topic: .*$", "topic: lap-dat"),
        "unknown_reference",
        "content/hoi-dap/bh-01.md topic: không có chủ đề “lap-dat” trong chu-de.yaml",
    ),
    "a question with the code of another topic": (
        sub("hoi-dap/bh-01.md", "^topic: .*$", "topic: giao-hang"),
        "wrong_prefix",
        "content/hoi-dap/bh-01.md id: mã BH-01 không bắt đầu bằng GH-, chữ của “Giao hàng”",
    ),
    "two families of one id": (
        swap("phan-khuc.yaml", "id: quat,", "id: bep,"),
        "duplicate_id",
        "content/phan-khuc.yaml families.5.id: “bep” đã dùng ở dòng 39",
    ),
    "two topics with the same letters": (
        swap("chu-de.yaml", "prefix: GH", "prefix: BH"),
        "duplicate_id",
        "content/chu-de.yaml topics.2.prefix: “BH” đã dùng ở dòng 4",
    ),
    "two service elements of one number": (
        swap("yeu-to-dich-vu.yaml", "number: 7,", "number: 3,"),
        "duplicate_id",
        "content/yeu-to-dich-vu.yaml elements.7.number: “3” đã dùng ở dòng 6",
    ),
    "an energy label that no law wants": (
        swap("phan-khuc.yaml", "energy_label: true, law: qd-04-2017", "energy_label: true"),
        "no_law",
        (
            "content/phan-khuc.yaml families.1: energy_label: true mà chưa ghi văn bản nào đòi nhãn"
            " năng lượng"
        ),
    ),
    "an energy label that a law wants which nobody knows": (
        swap("phan-khuc.yaml", "law: qd-14-2023", "law: qd-1-2000"),
        "unknown_law",
        "content/phan-khuc.yaml families.2.law: không có căn cứ “qd-1-2000”",
    ),
    "a procedure that has the code of a question": (
        sub("bao-hanh/quy-trinh.md", "^id: BHP-01$", "id: BH-01"),
        "duplicate_id",
        "content/hoi-dap/bh-01.md id: “BH-01” đã dùng ở content/bao-hanh/quy-trinh.md:2",
    ),
    "a drawing that the theme does not have": (
        swap("phan-khuc.yaml", "drawing: hob", "drawing: bicycle"),
        "literal_error",
        (
            "content/phan-khuc.yaml families.2.drawing: không nằm trong các giá trị cho phép"
            " (đang là “bicycle”)"
        ),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_whoever_names_what_nobody_declared_is_told(content: Path, name: str) -> None:
    breaker, code, words = WRONG[name]
    breaker(content)
    assert words in told(content, code)


def test_the_law_that_wants_an_energy_label_is_the_family_s(content: Path) -> None:
    assert told(content, "no_energy_label") == []
    filters = [one for one in read(content, TODAY).products if one.family == "loc-nuoc"]
    swap(
        "phan-khuc.yaml",
        "name: Lọc nước, drawing: filter",
        "name: Lọc nước, drawing: filter, energy_label: true, law: qd-04-2017",
    )(content)
    assert told(content, "no_energy_label") == [
        f"{one.path} tệp: nhãn thiếu energy (nhãn năng lượng, theo Quyết định 04/2017/QĐ-TTg)"
        for one in sorted(filters, key=lambda one: one.path)
    ]


def copied(source: str, target: str, *changes: tuple[str, str]) -> Breaker:
    """Write a file anew under another name, with some words of it replaced."""

    def breaker(content: Path) -> None:
        text = (content / source).read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        (content / target).write_text(text, encoding="utf-8")

    return breaker


def test_codes_have_as_many_digits_as_they_need_and_stand_in_the_order_of_numbers(
    content: Path,
) -> None:
    both(
        copied(
            "hoi-dap/bh-01.md",
            "hoi-dap/bh-100.md",
            ("id: BH-01", "id: BH-100"),
            ("\nslug: ", "\nslug: cau-thu-mot-tram-"),
        ),
        copied("cam-ket/ck-06.md", "cam-ket/ck-100.md", ("id: CK-06", "id: CK-100")),
    )(content)
    assert [str(fault) for fault in check(content, TODAY)] == []
    library = read(content, TODAY)
    questions = [one.id for one in library.faq if one.topic == "bao-hanh"]
    assert questions[0] == "BH-01"
    assert questions[-1] == "BH-100"
    assert [one.id for one in library.commitments][-2:] == ["CK-18", "CK-100"]
    assert library.commitments[-1].url == "/cam-ket/ck-100/"


def test_codes_are_ordered_by_their_numbers() -> None:
    codes = ["CK-100", "CK-11", "BH-9", "CK-9", "BH-10"]
    assert sorted(codes, key=code_order) == ["BH-9", "BH-10", "CK-9", "CK-11", "CK-100"]


def test_procedures_have_codes_of_any_letters(content: Path) -> None:
    for kind in ("**/*.md", "**/*.yaml"):
        everywhere(kind, "BHP-", "QT-")(content)
    everywhere("dia-chi.txt", "/bhp-", "/qt-")(content)
    assert [str(fault) for fault in check(content, TODAY)] == []
    library = read(content, TODAY)
    assert library.warranty[0].id == "QT-01"
    assert library.register.of("QT-01") != ()
    assert begin("bao-hanh", "viec-moi", content)[0].read_text("utf-8").count("id: QT-07") == 1


def without_privileges(content: Path) -> None:
    """Let no segment have credit, quotes or a partner policy, and route nothing of the kind."""
    for privilege in ("credit", "quotes", "partner"):
        everywhere("phan-khuc.yaml", f"    {privilege}: true\n", "")(content)
    for line in ("  - {kind: invoice_inquiry, department: ke-toan}\n", "  - {department: cskh}\n"):
        everywhere("cong-ty.yaml", line, "")(content)
    everywhere("cong-ty.yaml", "topics: [quote], department", "topics: [buy], department")(content)
    sub(
        "cong-ty.yaml",
        r"^  - \{kind: document_request, department: .*$",
        "  - {kind: document_request, topics: [other], department: marketing}",
    )(content)
    topics = "resend, wrong_details, missing, authenticity, payment_not_recorded"
    route = f"routes:\n  - {{kind: invoice_inquiry, topics: [{topics}], department: ke-toan}}\n"
    swap("cong-ty.yaml", "routes:\n", route)(content)


def test_there_is_an_archive_of_prices_once_one_is_over(content: Path) -> None:
    assert "/bang-gia/luu-tru/" in read(content, TODAY).indexes
    for file in content.glob("bang-gia/*.md"):
        text = file.read_text("utf-8")
        if not {"id: BG-2026.11\n", "version: 1\n"} <= {*text.splitlines(keepends=True)}:
            file.unlink()
    library, _ = read_all(content, TODAY)
    assert library is not None
    assert "/bang-gia/" in library.indexes
    assert "/bang-gia/luu-tru/" not in library.indexes


def test_what_no_segment_may_ask_needs_no_route(content: Path) -> None:
    without_privileges(content)
    assert told(content, "no_route") == []
    swap("phan-khuc.yaml", "    usual: true\n", "    usual: true\n    credit: true\n")(content)
    assert told(content, "no_route") == [
        "content/cong-ty.yaml routes: không phòng nào nhận invoice_inquiry về balance"
    ]


@pytest.mark.parametrize("code", ["A1", "12345", "MAY-LANH-9000BTU", "X-1"])
@pytest.mark.parametrize("unit", ["mét", "gói", "giờ"])
def test_products_have_any_code_and_any_unit(content: Path, code: str, unit: str) -> None:
    sub("phan-khuc.yaml", "^product_code: .*\n", "")(content)
    everywhere("**/*.md", "BT-40D", code)(content)
    everywhere("**/*.csv", "BT-40D", code)(content)
    everywhere("**/*.md", "/san-pham/bt-40d/", f"/san-pham/{code.lower()}/")(content)
    everywhere("dia-chi.txt", "/bt-40d/", f"/{code.lower()}/")(content)
    (content / "san-pham/bt-40d.md").rename(content / f"san-pham/{code.lower()}.md")
    sub(f"san-pham/{code.lower()}.md", "^unit: cái$", f"unit: {unit}")(content)
    sub(f"san-pham/{code.lower()}.md", 'contents: "1 cái"', f'contents: "1 {unit}"')(content)
    for sheet in content.glob("bang-gia/*.csv"):
        lines = sheet.read_text(encoding="utf-8").split("\n")
        kept = [one.replace("cái", unit) if one.startswith(f"{code},") else one for one in lines]
        sheet.write_text("\n".join(kept), encoding="utf-8")
    assert [str(fault) for fault in check(content, TODAY) if fault.level == "error"] == []
    product = read(content, TODAY).product(code)
    assert product is not None
    assert product.unit == unit


def test_what_is_in_the_box_is_counted_in_the_unit_in_which_it_is_sold(content: Path) -> None:
    sub("san-pham/bt-40d.md", 'contents: "1 cái"', 'contents: "1 bộ"')(content)
    assert told(content, "two_answers") == [
        (
            "content/san-pham/bt-40d.md label.contents: trong hộp là “1 bộ”, mà "
            "content/san-pham/bt-40d.md:12 bán theo “cái”"
        )
    ]


def elements(*numbers: int) -> Callable[[Path], None]:
    """Keep some service elements of the sample, in this order and with other numbers."""

    def breaker(content: Path) -> None:
        file = content / "yeu-to-dich-vu.yaml"
        lines = file.read_text(encoding="utf-8").split("\n")
        rows = {n: one for n in numbers for one in lines if f"{{number: {n}," in one}
        kept = [rows[n].replace(f"number: {n},", f"number: {n * 10},") for n in numbers]
        file.write_text("\n".join(["elements:", *kept, ""]), encoding="utf-8")

    return breaker


@pytest.mark.parametrize("numbers", [(15,), (22, 3, 15), tuple(range(1, 13))])
def test_a_company_names_the_service_elements_that_it_has(
    content: Path, numbers: tuple[int, ...]
) -> None:
    elements(*numbers)(content)
    assert [str(fault) for fault in check(content, TODAY)] == []
    found = read(content, TODAY).elements
    assert [one.number for one in found] == [n * 10 for n in numbers]


def test_a_company_says_what_its_product_codes_look_like(content: Path) -> None:
    sub("phan-khuc.yaml", "^product_code: .*$", 'product_code: "[A-Z]{2}-[0-9]{4}"')(content)
    codes = [one.id for one in read(CONTENT, TODAY).products]
    assert len(told(content, "wrong_code")) == len(codes)
    assert "mã BT-40D không theo mẫu [A-Z]{2}-[0-9]{4}" in " ".join(told(content, "wrong_code"))
    sub("phan-khuc.yaml", "^product_code: .*\n", "")(content)
    assert [str(fault) for fault in check(content, TODAY)] == []


@pytest.mark.parametrize("pattern", ["([A-Z]+)+", "[A-Z", ".*", "[a-z]+", "A**"])
def test_a_pattern_that_nobody_can_use_is_refused(content: Path, pattern: str) -> None:
    sub("phan-khuc.yaml", "^product_code: .*$", f'product_code: "{pattern}"')(content)
    assert [fault.code for fault in check(content, TODAY)] == ["not_a_pattern"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("manual_note: ", "manual_note: x: y "), ("id: MAYLANH\n", ""), ("name: ", "nam: ")],
)
def test_a_broken_product_is_one_cause_whatever_its_code_looks_like(
    content: Path, old: str, new: str
) -> None:
    sub("phan-khuc.yaml", "^product_code: .*\n", "")(content)
    for pattern in ("**/*.md", "**/*.csv"):
        everywhere(pattern, "BT-40D", "MAYLANH")(content)
    for pattern in ("**/*.md", "dia-chi.txt"):
        everywhere(pattern, "/san-pham/bt-40d/", "/san-pham/maylanh/")(content)
    assert [str(fault) for fault in check(content, TODAY)] == []
    swap("san-pham/bt-40d.md", old, new)(content)
    assert {fault.file for fault in check(content, TODAY)} == {"content/san-pham/bt-40d.md"}
