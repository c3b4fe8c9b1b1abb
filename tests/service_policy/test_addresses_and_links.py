"""Addresses have one owner, links lead somewhere, texts are shown as meant: through `check`."""

import re
from pathlib import Path

import pytest

from service_policy.addresses import TEMPLATE_ANCHORS
from service_policy.content import Fault, check, read
from service_policy.paper_letters import LETTERS, on_paper
from tests.service_policy.broken_content import FAQ, PRODUCT, append, sub
from tests.service_policy.conftest import TODAY
from tests.support.fonts import letters_of
from tooling.paths import ROOT

PAGE = "trang/san-pham/thu-hoi.md"


def faults_of(content: Path, *codes: str) -> list[Fault]:
    return [fault for fault in check(content, TODAY) if fault.code in codes]


def a_page_at(content: Path, url: str) -> list[Fault]:
    source = (content / PAGE).read_text(encoding="utf-8")
    text = re.sub(r"^id: .*$", "id: them-mot-trang", source, count=1, flags=re.MULTILINE)
    text = re.sub(r"^url: .*$", f'url: "{url}"', text, count=1, flags=re.MULTILINE)
    (content / "trang" / "them.md").write_text(text, encoding="utf-8")
    return [fault for fault in check(content, TODAY) if fault.file == "content/trang/them.md"]


@pytest.mark.parametrize(
    "url",
    [
        *("/gui/khieu-nai/", "/gui/moi/", "/api/v1/", "/ho-so/", "/noi-bo/vao/", "/healthz/"),
        *("/search-index/", "/theme/css/", "/tai-lieu/bg/", "/quan-tri/", "/feeds/", "/metrics/"),
        *("/cam-ket/", "/cam-ket/ck-03/", "/san-pham/bt-40d/", "/san-pham/so-sanh/", "/"),
        *("/hoi-dap/mat-phieu-bao-hanh/", "/bang-gia/ban-le-2026-11/v1/", "/ket-qua/2026-06/"),
        *("/Gui/khieu-nai/", "/gui%2Fx/", "//gui/", "/a/../gui/", "/gui", "/gui/khie\u0302u/"),
    ],
)
def test_a_page_never_takes_the_address_of_somebody_else(content: Path, url: str) -> None:
    (fault,) = a_page_at(content, url)
    assert fault.code in ("address_taken", "address_reserved", "not_a_path")
    assert fault.field == "url"
    assert fault.line > 1


def test_two_slugs_that_differ_by_a_space_are_one_address(content: Path) -> None:
    slug = re.search(r"^slug: (.*)$", (content / FAQ).read_text("utf-8"), re.MULTILINE)
    assert slug is not None
    sub("hoi-dap/bh-02.md", r"^slug: .*$", f'slug: "{slug[1]} "')(content)
    (fault,) = faults_of(content, "address_taken")
    assert fault.file == "content/hoi-dap/bh-02.md"
    assert "content/hoi-dap/bh-01.md:3" in fault.message


@pytest.mark.parametrize("old", ["/cam-ket/ck-03/", "/gui/cu/", "/hoi-dap/mat-phieu-bao-hanh/"])
def test_an_old_address_is_not_somebody_elses(content: Path, old: str) -> None:
    sub("hoi-dap/bh-02.md", r"^slug: (.*)$", rf"slug: \1\naliases: [{old}]")(content)
    (fault,) = faults_of(content, "address_taken", "address_reserved")
    assert fault.field == "aliases.1"


@pytest.mark.parametrize("other", ["/cu.html/", "/CU.html", "/cu.html/index.html"])
def test_two_old_addresses_of_one_page_do_not_want_one_file(content: Path, other: str) -> None:
    sub(FAQ, r"^slug: (.*)$", rf"slug: \1\naliases: [/cu.html, {other}]")(content)
    (fault,) = faults_of(content, "address_taken")
    assert fault.field == "aliases.2"


def test_a_renamed_page_is_missed_until_its_old_address_leads_on(content: Path) -> None:
    sub(FAQ, r"^slug: .*$", "slug: ten-moi-hoan-toan")(content)
    (missed,) = faults_of(content, "address_vanished")
    assert (missed.level, missed.file) == ("warning", "content/dia-chi.txt")
    assert "/hoi-dap/mat-phieu-bao-hanh/" in missed.message
    sub(FAQ, r"^slug: (.*)$", r"slug: \1\naliases: [/hoi-dap/mat-phieu-bao-hanh/]")(content)
    assert faults_of(content, "address_vanished") == []
    append("hoi-dap/bh-03.md", "\n\n[xem](/hoi-dap/mat-phieu-bao-hanh/)\n")(content)
    links = faults_of(content, "moved_link")
    assert links
    assert all("/hoi-dap/ten-moi-hoan-toan/" in fault.fix for fault in links)


