"""What editors get wrong: ways to break the sample content, each with the fault to be named."""

import re
from collections.abc import Callable
from pathlib import Path

Breaker = Callable[[Path], None]


def swap(file: str, old: str, new: str) -> Breaker:
    """Replace the first ``old`` in a file; it must be there."""

    def breaker(content: Path) -> None:
        path = content / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return breaker


def sub(file: str, pattern: str, new: str) -> Breaker:
    """Replace the first match of a pattern in a file; it must be there."""

    def breaker(content: Path) -> None:
        path = content / file
        text, count = re.subn(
            pattern, new, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE
        )
        assert count == 1, f"{pattern!r} is not in {file}"
        path.write_text(text, encoding="utf-8")

    return breaker


def write(file: str, data: bytes) -> Breaker:
    def breaker(content: Path) -> None:
        (content / file).write_bytes(data)

    return breaker


def append(file: str, text: str) -> Breaker:
    def breaker(content: Path) -> None:
        with (content / file).open("a", encoding="utf-8") as out:
            out.write(text)

    return breaker


def remove(file: str) -> Breaker:
    return lambda content: (content / file).unlink()


def both(*breakers: Breaker) -> Breaker:
    """Break the content in several ways that make one fault together."""

    def breaker(content: Path) -> None:
        for one in breakers:
            one(content)

    return breaker


