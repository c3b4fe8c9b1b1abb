"""``/gui/khieu-nai/``: file a complaint."""

from forms_api import intake, service
from forms_api.web.flow import Flow, always
from forms_api.web.form_routes import form_blueprint
from forms_api.web.questions import complaint_questions

FLOW = Flow(
    url="/gui/khieu-nai/",
    headed=always(
        "Gửi khiếu nại",
        "Kể sự việc một lần, có mã hồ sơ và ngày trả lời ngay. Không cần tài khoản.",
    ),
    questions=complaint_questions,
    read=intake.complaint,
    file=service.file_complaint,
    template="forms/complaint",
    send_words="Gửi khiếu nại",
    kept_months=36,
)

blueprint = form_blueprint("complaints", FLOW)
