"""What the forms of a complaint and of an inquiry ask, in the words customers use."""

from collections.abc import Mapping
from dataclasses import replace

from forms_api import words
from forms_api.inputs.contact import LONGEST_NAME, LONGEST_PHONE
from forms_api.intake import DESCRIPTION_LENGTH
from forms_api.web.fields import Choice, Field, Questions, Section
from service_policy.content import Library

NAME = Field(
    "name",
    "Họ và tên",
    "line",
    "Full name of a person or a company in one field.",
    required=True,
    longest=LONGEST_NAME,
    autocomplete="name",
    width="l",
)
PHONE = Field(
    "phone",
    "Số điện thoại",
    "phone",
    "Phone number as people write it, an extension (máy lẻ 12, ext 12) included; phone or email "
    "is needed.",
    depends=True,
    hint="Ví dụ 0912 345 678",
    longest=LONGEST_PHONE,
    autocomplete="tel",
    width="m",
)
EMAIL = Field(
    "email",
    "Email",
    "email",
    "E-mail address; phone or email is needed.",
    depends=True,
    hint="Chúng tôi gửi biên nhận tới đây ngay",
    longest=320,
    autocomplete="email",
    width="l",
)
PRIORITY = Field(
    "priority",
    "Tôi cần được ưu tiên",
    "tick",
    "Asks for priority service; no reason is asked.",
    hint="Người cao tuổi, người khuyết tật, phụ nữ mang thai, nuôi con nhỏ… Chúng tôi không hỏi "
    "lý do.",
)
MARKETING = Field(
    "marketing_consent",
    "Tôi muốn nhận tin về sản phẩm mới",
    "tick",
    "Consent to news about products. Separate from the complaint and never assumed.",
    hint="Không bắt buộc, tắt lúc nào cũng được. Không ảnh hưởng gì tới phiếu này.",
)
CONTACT_HINT = "Cần số điện thoại hoặc email, có một trong hai là đủ."


def _code(name: str, label: str, about: str, *, hint: str = "", width: str = "m") -> Field:
    return Field(name, label, "line", about, hint=hint, longest=60, width=width)


TAX_CODE = _code(
    "tax_code",
    "Mã số thuế của bên mua",
    "Tax code of the buyer: 10 or 13 digits, or a 12-digit personal id.",
    hint="10 hoặc 13 chữ số, hoặc số định danh 12 chữ số",
)


def _choices(table: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(code, label) for code, label in table.items())


def segment_field(library: Library) -> Field:
    """Return the question what kind of customer asks; where there is one kind, nobody is asked."""
    matrix = library.policy.matrix
    return Field(
        "segment",
        "Quý khách là",
        "hidden" if matrix.one_segment else "radios",
        "Who is asking; deadlines depend on it.",
        required=not matrix.one_segment,
        choices=_choices(words.segments(matrix)),
    )


def product_field(name: str, library: Library) -> Field:
    """Return the question for a product; any other text is taken, and of nothing to choose from."""
    groups = {
        group.family.name: tuple(Choice(one.id, f"{one.name} ({one.id})") for one in group.products)
        for group in library.by_family(library.products)
    }
    return Field(
        name,
        "Sản phẩm" if groups else "Sản phẩm, dịch vụ",
        "select" if groups else "line",
        "Product code, such as NC-10M; any text is taken.",
        groups=groups,
        open=True,
        longest=60,
        width="l",
    )


def _marketing(library: Library) -> Field:
    """Return the question for consent to news: of goods, or of services where none are sold."""
    if library.policy.matrix.delivers:
        return MARKETING
    return replace(MARKETING, label="Tôi muốn nhận tin về dịch vụ mới")


