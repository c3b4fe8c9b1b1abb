"""What other systems call our columns, in Vietnamese as people write it, folded.

A proposal for whoever maps a file, and nothing else: no file is read by it.
"""

from collections.abc import Mapping
from typing import Final

from service_policy.ledger.tables import TABLES
from service_policy.text import slugify

_EVERYWHERE: Final[Mapping[str, str]] = {
    "customer_id": "mã khách hàng|mã khách|mã kh|mã đối tượng|customer code",
    "order_no": "mã đơn hàng|số đơn hàng|mã đặt hàng|số đơn|order code",
    "sku": "mã hàng|mã sku|mã sản phẩm|mã vật tư|mã hàng hóa|product code",
    "line_no": "stt|số thứ tự|dòng",
    "province": "tỉnh|tỉnh thành|tỉnh/thành phố|tỉnh thành phố",
    "rep_code": "nv bán hàng|nhân viên bán hàng|mã nhân viên",
    "unit_price_vnd": "đơn giá|giá bán|đơn giá chưa thuế|price",
    "vat_rate": "% thuế gtgt|thuế suất|thuế suất gtgt|% thuế",
    "series": "ký hiệu hđ|ký hiệu hóa đơn|ký hiệu",
    "number": "số hóa đơn|số hđ",
    "serial": "số serial|serial|số seri|số sê-ri|imei|serial numbers",
    "slip_no": "số phiếu|mã phiếu|số phiếu bảo hành|số phiếu tiếp nhận",
    "invoice_ref": "số hóa đơn|hóa đơn",
    "charged_vnd": "tiền đã thu|phí|chi phí",
    "fault": "lỗi do|bên sai",
}
_BY_TABLE: Final[Mapping[str, Mapping[str, str]]] = {
    "customers": {
        "name": "tên khách hàng|tên khách|tên kh|họ tên|họ và tên|tên đối tượng",
        "tax_code": "mã số thuế|mst",
        "segment": "nhóm khách hàng|loại khách hàng|loại khách",
        "tier": "hạng|cấp đại lý",
        "area": "khu vực",
    },
    "contacts": {"kind": "loại liên hệ", "value": "điện thoại|số điện thoại|email|liên hệ"},
    "orders": {
        "received_at": "ngày đặt hàng|ngày đặt|ngày tạo|thời gian tạo|ngày đơn hàng|purchase date",
        "confirmed_at": "ngày xác nhận|thời gian xác nhận",
        "due_on": "ngày hẹn giao|ngày giao dự kiến|hẹn giao|ngày giao hàng dự kiến",
        "due_at": "giờ hẹn giao",
        "urgent": "giao gấp|khẩn",
        "cancelled_at": "ngày hủy|thời gian hủy",
        "cancelled_by": "người hủy|bên hủy",
    },
    "order_lines": {
        "qty_ordered": "số lượng|sl|số lượng đặt|sl đặt|quantity",
        "qty_confirmed": "số lượng xác nhận|sl xác nhận",
        "qty_short": "số lượng thiếu|sl thiếu",
        "shortage_told_at": "ngày báo thiếu|thời gian báo thiếu",
        "restock_on": "ngày có hàng|ngày hàng về",
    },
    "deliveries": {
        "delivery_no": "mã giao hàng|số phiếu giao|số phiếu xuất|mã phiếu giao|delivery code",
        "route": "tuyến|mã tuyến",
        "planned_on": "ngày dự kiến|ngày kế hoạch",
        "shipped_at": "ngày xuất kho|ngày gửi|ngày gửi hàng|thời gian xuất kho",
        "delivered_at": "ngày giao|ngày giao hàng|thời gian giao|thời gian giao hàng",
        "result": "trạng thái|trạng thái giao hàng|kết quả giao",
        "carrier": "đơn vị vận chuyển|hãng vận chuyển|đối tác giao hàng",
        "awb": "mã vận đơn|số vận đơn",
        "cartons": "số kiện|số thùng",
        "damaged_cartons": "số kiện hư|số thùng hư",
    },
    "delivery_lines": {"delivery_no": "mã giao hàng|số phiếu giao", "qty": "số lượng|sl"},
    "tracking": {
        "carrier": "đơn vị vận chuyển",
        "awb": "mã vận đơn|số vận đơn|order number|label id",
        "at": "thời gian|thời điểm|action time|order statusdate|time",
        "code": "mã trạng thái|trạng thái|status|status id|order status",
        "words": "diễn giải|mô tả trạng thái",
        "town": "bưu cục|địa điểm",
        "reason_code": "mã lý do|reason code|reason",
    },
    "invoices": {
        "issued_on": "ngày hóa đơn|ngày hđ|ngày lập|ngày phát hành",
        "issued_at": "thời gian phát hành|thời gian ký",
        "sent_at": "thời gian gửi|ngày gửi",
        "buyer_tax_code": "mã số thuế|mst|mst người mua|mã số thuế người mua",
        "total_vnd": "tổng tiền|tổng thanh toán|tổng tiền thanh toán|tổng cộng tiền thanh toán",
        "due_on": "hạn thanh toán|ngày đến hạn",
        "relation": "tính chất hóa đơn|loại hóa đơn|tính chất",
        "ref_number": "số hóa đơn liên quan|số hóa đơn gốc",
        "ref_series": "ký hiệu hóa đơn liên quan|ký hiệu hóa đơn gốc",
        "lookup_code": "mã tra cứu",
    },
    "invoice_lines": {"qty": "số lượng|sl"},
    "payments": {
        "payment_no": "số chứng từ|số phiếu thu|mã phiếu thu",
        "paid_on": "ngày chứng từ|ngày thu|ngày hạch toán|ngày thanh toán",
        "vnd": "số tiền|số tiền thu",
        "memo": "lý do thu|diễn giải|nội dung",
    },
    "serials": {
        "made_on": "ngày sản xuất",
        "sold_on": "ngày bán",
        "activated_on": "ngày kích hoạt",
        "purchase_phone": "điện thoại|số điện thoại",
    },
    "warranty_slips": {
        "received_at": "ngày nhận|ngày tiếp nhận|thời gian nhận",
        "promised_return_on": "ngày hẹn trả|hẹn trả",
        "place": "nơi sửa|nơi tiếp nhận",
        "fault_code": "mã lỗi",
        "part_no": "mã linh kiện",
        "returned_at": "ngày trả|ngày trả máy|thời gian trả",
        "loan_sku": "máy dùng tạm",
        "result": "kết quả",
    },
    "visits": {
        "visit_no": "mã lịch hẹn|số lịch hẹn|mã lượt",
        "planned_on": "ngày hẹn",
        "window_start": "hẹn từ|từ giờ",
        "window_end": "hẹn đến|đến giờ",
        "arrived_at": "giờ đến|thời gian đến",
        "result": "kết quả",
    },
    "calls": {
        "call_id": "mã cuộc gọi",
        "direction": "chiều gọi|hướng gọi|loại cuộc gọi",
        "number": "số điện thoại|số gọi",
        "started_at": "thời gian bắt đầu|bắt đầu|thời gian gọi",
        "answered_at": "thời gian nghe|nghe máy",
        "ended_at": "thời gian kết thúc|kết thúc",
    },
    "stock": {
        "as_of": "ngày|ngày tồn",
        "warehouse": "kho|mã kho|tên kho",
        "on_hand": "tồn|tồn kho|số lượng tồn|tồn cuối",
        "expected_on": "ngày hàng về",
    },
}

