"""``/gui/hoa-don/``: ask about an invoice, a balance or a delivery."""

from forms_api import intake, service, words
from forms_api.web.flow import Flow
from forms_api.web.form_routes import form_blueprint
from forms_api.web.questions import inquiry_questions
from service_policy.segments import Matrix


def _head(matrix: Matrix) -> tuple[str, str]:
    """Return title and description: they name what this company can be asked about."""
    balances = ", đối chiếu công nợ" if matrix.allowed("credit") else ""
    deliveries = ", hỏi hàng đang ở đâu" if matrix.delivers else ""
    asked = f"Xin lại hóa đơn, báo hóa đơn sai{balances}{deliveries}."
    return f"Hỏi hóa đơn{words.also_asked(matrix)}", asked


FLOW = Flow(
    url="/gui/hoa-don/",
    headed=_head,
    questions=inquiry_questions,
    read=intake.invoice_inquiry,
    file=service.file_invoice_inquiry,
    template="forms/inquiry",
    send_words="Gửi yêu cầu",
    kept_months=12,
)

blueprint = form_blueprint("inquiries", FLOW)
