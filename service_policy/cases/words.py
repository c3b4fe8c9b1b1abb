"""Vietnamese words for what happened to a case, as its customer reads them; by role, never name."""

from collections.abc import Mapping

EVENT_WORDS: Mapping[str, str] = {
    "received": "Đã nhận phiếu",
    "promise_made": "Đã hẹn",
    "documents_asked": "Quý khách xin tài liệu",
    "documents_sent": "Đã gửi tài liệu",
    "understood_asked": "Hỏi lại: tài liệu có dễ hiểu, đầy đủ không?",
    "owner_named": "Đã có người phụ trách",
    "asker_identified": "Đã xác minh người hỏi",
    "answer_sent": "Đã viết câu trả lời",
    "update_sent": "Đã báo tiến độ",
    "question_asked": "Đã hỏi Quý khách một việc",
    "answer_published": "Có câu trả lời gần với điều Quý khách hỏi vừa được đăng",
    "delivered": "Tin nhắn đã đến tay Quý khách",
    "bounced": "Thư chúng tôi gửi Quý khách bị trả lại",
    "letter_failed": "Thư chúng tôi gửi Quý khách không tới được",
    "customer_reached": "Đã báo Quý khách điều lá thư hỏng muốn nói",
    "answered": "Đã trả lời lần đầu",
    "answer_contested": "Quý khách không coi đó là câu trả lời",
    "pause_started": "Đồng hồ tạm dừng, chờ Quý khách",
    "pause_ended": "Đồng hồ chạy lại",
    "pause_voided": "Quý khách không đồng ý tạm dừng; thời gian được tính đủ",
    "handed_off": "Chuyển cho phòng khác, hạn giữ nguyên",
    "called_back": "Đã gọi lại cho Quý khách",
    "callback_tried": "Đã gọi nhưng chưa gặp Quý khách",
    "recategorised": "Đổi loại phiếu, hạn không lùi",
    "sub_case_opened": "Chúng tôi nhờ bên thứ ba; phiếu của Quý khách vẫn chạy",
    "sub_case_closed": "Bên thứ ba đã làm xong phần của họ",
    "information_added": "Quý khách bổ sung thông tin",
    "contact_recorded": "Đã ghi lời Quý khách nói với chúng tôi",
    "escalated": "Trễ hạn, đã chuyển lên cấp trên",
    "reminded": "Đã nhắc người đang giữ phiếu",
    "progress_due": "Đã nhắc người giữ phiếu báo tiến độ cho Quý khách",
    "progress_missed": "Chúng tôi không báo tiến độ đúng hẹn",
    "resolution_proposed": "Đã viết cách giải quyết",
    "resolution_noticed": "Quý khách đã nhận kết luận",
    "resolution_confirmed": "Phiếu đã đóng",
    "resolution_disputed": "Quý khách không đồng ý; thời gian được tính đủ",
    "refusal_proposed": "Có đề nghị từ chối, chờ người thứ hai đọc lại",
    "refusal_rejected": "Người thứ hai không ký lời từ chối",
    "refusal_lapsed": "Quá hạn đọc lại, coi như không từ chối",
    "refusal_issued": "Từ chối bằng văn bản, có hai người ký",
    "appeal_made": "Quý khách yêu cầu xem xét lại",
    "review_decided": "Đã xem xét lại",
    "case_reopened": "Quý khách mở lại phiếu",
    "case_withdrawn": "Quý khách rút phiếu",
    "case_split": "Tách một phần thành phiếu riêng, giữ ngày nhận cũ",
    "merged_in": "Gộp thêm một phiếu, giữ ngày sớm hơn",
    "case_merged_away": "Đã gộp vào phiếu khác",
    "decided_for_customer": "Quá hạn kết luận, xử theo hướng có lợi cho Quý khách",
    "follow_up_asked": "Hỏi lại: đã hết lỗi chưa?",
    "follow_up_answered": "Quý khách trả lời câu hỏi lại",
    "promise_missed": "Chúng tôi đã trễ hẹn",
    "promise_improved": "Áp bản cam kết mới có lợi hơn",
    "compensation_owed": "Chúng tôi nợ Quý khách thêm một khoản",
    "fact_recorded": "Đã ghi một số liệu có bằng chứng",
    "exemption_claimed": "Đề nghị miễn bù, chờ người thứ hai",
    "exemption_granted": "Miễn bù có bằng chứng; Quý khách được yêu cầu xem xét lại",
    "exemption_lapsed": "Không miễn bù",
    "payment_recorded": "Đã trả tiền",
}
"""What each kind of event says."""