def complaint_questions(library: Library) -> Questions:
    """Return the questions of a complaint; categories and products come from the content."""
    what = (
        Field(
            "category",
            "Chuyện thuộc loại nào?",
            "radios",
            "Code of the complaint category; the published table is at /khieu-nai/.",
            required=True,
            choices=tuple(Choice(one.id, one.title) for one in library.policy.categories),
        ),
        Field(
            "description",
            "Kể lại sự việc",
            "text",
            f"What happened, {DESCRIPTION_LENGTH[0]} to {DESCRIPTION_LENGTH[1]} characters after "
            "NFC.",
            required=True,
            hint="Chuyện gì, ở đâu, ai đã làm gì. Viết không dấu cũng được. Không cần chứng minh; "
            "chúng tôi sẽ tự kiểm tra.",
            shortest=DESCRIPTION_LENGTH[0],
            longest=DESCRIPTION_LENGTH[1],
        ),
        Field(
            "occurred_on",
            "Xảy ra ngày nào",
            "day",
            "Day it happened, not in the future; ISO or day/month/year. Without a year it is the "
            "nearest past one.",
            hint="Ví dụ 21/11/2026",
            longest=40,
            width="m",
        ),
    )
    thing = (
        product_field("product_code", library),
        _code("serial", "Số sê-ri", "Serial number.", hint="In trên tem ở đáy hoặc lưng máy"),
        _code("order_no", "Mã đơn hàng", "Order number."),
        _code("invoice_no", "Số hóa đơn", "Invoice number, any spelling."),
    )
    wish = (
        Field(
            "remedy_wanted",
            "Quý khách muốn chúng tôi làm gì?",
            "radios",
            "What would put it right.",
            choices=_choices(words.REMEDIES),
        ),
    )
    place = (
        Field(
            "province",
            "Tỉnh, thành phố",
            "line",
            "Province or city.",
            longest=100,
            autocomplete="address-level1",
            width="l",
        ),
        Field(
            "commune",
            "Xã, phường",
            "line",
            "Commune or ward; names from before July 2025 are fine.",
            hint="Địa chỉ cũ cũng được",
            longest=100,
            autocomplete="address-level2",
            width="l",
        ),
    )
    return Questions(
        (
            Section("su-viec", "Chuyện gì đã xảy ra", what),
            Section(
                "hang-hoa",
                "Món hàng hoặc đơn hàng" if library.policy.matrix.delivers else "Việc đã làm",
                thing,
                "Có gì điền nấy. Thiếu mã chúng tôi vẫn nhận và tự tra.",
            ),
            Section("mong-muon", "Cách giải quyết", wish),
            Section(
                "lien-he",
                "Chúng tôi trả lời ai",
                (segment_field(library), NAME, PHONE, EMAIL, *place),
                CONTACT_HINT,
            ),
            Section("lua-chon", "Hai lựa chọn thêm", (PRIORITY, _marketing(library))),
        )
    )


def inquiry_questions(library: Library) -> Questions:
    """Return the questions about an invoice, a balance or a delivery."""
    matrix = library.policy.matrix
    topic = (
        Field(
            "topic",
            "Quý khách cần gì?",
            "radios",
            "What is asked.",
            required=True,
            choices=_choices(words.topics(matrix)),
        ),
        Field(
            "details",
            "Nói thêm",
            "text",
            "Anything else that helps.",
            longest=DESCRIPTION_LENGTH[1],
        ),
    )
    invoice = (
        _code(
            "invoice_series",
            "Ký hiệu hóa đơn",
            "Invoice series, such as 1C26TNK; spaces, / and - are ignored.",
            hint="Ví dụ 1C26TNK, in ở góc trên hóa đơn",
        ),
        _code("invoice_no", "Số hóa đơn", "Invoice number, up to eight digits.", hint="Ví dụ 1234"),
        Field(
            "invoice_date",
            "Ngày hóa đơn",
            "day",
            "Invoice date, not in the future; ISO or day/month/year.",
            hint="Ví dụ 21/11/2026",
            longest=40,
            width="m",
        ),
        *((TAX_CODE,) if matrix.allowed("tax_code") else ()),
        Field(
            "total_vnd",
            "Tổng tiền trên hóa đơn",
            "money",
            "Total in đồng.",
            hint="Ví dụ 1.200.000, 500k hoặc 1tr2",
            longest=40,
            width="m",
        ),
        _code("order_no", "Mã đơn hàng", "Order number."),
    )
    wrong = (
        Field(
            "error_kind",
            "Hóa đơn sai chỗ nào?",
            "radios",
            "What is wrong on the invoice; the way to correct it depends on it.",
            choices=_choices(words.INVOICE_ERRORS),
        ),
        Field(
            "correct_details",
            "Thông tin đúng",
            "text",
            "What the invoice should say.",
            longest=DESCRIPTION_LENGTH[1],
        ),
    )
    return Questions(
        (
            Section("viec-can", "Việc cần hỏi", topic),
            Section(
                "hoa-don",
                "Hóa đơn hoặc đơn hàng",
                invoice,
                "Có gì điền nấy. Càng đủ càng nhanh, thiếu chúng tôi vẫn nhận.",
            ),
            Section(
                "cho-sai", "Nếu hóa đơn sai", wrong, "Bỏ qua phần này nếu hóa đơn không sai gì."
            ),
            Section(
                "lien-he",
                "Chúng tôi trả lời ai",
                (segment_field(library), NAME, PHONE, EMAIL),
                CONTACT_HINT,
            ),
            Section("lua-chon", "Lựa chọn thêm", (PRIORITY,)),
        )
    )
