"""What the form asks that brings documents or starts a quote."""

from dataclasses import replace

from forms_api import intake_documents as intake
from forms_api import words
from forms_api.inputs.contact import LONGEST_PHONE
from forms_api.web.fields import Choice, Field, Questions, Section
from forms_api.web.questions import CONTACT_HINT, EMAIL, NAME, PHONE, product_field, segment_field
from service_policy.content import Library

KINDS = {"bang-gia": "Bảng giá", "catalogue": "Catalogue", "bao-hanh": "Thủ tục bảo hành"}


EMAIL_WAITS = "Email, gửi khi hệ thống thư có lại (đang tạm dừng)"


def document_questions(library: Library, *, letters_wait: bool = False) -> Questions:
    """Return the questions; documents and products come from the content.

    ``letters_wait`` says that there is no mail server now: nothing comes at once by e-mail.
    """
    return Questions(
        (
            Section("tai-lieu", "Quý khách cần tài liệu nào", _what(library)),
            *((_quote(library),) if library.policy.matrix.allowed("quotes") else ()),
            Section("cach-nhan", "Nhận bằng cách nào", _way(letters_wait)),
            Section(
                "lien-he", "Gửi cho ai", (segment_field(library), NAME, PHONE, EMAIL), CONTACT_HINT
            ),
        )
    )


def _what(library: Library) -> tuple[Field, ...]:
    groups: dict[str, dict[str, Choice]] = {title: {} for title in KINDS.values()}
    for issue in library.register.issues:
        choice = Choice(issue.id, f"{issue.title} ({issue.id})")
        groups[KINDS[issue.kind]].setdefault(issue.id, choice)
    document = Field(
        "id",
        "Tài liệu",
        "select",
        "Id of a document in the register, such as BG-2026.11.",
        required=True,
        groups={title: tuple(found.values()) for title, found in groups.items() if found},
        open=True,
        empty="Không thêm",
        width="l",
    )
    documents = (
        Field(
            "document_ids",
            "Tài liệu cần nhận",
            "rows",
            "Ids of documents in the register (such as BG-2026.11, see /tai-lieu/), needed unless "
            "a quote is asked for. Of an expired or replaced one today's copy is sent.",
            hint="Bản cũ hoặc hết hiệu lực: chúng tôi gửi bản đang hiệu lực và nói rõ. Chỉ xin báo "
            "giá thì bỏ trống.",
            columns=(document,),
            count=intake.MOST_DOCUMENTS,
        ),
        Field(
            "version_shown",
            "Phiên bản đang có",
            "hidden",
            "Version of the first document that the asker has in hand.",
        ),
    )
    issued = bool(library.register.issues)
    return (
        # Who has issued nothing can only be asked for a quote.
        *(documents if issued else ()),
        Field(
            "purpose",
            "Quý khách xin để làm gì?",
            "radios",
            "What the documents are for; ``quote`` asks for a quote and needs lines.",
            required=True,
            choices=tuple(
                Choice(code, label)
                for code, label in words.purposes(library.policy.matrix).items()
                if issued or code == "quote"
            ),
        ),
        Field(
            "details",
            "Nói thêm",
            "text",
            "Anything else that helps.",
            longest=intake.LONGEST_DETAILS,
        ),
    )


def _quote(library: Library) -> Section:
    return Section(
        "bao-gia",
        "Nếu xin báo giá",
        (_lines(library),),
        "Bỏ trống nếu chỉ xin tài liệu. Đây là yêu cầu báo giá, chưa phải đặt hàng, chưa "
        "phải giao kết hợp đồng.",
    )


def _lines(library: Library) -> Field:
    return Field(
        "quote_lines",
        "Sản phẩm cần báo giá" if library.products else "Việc cần báo giá",
        "rows",
        "Lines to be quoted. It is a request, not an order and not a contract.",
        columns=(
            replace(product_field("product_code", library), required=True),
            Field(
                "quantity",
                "Số lượng",
                "number",
                "How many, a whole number from 1.",
                required=True,
                width="s",
            ),
            Field("unit", "Đơn vị", "line", "Unit; cái when left out.", longest=20, width="s"),
        ),
        count=intake.MOST_LINES,
    )


def _way(letters_wait: bool) -> tuple[Field, ...]:
    ways = {**words.SEND_BY, "email": EMAIL_WAITS} if letters_wait else words.SEND_BY
    return (
        Field(
            "send_by",
            "Cách nhận",
            "radios",
            "How the documents come; e-mail goes out at once.",
            required=True,
            choices=tuple(Choice(code, label) for code, label in ways.items()),
        ),
        Field(
            "format",
            "Dạng tài liệu",
            "select",
            "Format; a document without it comes as PDF.",
            choices=tuple(Choice(code, label) for code, label in words.DOCUMENT_FORMATS.items()),
            empty="Tệp PDF",
            width="m",
        ),
        Field(
            "address",
            "Địa chỉ nhận bưu điện",
            "line",
            "Postal address, needed for ``post``.",
            depends=True,
            longest=300,
            autocomplete="address-line1",
        ),
        Field(
            "fax",
            "Số fax",
            "phone",
            "Fax number, needed for ``fax``.",
            depends=True,
            longest=LONGEST_PHONE,
            width="m",
        ),
        Field(
            "shop",
            "Cửa hàng đến lấy",
            "line",
            "Shop or place, needed for ``pick_up``.",
            depends=True,
            hint="Tên cửa hàng, hoặc tỉnh và xã, phường để chúng tôi tìm nơi gần nhất",
            longest=200,
        ),
        Field(
            "copies",
            "Số bản in",
            "number",
            f"Printed copies, up to {intake.MOST_COPIES}.",
            width="s",
        ),
        Field(
            "need_by",
            "Cần trước ngày",
            "day",
            "Day by which they are needed, today or later; ISO or day/month/year.",
            hint="Ví dụ 30/11/2026",
            longest=40,
            width="m",
        ),
    )