CK = "cam-ket/ck-02.md"
FAQ = "hoi-dap/bh-01.md"
PRODUCT = "san-pham/nc-10m.md"
ENDED = "san-pham/nc-15c.md"
DRAWING = "san-pham/hinh/nc-10m.svg"
SHEET = "bang-gia/ban-le-2026-11"
GIGANTIC_PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0\0\x50\0" * 2 + b"\x08\x02\0\0\0"
"""The beginning of a picture of 20,480 × 20,480 pixels."""
BREAKS: dict[str, tuple[Breaker, str, str, str]] = {
    # what the editor did: (how, file, field, code)
    "a front matter without its first fence": (
        sub(CK, r"\A---\n", ""),
        CK,
        "tệp",
        "no_fence",
    ),
    "a front matter that never ends": (
        sub(CK, r"^---$\n\n?(?!id)", ""),
        CK,
        "tệp",
        "no_closing_fence",
    ),
    "a missing field": (sub(CK, r"^measure: .*\n", ""), CK, "measure", "missing"),
    "an exemption that does not say what it rests on": (
        sub(CK, r"^    needs: question_unanswered\n", ""),
        CK,
        "exemptions.1.needs",
        "missing",
    ),
    "an exemption that rests on nothing known": (
        sub(CK, r"needs: question_unanswered", "needs: bad_mood"),
        CK,
        "exemptions.1.needs",
        "literal_error",
    ),
    "a refusal under an exemption": (
        swap("khieu-nai.yaml", "[BHP-03, dieu-kien-giao-dich]", "[BHP-03, CK-03]"),
        "khieu-nai.yaml",
        "categories.2.refuse_under.2",
        "no_condition",
    ),
    "a refusal under a page without conditions": (
        swap("khieu-nai.yaml", "[BHP-03, dieu-kien-giao-dich]", "[BHP-03, ve-chung-toi]"),
        "khieu-nai.yaml",
        "categories.2.refuse_under.2",
        "no_condition",
    ),
    "two conditions of one name": (
        swap("trang/ho-tro/doi-tra.md", "id: da-dung", "id: qua-han-doi-y"),
        "trang/ho-tro/doi-tra.md",
        "refusal_conditions.2.id",
        "duplicate_condition",
    ),
    "nobody who reviews": (
        swap("cong-ty.yaml", "{title: Ban Giám đốc, department: ban-giam-doc}", "{title: Ban}"),
        "cong-ty.yaml",
        "decisions.review",
        "nobody_decides",
    ),
    "a reviewing department that does not exist": (
        swap("cong-ty.yaml", "Ban Giám đốc, department: ban-giam-doc", "Ban, department: hoi-dong"),
        "cong-ty.yaml",
        "decisions.review.department",
        "unknown_department",
    ),
    "a way of ours that nobody answers": (
        both(
            sub("cong-ty.yaml", r"^  - \{kind: invoice_inquiry, department.*\n", ""),
            sub("cong-ty.yaml", r"^  - \{department: cskh\}\n", ""),
        ),
        "cong-ty.yaml",
        "routes",
        "no_route",
    ),
    "a route to a department that does not exist": (
        swap(
            "cong-ty.yaml", "{kind: question, department: cskh}", "{kind: question, department: x}"
        ),
        "cong-ty.yaml",
        "routes.1.department",
        "unknown_department",
    ),
    "a route for a kind that nobody can file": (
        swap("cong-ty.yaml", "routes:\n", "routes:\n  - {kind: complaint, department: qa}\n"),
        "cong-ty.yaml",
        "routes.1.kind",
        "unknown_kind",
    ),
    "a promise for a kind of case that nobody can file": (
        sub("cam-ket/ck-13.md", r"kind: document_request", "kind: lap_dat"),
        "cam-ket/ck-13.md",
        "applies_to.1.kind",
        "unknown_kind",
    ),
    "a proof in a table that the books do not have": (
        sub("cam-ket/ck-09.md", r"orders\.due_on", "order.due_on"),
        "cam-ket/ck-09.md",
        "proof.facts.2",
        "unknown_table",
    ),
    "a proof in a column that the table does not have": (
        sub("cam-ket/ck-09.md", r"orders\.due_on", "orders.ngay_giao"),
        "cam-ket/ck-09.md",
        "proof.facts.2",
        "unknown_column",
    ),
    "a proof without the column that a machine needs": (
        sub("cam-ket/ck-04.md", r"warranty_slips\.returned_at, ", ""),
        "cam-ket/ck-04.md",
        "proof.facts",
        "fact_missing",
    ),
    "a proof without the number of its paper": (
        sub("cam-ket/ck-10.md", r", key: orders\.order_no", ""),
        "cam-ket/ck-10.md",
        "proof",
        "no_key",
    ),
    "a machine that is said to watch what it cannot": (
        sub("cam-ket/ck-07.md", r"measured: recorded", "measured: machine"),
        "cam-ket/ck-07.md",
        "proof.measured",
        "not_watched",
    ),
    "events beside the promise's own that no machine knows": (
        sub("cam-ket/ck-11.md", r"starts_on: delivered,", "starts_on: published,"),
        "cam-ket/ck-11.md",
        "proof.also.1",
        "not_watched",
    ),
    "two routes for every other kind": (
        swap("cong-ty.yaml", "routes:\n", "routes:\n  - {department: qa}\n"),
        "cong-ty.yaml",
        "routes.7",
        "two_routes",
    ),
    "a route for a topic that does not exist": (
        swap("cong-ty.yaml", "topics: [quote]", "topics: [quote, quotes]"),
        "cong-ty.yaml",
        "routes.4.topics.2",
        "unknown_topic",
    ),
    "two routes for one topic": (
        swap("cong-ty.yaml", "routes:\n", "routes:\n  - {kind: question, department: qa}\n"),
        "cong-ty.yaml",
        "routes.2",
        "two_routes",
    ),
    "two departments of one name": (
        swap("cong-ty.yaml", "name: Kho linh kiện", "name: Kỹ thuật bảo hành"),
        "cong-ty.yaml",
        "departments.3.name",
        "same_department",
    ),
    "a negotiating department that does not exist": (
        swap("cong-ty.yaml", "negotiate: [cskh, phap-che]", "negotiate: [cskh, luat]"),
        "cong-ty.yaml",
        "decisions.negotiate.2",
        "unknown_department",
    ),
    "no term by when a review is answered": (
        swap("cam-ket/ck-16.md", ", rule: review", ""),
        "cong-ty.yaml",
        "handling",
        "review_without_date",
    ),
    "two terms for one rule": (
        swap(
            "cam-ket/ck-11.md",
            "unit: working_days}\nworst",
            "unit: working_days, rule: review}\nworst",
        ),
        "cam-ket/ck-16.md",
        "terms.xem_xet_lai.rule",
        "two_promises_for_a_rule",
    ),
    "a rule that needs a time and has years": (
        swap(
            "cam-ket/ck-03.md", "unit: working_days, rule: progress", "unit: years, rule: progress"
        ),
        "cam-ket/ck-03.md",
        "terms.bao_tien_do",
        "rule_without_time",
    ),
    "a rule that reads words": (
        swap(
            "cam-ket/ck-03.md",
            "{value: 3, unit: working_days, rule: progress}",
            "{text: ba ngày, rule: progress}",
        ),
        "cam-ket/ck-03.md",
        "terms.bao_tien_do",
        "rule_without_number",
    ),
    "a longest time that is the ordinary one": (
        swap(
            "cam-ket/ck-03.md",
            "{segments: [household], value: 7, unit: working_days}",
            "{segments: [household], value: 7, unit: working_days, longest: true}",
        ),
        "cam-ket/ck-03.md",
        "targets.1",
        "longest_is_ordinary",
    ),
    "hand-offs that are counted in days": (
        swap("cam-ket/ck-16.md", "value: 1, unit: count_at_most", "value: 1, unit: working_days"),
        "cam-ket/ck-16.md",
        "targets.2",
        "hand_offs_unit",
    ),
    "a multiple for everybody": (
        swap("cam-ket/ck-17.md", "priority_only: true", "priority_only: false"),
        "cam-ket/ck-17.md",
        "compensation.1.kind",
        "multiplier_for_all",
    ),
    "two limits for orders that tell no segment": (
        swap(
            "cam-ket/ck-10.md",
            "{segments: [household, dealer, project], value: 4, unit: working_hours}",
            "{segments: [household], value: 4, unit: working_hours}\n"
            "  - {segments: [dealer, project], value: 2, unit: working_hours}",
        ),
        "cam-ket/ck-10.md",
        "indicators",
        "more_than_one_limit",
    ),
    "a worked example of before the multiple was changed": (
        swap("cam-ket/ck-17.md", "kind: multiplier, multiple: 2", "kind: multiplier, multiple: 3"),
        "cam-ket/ck-02.md",
        "examples.2.expect_vnd",
        "example_differs",
    ),
    "no word about who decides": (
        sub("cong-ty.yaml", r"^decisions:(.*\n)+", ""),
        "cong-ty.yaml",
        "decisions",
        "missing",
    ),
    "a misspelt field": (sub(CK, r"^measure:", "mesure:"), CK, "mesure", "extra_forbidden"),
    "a field written twice": (
        sub(CK, r"^version: 1$", "version: 1\nversion: 1"),
        CK,
        "version",
        "duplicate_key",
    ),
    "an empty field": (sub(CK, r"^title: .*$", 'title: ""'), CK, "title", "empty"),
    "a date that does not exist": (
        swap(CK, "2026-07-01", "2026-02-30"),
        CK,
        "effective_from",
        "not_a_date",
    ),
    "a word where a number belongs": (
        sub(CK, r"value: \d+", "value: tám"),
        CK,
        "targets.1.value",
        "not_an_integer",
    ),
    "an unknown unit": (
        sub(CK, r"unit: working_hours", "unit: hours"),
        CK,
        "targets.1.unit",
        "literal_error",
    ),
    "an unknown kind of compensation": (
        sub(CK, r"kind: fixed\b", "kind: voucher"),
        CK,
        "compensation.1",
        "union_tag_invalid",
    ),
    "a segment without compensation": (
        sub(CK, r"^(compensation:.*\n  - \{segments: \[)household\]", r"\1dealer]"),
        CK,
        "compensation",
        "compensation_gap",
    ),
    "an alias to repeat a value": (
        sub(CK, r"^title: (.*)$", r"title: &t \1"),
        CK,
        "tệp",
        "yaml_alias",
    ),
    "a tag that runs code": (
        sub(CK, r"^title: .*$", "title: !!python/object/apply:os.system [ls]"),
        CK,
        "tệp",
        "yaml_tag",
    ),
    "a colon in the middle of a sentence": (
        sub(CK, r"^measure: .*$", "measure: đo: đếm"),
        CK,
        "tệp",
        "yaml_syntax",
    ),
    "a Tab at the start of a line": (
        sub(CK, r"^title:", "\ttitle:"),
        CK,
        "tệp",
        "yaml_syntax",
    ),
    "a number typed into the promise": (
        append(CK, "\n\nChúng tôi trả lời trong 8 giờ làm việc.\n"),
        CK,
        "body",
        "bare_number",
    ),
    "a number of words typed into the promise": (
        append(CK, "\n\nChúng tôi trả lời trong ba ngày làm việc.\n"),
        CK,
        "body",
        "bare_number",
    ),
    "a vague phrase in a commitment": (
        append(CK, "\n\nChúng tôi trả lời trong thời gian sớm nhất.\n"),
        CK,
        "body",
        "vague_phrase",
    ),
    "an unlawful phrase in a FAQ answer": (
        append(FAQ, "\n\nCông ty không bảo hành khi mất phiếu.\n"),
        FAQ,
        "body",
        "unlawful_phrase",
    ),
    "transport charged to the customer in a warranty answer": (
        append(FAQ, "\n\nChi phí vận chuyển do khách chịu.\n"),
        FAQ,
        "body",
        "unlawful_phrase",
    ),
    "a placeholder nobody knows": (
        append(FAQ, "\n\n{{ CK-06.target.everyone }}\n"),
        FAQ,
        "body",
        "unknown_placeholder",
    ),
    "a placeholder without its end": (
        append(FAQ, "\n\n{{ CK-06.target.household\n"),
        FAQ,
        "body",
        "broken_placeholder",
    ),
    "a script in an answer": (
        append(FAQ, "\n\n<script>alert(1)</script>\n"),
        FAQ,
        "body",
        "unsafe_markup",
    ),
    "an event handler in an answer": (
        append(FAQ, '\n\n<b onclick="x()">a</b>\n'),
        FAQ,
        "body",
        "unsafe_markup",
    ),
    "a link that runs code": (
        append(FAQ, "\n\n[xem](javascript:alert(1))\n"),
        FAQ,
        "body",
        "unsafe_link",
    ),
    "a link to a page nobody wrote": (
        append(FAQ, "\n\n[xem](/khong-co-trang-nay/)\n"),
        FAQ,
        "body",
        "broken_link",
    ),
    "too few other phrasings": (
        sub(FAQ, r"^hoi_cach_khac:\n(  - .*\n)+", "hoi_cach_khac:\n  - mat phieu\n"),
        FAQ,
        "hoi_cach_khac",
        "too_short",
    ),
    "a reference to a promise that does not exist": (
        sub(FAQ, r"^related: \[CK-06", "related: [CK-60"),
        FAQ,
        "related.1",
        "unknown_reference",
    ),
    "a link to a page that is not there yet": (
        both(
            sub("hoi-dap/bh-02.md", r"^id: BH-02$", "id: BH-02\npublish_from: 2026-12-01"),
            sub(FAQ, r"^related: \[CK-06", "related: [BH-02"),
        ),
        FAQ,
        "related.1",
        "outlives_page",
    ),
    "a page that ends before it begins": (
        sub(FAQ, r"^id: .*$", r"\g<0>\npublish_from: 2026-12-02\npublish_until: 2026-12-01"),
        FAQ,
        "tệp",
        "dates_reversed",
    ),
    "a draft that is neither": (
        sub(FAQ, r"^id: .*$", r"\g<0>\ndraft: maybe"),
        FAQ,
        "draft",
        "not_a_boolean",
    ),
    "a condition that stands in a linked file": (
        append(FAQ, "\n\nCó [thể lệ](https://nhakhe.example/the-le.pdf) riêng.\n"),
        FAQ,
        "body",
        "hidden_condition",
    ),
    "a condition that is to be looked for in an attachment": (
        append(FAQ, "\n\nĐiều kiện áp dụng xem tại tệp đính kèm.\n"),
        FAQ,
        "body",
        "hidden_condition",
    ),
    "a word that hides a condition": (
        append(FAQ, "\n\nNgoài giờ hành chính có thu thêm.\n"),
        FAQ,
        "body",
        "undefined_term",
    ),
    "a promise that changes backwards": (
        sub(CK, r"^effective_from: .*$", r"\g<0>\nannounced_on: 2026-08-01"),
        CK,
        "tệp",
        "retroactive",
    ),
    "a version that nobody announced": (
        sub("bao-hanh/mat-phieu.md", r"^announced_on: .*\n", ""),
        "bao-hanh/mat-phieu.md",
        "tệp",
        "not_announced",
    ),
    "a check in the file of another day": (
        sub("kiem-tra/2026-11-16.json", "2026-11-16", "2026-11-09"),
        "kiem-tra/2026-11-16.json",
        "checked_on",
        "wrong_file",
    ),
    "a turn of a mystery customer without a clock": (
        sub(
            "khach-dong-vai.yaml",
            r"value: 15, unit: working_minutes",
            "value: 99, unit: percent_at_least",
        ),
        "khach-dong-vai.yaml",
        "tasks.1",
        "no_clock",
    ),
    "a mystery customer tries a promise that nobody made": (
        sub("khach-dong-vai.yaml", r"CK-02", "CK-99"),
        "khach-dong-vai.yaml",
        "tasks.2.commitments.1",
        "unknown_reference",
    ),
    "an internal limit for a kind of case that nobody files": (
        sub("cong-ty.yaml", r"kinds: \[invoice_inquiry\]", "kinds: [invoice]"),
        "cong-ty.yaml",
        "departments.8.limits.1.kinds.1",
        "unknown_kind",
    ),
    "a shop without a count": (
        sub("ton-an-pham.yaml", r"^    counted_on: .*\n", ""),
        "ton-an-pham.yaml",
        "shops.1.counted_on",
        "missing",
    ),
    "an id used twice": (
        sub(FAQ, r"^id: BH-01$", "id: BH-02"),
        "hoi-dap/bh-02.md",
        "id",
        "duplicate_id",
    ),
    "an address with capitals and accents": (
        sub(FAQ, r"^slug: .*$", "slug: Mất-phiếu"),
        FAQ,
        "slug",
        "not_a_slug",
    ),
    "a dealer price as a field": (
        sub(PRODUCT, r"^unit:", "dealer_price: 400000\nunit:"),
        PRODUCT,
        "dealer_price",
        "dealer_price",
    ),
    "a dealer price in prose": (
        append(PRODUCT, "\n\nGiá đại lý chỉ 412.000 đồng.\n"),
        PRODUCT,
        "body",
        "dealer_price",
    ),
    "a dealer discount in prose": (
        append(PRODUCT, "\n\nĐại lý được chiết khấu 35%.\n"),
        PRODUCT,
        "body",
        "dealer_price",
    ),
    "a dealer price as a column of the price list": (
        sub(f"{SHEET}.csv", r"\A(.*)$", r"\1,dealer_price"),
        f"{SHEET}.csv",
        "lines.1",
        "csv_columns",
    ),
    "a price in words": (
        sub(f"{SHEET}.csv", r"590000", "năm trăm"),
        f"{SHEET}.csv",
        "lines.1.price_vnd",
        "not_an_integer",
    ),
    "a price for a product nobody makes": (
        sub(f"{SHEET}.csv", r"^NC-10M", "NC-99X"),
        f"{SHEET}.csv",
        "lines.1",
        "unknown_reference",
    ),
    "a price sheet that ends before it begins": (
        sub(f"{SHEET}.md", r"^valid_to: .*$", "valid_to: 2026-10-01"),
        f"{SHEET}.md",
        "tệp",
        "dates_reversed",
    ),
    "a hole in the target matrix": (
        sub("phan-khuc.yaml", r"\n      - \{product_groups: \[A\], segments: \[dealer\].*", ""),
        "phan-khuc.yaml",
        "matrix.3",
        "matrix_hole",
    ),
    "a number of the matrix that no promise gives": (
        sub(
            "cam-ket/ck-11.md", r"value: 1, unit: working_days\}$", "value: 2, unit: working_days}"
        ),
        "phan-khuc.yaml",
        "matrix.9.cells.1.target",
        "matrix_differs",
    ),
    "two targets for the same customers": (
        sub(
            "cam-ket/ck-10.md",
            r"^targets:$",
            "targets:\n  - {segments: [dealer], value: 3, unit: working_days}",
        ),
        "cam-ket/ck-10.md",
        "targets.2",
        "target_twice",
    ),
    "a cell of the matrix without a reason": (
        sub(
            "phan-khuc.yaml",
            r"not_applicable: Bếp công nghiệp chỉ bán theo dự án",
            'not_applicable: ""',
        ),
        "phan-khuc.yaml",
        "matrix.1.cells.6.target.not_applicable",
        "empty",
    ),
    "a complaint category that takes longer than the promise": (
        sub(
            "khieu-nai.yaml", r"(id: BH.*)first_answer: \{value: 8,", r"\1first_answer: {value: 9,"
        ),
        "khieu-nai.yaml",
        "categories.2.first_answer",
        "category_longer",
    ),
    "a department nobody works in": (
        sub(CK, r"department: cskh", "department: cskhh"),
        CK,
        "owner.department",
        "unknown_department",
    ),
    "a law that is not in the list": (
        sub(CK, r"law: \[nd-248-2026", "law: [nd-52-2013"),
        CK,
        "basis.law.1",
        "unknown_law",
    ),
    "a law that expired without a successor": (
        sub(
            "can-cu.yaml",
            r"(id: nd-248-2026.*effective_from: [0-9-]+)\}",
            r"\1, effective_to: 2026-09-30}",
        ),
        CK,
        "basis.law.1",
        "expired_law",
    ),
    "a worked example with a wrong figure": (
        sub(CK, r"expect_vnd: \d+", "expect_vnd: 51000"),
        CK,
        "examples.1.expect_vnd",
        "example_differs",
    ),
    "a tax rate typed beside a price": (
        sub("bang-gia/phi-dich-vu-v1.md", r"vat: giam\}", "vat: giam, vat_percent: 8}"),
        "bang-gia/phi-dich-vu-v1.md",
        "lines.1.vat_percent",
        "vat_by_hand",
    ),
    "a class of tax that nobody knows": (
        sub("bang-gia/phi-dich-vu-v1.md", r"vat: giam\}", "vat: mien}"),
        "bang-gia/phi-dich-vu-v1.md",
        "lines.1.vat",
        "unknown_vat",
    ),
    "a price sheet that outlives a tax rate": (
        sub("bang-gia/phi-dich-vu-v1.md", r"^valid_to: .*$", "valid_to: 2027-01-01"),
        "bang-gia/phi-dich-vu-v1.md",
        "lines.1.vat",
        "vat_changes",
    ),
    "a tax table with a hole": (
        sub("thue.yaml", r"valid_from: 2027-01-01", "valid_from: 2027-01-02"),
        "thue.yaml",
        "classes.1",
        "vat_gap",
    ),
    "a tax rate without its law": (
        sub("thue.yaml", r"law: nd-174-2025", "law: nd-999-2025"),
        "thue.yaml",
        "classes.1.rates.1.law",
        "unknown_law",
    ),
    "a price that holds from before it was published": (
        sub(f"{SHEET}.md", r"^issued_on: .*$", "issued_on: 2026-11-02"),
        f"{SHEET}.md",
        "tệp",
        "retroactive",
    ),
    "a version of a price sheet thrown away": (
        remove(f"{SHEET}-v1.md"),
        f"{SHEET}.md",
        "version",
        "versions_missing",
    ),
    "versions of a price sheet at two addresses": (
        sub(f"{SHEET}.md", r"^slug: .*$", "slug: ban-le-thang-11"),
        f"{SHEET}.md",
        "slug",
        "versions_differ",
    ),
    "two versions of a price sheet of one day": (
        sub(f"{SHEET}.md", r"^issued_on: .*$", "issued_on: 2026-10-20"),
        f"{SHEET}.md",
        "issued_on",
        "versions_overlap",
    ),
    "a catalogue that forgets its first version": (
        sub("catalogue/bep.md", r"^earlier:\n.*\n", ""),
        "catalogue/bep.md",
        "tệp",
        "versions_missing",
    ),
    "a file that is not text": (write(FAQ, b"---\nid: \xff\xfe\n---\n"), FAQ, "tệp", "not_utf8"),
    "a file with a NUL": (write(FAQ, b"---\nid: BH-01\x00\n---\n"), FAQ, "tệp", "nul_character"),
    "a file of a megabyte": (
        write(FAQ, b"---\nid: BH-01\n---\n" + b"a" * 2**20),
        FAQ,
        "tệp",
        "too_big",
    ),
    "a picture without its content in words": (
        sub(PRODUCT, r"^    alt: .*\n", ""),
        PRODUCT,
        "images.1.alt",
        "missing",
    ),
    "a picture with empty words": (
        sub(PRODUCT, r"^    alt: .*$", '    alt: ""'),
        PRODUCT,
        "images.1.alt",
        "empty",
    ),
    "a picture that is not there": (
        sub(PRODUCT, r"nc-10m\.svg", "nc-10.svg"),
        PRODUCT,
        "images.1.file",
        "no_such_file",
    ),
    "a picture outside its folder": (
        sub(PRODUCT, r"nc-10m\.svg", "../nc-10m.svg"),
        PRODUCT,
        "images.1.file",
        "picture_name",
    ),
    "a drawing with a script": (
        swap(DRAWING, "<rect", "<script>alert(1)</script><rect"),
        PRODUCT,
        "images.1.file",
        "unsafe_picture",
    ),
    "a drawing that runs when it is loaded": (
        swap(DRAWING, "<rect", '<rect onload="alert(1)"'),
        PRODUCT,
        "images.1.file",
        "unsafe_picture",
    ),
    "a drawing that loads from elsewhere": (
        swap(DRAWING, 'fill="#eef6f1"', 'fill="url(https://example.com/a#b)"'),
        PRODUCT,
        "images.1.file",
        "unsafe_picture",
    ),
    "a drawing with a document type": (
        swap(DRAWING, "<svg", '<!DOCTYPE svg [<!ENTITY a "b">]><svg'),
        PRODUCT,
        "images.1.file",
        "unsafe_picture",
    ),
    "a drawing that is cut off": (
        swap(DRAWING, "</svg>", ""),
        PRODUCT,
        "images.1.file",
        "broken_picture",
    ),
    "a photograph that is not one": (
        write("san-pham/hinh/bt-40d-lap-dat.png", b"GIF89a"),
        "san-pham/bt-40d.md",
        "images.2.file",
        "wrong_picture_kind",
    ),
    "a photograph of gigantic size": (
        write("san-pham/hinh/bt-40d-lap-dat.png", GIGANTIC_PNG),
        "san-pham/bt-40d.md",
        "images.2.file",
        "picture_too_big",
    ),
    "a rice cooker without an energy label": (
        sub(PRODUCT, r"^  energy: .*\n", ""),
        PRODUCT,
        "tệp",
        "no_energy_label",
    ),
    "a discontinued product without its last days": (
        sub(ENDED, r"^end_of_sale:\n(  .*\n)+", ""),
        ENDED,
        "tệp",
        "no_end_of_sale",
    ),
    "a discontinued product that does not say how long there are parts": (
        sub(ENDED, r"^  parts_until: .*\n", ""),
        ENDED,
        "end_of_sale.parts_until",
        "missing",
    ),
    "parts that end before the sale does": (
        sub(ENDED, r"parts_until: .*$", "parts_until: 2025-12-30"),
        ENDED,
        "end_of_sale",
        "dates_reversed",
    ),
    "a replacement that nobody makes": (
        swap(ENDED, "replacement: NC-18C", "replacement: NC-99X"),
        ENDED,
        "end_of_sale.replacement",
        "unknown_reference",
    ),
    "a replacement that is no longer sold": (
        swap(ENDED, "replacement: NC-18C", "replacement: NC-15C"),
        ENDED,
        "end_of_sale.replacement",
        "replacement_ended",
    ),
    "a discontinued product in a catalogue": (
        swap("catalogue/noi-com.md", "[NC-10M", "[NC-15C"),
        "catalogue/noi-com.md",
        "products.1",
        "discontinued_product",
    ),
    "a discontinued product in a price list": (
        sub(f"{SHEET}.csv", r"^NC-10M", "NC-15C"),
        f"{SHEET}.csv",
        "lines.1",
        "discontinued_product",
    ),
    "an opening without a depth": (
        sub("san-pham/bt-40d.md", r"^  depth_mm: .*\n", ""),
        "san-pham/bt-40d.md",
        "cut_out.depth_mm",
        "missing",
    ),
    "a missing data file": (remove("can-cu.yaml"), "can-cu.yaml", "tệp", "missing_file"),
    "a file in the wrong place": (write("ghi-chu.txt", b"x"), "ghi-chu.txt", "tệp", "stray_file"),
}
