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
SHEET = "bang-gia/ban-le-2026-11"
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
    "a file that is not text": (write(FAQ, b"---\nid: \xff\xfe\n---\n"), FAQ, "tệp", "not_utf8"),
    "a file with a NUL": (write(FAQ, b"---\nid: BH-01\x00\n---\n"), FAQ, "tệp", "nul_character"),
    "a file of a megabyte": (
        write(FAQ, b"---\nid: BH-01\n---\n" + b"a" * 2**20),
        FAQ,
        "tệp",
        "too_big",
    ),
    "a missing data file": (remove("can-cu.yaml"), "can-cu.yaml", "tệp", "missing_file"),
    "a file in the wrong place": (write("ghi-chu.txt", b"x"), "ghi-chu.txt", "tệp", "stray_file"),
}