WORDS: Final[Mapping[str, str]] = {
    "goc": "original",
    "hoa-don-goc": "original",
    "thay-the": "replace",
    "dieu-chinh": "adjust",
    "da-giao": "delivered",
    "da-giao-hang": "delivered",
    "giao-thanh-cong": "delivered",
    "giao-mot-phan": "partial",
    "tu-choi": "refused",
    "khach-tu-choi": "refused",
    "mat": "lost",
    "that-lac": "lost",
    "goi-den": "in",
    "goi-vao": "in",
    "goi-di": "out",
    "goi-ra": "out",
    "dien-thoai": "phone",
    "email": "email",
    "zalo": "zalo",
}
"""Words that systems write where we have a choice, folded, and ours."""


def called(name: str) -> str:
    """Return the name of a column as names are compared: without accents, stars and signs."""
    return slugify(name.replace("%", " phan tram ").replace("(*)", " ").replace("*", " "))


def columns_called(table: str) -> Mapping[str, str]:
    """Return our columns of a table by what others call them, our own names among them."""
    found: dict[str, str] = {}
    for column in TABLES[table].columns:
        own = _BY_TABLE.get(table, {}).get(column.name, "")
        general = _EVERYWHERE.get(column.name, "")
        for name in (column.name, *own.split("|"), *general.split("|")):
            if name:
                found.setdefault(called(name), column.name)
    return found