THING_WORDS: Mapping[str, str] = {
    "photo": "ảnh hoặc video",
    "serial": "số sê-ri",
    "invoice": "hóa đơn",
    "order": "mã đơn hàng",
    "address": "địa chỉ",
    "time": "giờ hẹn",
    "choice": "lựa chọn của Quý khách",
    "bank_account": "tài khoản nhận tiền",
    "item": "món hàng",
}
"""The one named thing a customer may be asked for."""

IDENTITY_WORDS: Mapping[str, str] = {
    "called_back_number_on_file": "gọi lại số điện thoại có trong sổ sách của công ty",
    "papers_seen_at_counter": "xem giấy tờ tại quầy",
    "contract_contact_on_file": "hỏi lại người liên hệ ghi trong hợp đồng",
    "answered_from_email_on_file": "thư trả lời từ email ghi trong sổ sách của công ty",
}
"""How staff made sure that an asker may be told figures; each against the company's own books."""

HAND_OFF_WORDS: Mapping[str, str] = {
    "wrong_department": "đến nhầm phòng",
    "expertise": "cần chuyên môn của phòng kia",
    "absence": "người giữ phiếu vắng mặt",
    "customer_request": "Quý khách yêu cầu đổi người",
}
"""Why a case changed hands."""

LETTER_WORDS: Mapping[str, str] = {
    "receipt": "biên nhận",
    "message": "tin nhắn",
    "news": "tin về phiếu",
    "document": "thư kèm tài liệu",
}
"""What a letter that failed was to bring."""

FAILURE_WORDS: Mapping[str, str] = {
    "refused": "máy chủ thư của Quý khách không nhận",
    "no_answer": "gửi lại nhiều lần trong nhiều ngày vẫn không được",
    "unsendable": "địa chỉ email không gửi được",
    "in_doubt": "không rõ thư đã tới hay chưa",
    "bounced": "thư bị trả lại sau khi gửi",
}
"""Why a letter failed."""

WAY_WORDS: Mapping[str, str] = {
    "email": "email",
    "post": "bưu điện",
    "fax": "fax",
    "pick_up": "nhận tại cửa hàng",
}
"""How a document travels."""

OUTCOME_WORDS: Mapping[str, str] = {
    "as_asked": "giải quyết đúng yêu cầu",
    "other_remedy": "giải quyết theo cách khác đã đề nghị",
    "explained": "đã giải thích rõ",
    "refused": "từ chối bằng văn bản",
}
"""How a case ended."""

REMEDY_WORDS: Mapping[str, str] = {
    "repair": "sửa",
    "replace": "đổi sản phẩm",
    "refund": "hoàn tiền",
    "compensate": "bồi thường",
    "redo": "giao lại, làm lại",
    "correct": "sửa cho đúng giấy tờ, số liệu",
}
"""What may be given instead of what was asked."""

WAY_OF_CONTACT: Mapping[str, str] = {
    "phone": "gọi điện",
    "counter": "đến quầy",
    "zalo": "nhắn Zalo",
    "email": "viết email",
    "mail": "gửi thư bưu điện",
    "case": "viết ở hồ sơ liên quan",
}
"""How the customer was heard."""

OWED_WORDS: Mapping[str, str] = {
    "missed": "bù trễ hẹn",
    "refund": "hoàn tiền",
    "late_payment": "thêm vì trả tiền bù trễ",
    "goodwill": "khoản tự quyết",
    "advance": "tạm ứng thiệt hại",
    "damage": "bồi thường thiệt hại",
}
"""Why money is owed."""