def test_an_old_address_is_no_new_version_of_a_promise(content: Path) -> None:
    before = read(content, TODAY).policy.fingerprint
    sub("cam-ket/ck-02.md", r"^version: 1$", "version: 1\naliases: [/hua/]")(content)
    assert read(content, TODAY).policy.fingerprint == before


@pytest.mark.parametrize(
    ("link", "fix"),
    [
        ("[x](../giao-hang/khan.md)", "/giao-hang/khan/"),
        ("[x](khan/)", "/giao-hang/khan/"),
        ("[x](/giao-hang/khan)", "/giao-hang/khan/"),
        ("[x](/Giao-Hang/Khan/)", "/giao-hang/khan/"),
        ("[x](www.abc.vn)", "https://www.abc.vn"),
        ("[x](http://nhakhe.example/cam-ket/)", "/cam-ket/"),
        ("[x][1]", "/duong-dan/"),
        ("[x][1]\n\n[1]: khan/", "/giao-hang/khan/"),
        ("[x] (/giao-hang/khan/)", "/duong-dan/"),
        ('<a href="khan/">x</a>', "/giao-hang/khan/"),
        ("[x](</giao hang/>)", "đường dẫn"),
        ("![x](anh.jpg)", "images"),
        ('[x](/giao-hang/khan "tên")', "/giao-hang/khan/"),
        ("[x](/giao-hang/khan/#khong-co-muc)", "#"),
        ("[x](#khong-co-muc)", "#"),
        ("[x](mailto:khong phai)", "/duong-dan/"),
        ("[x](mailto:khongphai)", "mailto:"),
        ("[x](tel:goi-ngay)", "tel:"),
        ("[x](//abc.vn)", "https:"),
        ("[x](javascript:alert(1))", "https://"),
        ("Xem https://abc.vn nhé", "<https"),
    ],
)
def test_a_link_of_any_shape_is_checked_with_its_line(content: Path, link: str, fix: str) -> None:
    append(FAQ, f"\n\nMột dòng.\n{link}\n")(content)
    found = check(content, TODAY)
    assert len(found) == 1, [str(fault) for fault in found]
    assert fix in found[0].fix
    line = (content / FAQ).read_text(encoding="utf-8").split("\n")[found[0].line - 1]
    assert line in link


@pytest.mark.parametrize(
    "link",
    [
        *("[x](/giao-hang/khan/)", "[x](https://abc.vn/a?b=c#d)", "<https://abc.vn>", "<a@abc.vn>"),
        *("[x](tel:+8419001234)", "[x](mailto:a.b@abc.vn)", "[x][1]\n\n[1]: /cam-ket/"),
        *("[x](/gui/khieu-nai/?ma=BT-40D)", "## Một mục\n\n[x](#mot-muc)", "`[x][1] **`"),
        *("[x](/cam-ket/ck-03/#xau-nhat)", r"\[x\]\[1\]", "[x](/tai-lieu/bg-2026.11/)"),
    ],
)
def test_a_link_that_leads_somewhere_passes(content: Path, link: str) -> None:
    append(FAQ, f"\n\n{link}\n")(content)
    assert check(content, TODAY) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# Đầu đề", "heading_level"),
        ("Đầu đề\n===", "heading_level"),
        ("##Đầu đề", "heading_mark"),
        ("Chữ[^1]", "footnote"),
        ("[^1]: Chú thích", "footnote"),
        ("- [ ] việc", "task_list"),
        ("Một đoạn\n2. hai", "list_mark"),
        ("• một\n• hai", "list_mark"),
        ("1. một\n  - con", "list_beside"),
        ("| a | b |\n| c | d |", "broken_table"),
        ("| a | b |\n|---|---|\n| c | d | e |", "lost_cells"),
        ("```\nchữ", "open_fence"),
        ("**đậm **", "emphasis_mark"),
        ("– một", "list_mark"),
        ("Một đoạn\nb) hai", "list_mark"),
        ("[TOC]", "foreign_mark"),
        ("> [!NOTE]", "foreign_mark"),
        ("==tô màu==", "foreign_mark"),
        ("## Mục {#ma}", "foreign_mark"),
    ],
)
def test_what_would_not_be_shown_as_meant_is_a_fault(content: Path, text: str, code: str) -> None:
    append(FAQ, f"\n\n{text}\n")(content)
    found = check(content, TODAY)
    assert {fault.code for fault in found} == {code}
    line = (content / FAQ).read_text(encoding="utf-8").split("\n")[found[0].line - 1]
    assert line in text


