"""``/gui/hoa-don/``: ask about an invoice, a balance or a delivery."""

from forms_api import intake, service
from forms_api.web.flow import Flow
from forms_api.web.form_routes import form_blueprint
from forms_api.web.questions import inquiry_questions

FLOW = Flow(
    url="/gui/hoa-don/",
    title="Hỏi hóa đơn, công nợ, giao hàng",
    description="Xin lại hóa đơn, báo hóa đơn sai, đối chiếu công nợ, hỏi hàng đang ở đâu.",
    questions=inquiry_questions,
    read=intake.invoice_inquiry,
    file=service.file_invoice_inquiry,
    template="forms/inquiry",
    send_words="Gửi yêu cầu",
    kept_months=12,
)

blueprint = form_blueprint("inquiries", FLOW)