@pytest.mark.parametrize("mark", ["~~cũ~~", "**mới**", "[xem](/cam-ket/)"])
def test_a_mark_in_a_field_that_is_shown_as_it_was_typed_is_a_fault(
    content: Path, mark: str
) -> None:
    sub(FAQ, r"^question: (.*)$", rf"question: \1 {mark}")(content)
    (fault,) = check(content, TODAY)
    assert (fault.code, fault.field) == ("plain_field", "question")


@pytest.mark.parametrize(
    "place", ["bang-gia/ban-le-2026-12.csv", "bang-gia/a.XLSX", "cam-ket/b.csv"]
)
def test_a_table_that_no_sheet_names_is_a_warning(content: Path, place: str) -> None:
    (content / place).write_text("product_code,unit,price_vnd,vat\n", encoding="utf-8")
    (fault,) = check(content, TODAY)
    assert (fault.code, fault.level, fault.file) == ("stray_file", "warning", f"content/{place}")
    assert "không bảng giá nào dùng" in fault.message


@pytest.mark.parametrize("letter", ["☎", "№한", "한", "😀", "漢"])
def test_a_letter_that_paper_lacks_is_named_with_its_line(content: Path, letter: str) -> None:
    append(PRODUCT, f"\n\nDòng cuối {letter}\n")(content)
    found = faults_of(content, "unprintable")
    assert [fault.file for fault in found] == [f"content/{PRODUCT}"]
    line = (content / PRODUCT).read_text(encoding="utf-8").split("\n")[found[0].line - 1]
    assert letter in line


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("a\u2011b", "a-b"),
        ("x → y", "x -> y"),
        ("№ 5", "No 5"),
        ("so\u00adft", "soft"),
        ("1\u202f000", "1\u00a0000"),
    ],
)
def test_a_letter_with_an_equivalent_is_printed_so(content: Path, typed: str, printed: str) -> None:
    append(PRODUCT, f"\n\n{typed}\n")(content)
    assert check(content, TODAY) == []
    assert on_paper(typed) == printed


def test_the_letters_of_paper_are_those_of_its_fonts() -> None:
    fonts = sorted((ROOT / "theme" / "typst" / "fonts").glob("*.ttf"))
    shared = frozenset.intersection(*(letters_of(font) for font in fonts))
    assert frozenset(chr(point) for point in shared if point >= 0x20) == LETTERS


def test_the_anchors_of_templates_are_known() -> None:
    templates = (ROOT / "theme" / "templates").glob("*.html")
    written = {
        anchor
        for file in templates
        if file.name != "patterns.html"
        for anchor in re.findall(r' id="([a-z0-9-]+)"', file.read_text(encoding="utf-8"))
    }
    assert written <= TEMPLATE_ANCHORS


@pytest.mark.parametrize(
    ("mention", "missing"),
    [
        ("Theo CK-99 thì chúng tôi trả.", "CK-99"),
        ("**CK-99**, như đã hứa", "CK-99"),
        ("xem [CK-99](/cam-ket/ck-03/)", "CK-99"),
        ("xem câu BH-98.", "BH-98"),
        ("xem (KT-123)", "KT-123"),
    ],
)
@pytest.mark.parametrize("place", [FAQ, PAGE, "khieu-nai.yaml", "giao-dien.yaml"])
def test_a_mention_in_any_text_is_a_reference(
    content: Path, place: str, mention: str, missing: str
) -> None:
    file = content / place
    if place.endswith(".md"):
        append(place, f"\n\n{mention}\n")(content)
        line = file.read_text(encoding="utf-8").count("\n")
    else:
        field = "ask_for" if place == "khieu-nai.yaml" else "note"
        sub(place, rf"\b{field}: [^,\"}}\n]+(?=}}|$)", f'{field}: "{mention}"')(content)
        lines = file.read_text(encoding="utf-8").splitlines()
        line = next(number for number, text in enumerate(lines, 1) if missing in text)
    (fault,) = faults_of(content, "unknown_mention")
    assert (fault.file, fault.line) == (f"content/{place}", line)
    assert missing in fault.message


def test_what_exists_and_what_is_no_code_may_be_named(content: Path) -> None:
    text = "Theo CK-03, BH-01; phiếu KN-2026-0042, mã BH-01-A, XCK-99, BHN-20D, ck-99."
    append(FAQ, f"\n\n{text}\n")(content)
    assert faults_of(content, "unknown_mention") == []


def test_a_promise_whose_file_is_broken_is_not_missed_where_it_is_mentioned(
    content: Path,
) -> None:
    sub("cam-ket/ck-13.md", r"^owner:", "ownr:")(content)
    assert faults_of(content, "unknown_mention") == []
