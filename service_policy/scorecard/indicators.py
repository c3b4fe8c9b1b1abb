"""What K1 to K12 mean, and how a figure is judged and written: integers in, never flattering.

A number on any page links to one of these definitions. A percentage has one decimal and is cut
towards the worse side: down where more is better, up where less is better. So a written figure
reaches a target exactly when the real one does, and 99.96 % is never shown as 100 %.
"""

from dataclasses import dataclass
from typing import Literal

from service_policy.promises.commitment import IndicatorId
from service_policy.text import NO_BREAK_SPACE, whole
from service_policy.weekly_check import CHECKED_WITHIN

Better = Literal["high", "low"]
Standing = Literal["kept", "missed", "published", "small", "empty", "no_data"]
"""How a figure stands: against its target, published without one, or why it cannot be judged."""

SMALL_SAMPLE = 10
"""Fewer cases than this are shown as counts: one case more or less would move the rate too far."""

STANDING_WORDS: dict[Standing, str] = {
    "kept": "Đạt",
    "missed": "Trật",
    "published": "Công bố",
    "small": "Chưa đủ mẫu",
    "empty": "Không có ca nào trong kỳ",
    "no_data": "Chưa có dữ liệu",
}
"""What readers see for each standing; the word stands wherever the colour does."""


def tenths(numerator: int, denominator: int, better: Better) -> int:
    """Return a share in tenths of a per cent, cut towards the worse side.

    ``tenths(3899, 4000, "high")`` is 974 (97,4 %, not 97,5 %).

    Raises:
        ValueError: the denominator is not positive; without cases there is no percentage.
    """
    if denominator <= 0:
        raise ValueError("a percentage needs at least one case")
    if better == "high":
        return numerator * 1000 // denominator
    return -(-numerator * 1000 // denominator)


def percent(value: int) -> str:
    """Write tenths of a per cent the Vietnamese way: 975 becomes ``97,5 %``."""
    return f"{value // 10},{value % 10}{NO_BREAK_SPACE}%"


def standing(
    numerator: int | None, denominator: int | None, better: Better, target: int | None
) -> Standing:
    """Judge a figure; ``target`` is in whole per cent. The comparison is exact."""
    if numerator is None or denominator is None:
        return "no_data"
    if denominator == 0:
        return "empty"
    if denominator < SMALL_SAMPLE:
        return "small"
    if target is None:
        return "published"
    reached, wanted = numerator * 100, target * denominator
    kept = reached >= wanted if better == "high" else reached <= wanted
    return "kept" if kept else "missed"


def counts(numerator: int, denominator: int) -> str:
    """Write both counts: ``2.713 trên 2.914``."""
    return f"{whole(numerator)} trên {whole(denominator)}"


def written(numerator: int | None, denominator: int | None, better: Better) -> str:
    """Write a figure: a percentage, or in words why there is none. Never 100 % without cases."""
    if numerator is None or denominator is None:
        return "chưa có dữ liệu"
    if denominator == 0:
        return "không có ca nào"
    if denominator < SMALL_SAMPLE:
        return f"{counts(numerator, denominator)}, chưa đủ mẫu"
    return percent(tenths(numerator, denominator, better))


SourceId = Literal["events", "orders", "checks"]


@dataclass(frozen=True)
class Indicator:
    """One indicator.

    Attributes:
        formula: numerator and denominator in words; ``{limit}`` is the time limit that it measures,
            ``{repeat}`` the time within which a fault counts as the same one again.
        unit: what the denominator counts.
        target: whole per cent, or None for what is published without a target.
        source: where the figure comes from; None while nothing is connected.
        better: which direction is good; it also decides how a percentage is cut.
        money: whether it also publishes an amount of đồng and a number of cases.
    """

    id: IndicatorId
    name: str
    formula: str
    unit: str
    target: int | None
    source: SourceId | None = "events"
    better: Better = "high"
    money: bool = False

    @property
    def source_words(self) -> str:
        """The source for readers."""
        return _SOURCES[self.source]

    @property
    def anchor(self) -> str:
        """The id of its definition on the page."""
        return f"dinh-nghia-{self.id.lower()}"

    @property
    def target_words(self) -> str:
        """The target for readers, without signs that some fonts lack."""
        if self.target is None:
            return "công bố, không đặt mục tiêu"
        if self.better == "low":
            return f"không quá {self.target}\u00a0%"
        return "100\u00a0%" if self.target == 100 else f"từ {self.target}\u00a0% trở lên"


_SOURCES: dict[SourceId | None, str] = {
    "orders": "Tệp đơn hàng nhập hằng tháng, công bố kèm mã băm và số dòng.",
    "events": "Sự kiện máy của hồ sơ, đã bỏ mọi thông tin cá nhân, công bố kèm mã băm và số dòng.",
    "checks": "Sự kiện máy của lần kiểm tra tài liệu hằng tuần, công bố kèm mã băm và số lần kiểm "
    "tra.",
    None: "Nguồn số liệu chưa được nối; đến khi nối, trang ghi “chưa có dữ liệu”.",
}

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "K1",
        "Giao đúng hẹn và đủ (OTIF)",
        "Đơn giao trong ngày đã xác nhận, đủ dòng và đủ số lượng, chia cho đơn có ngày giao trong "
        "kỳ. Đơn quá ngày mà chưa giao vẫn nằm ở mẫu số.",
        "đơn",
        95,
        "orders",
    ),
    Indicator(
        "K2",
        "Trả lời lần đầu đúng hạn",
        "Phiếu có trả lời có nội dung trong hạn, chia cho phiếu có hạn trả lời trong kỳ: đã trả "
        "lời, hoặc đã quá hạn mà còn mở. Câu “đã ghi nhận” không tính là trả lời.",
        "phiếu",
        95,
    ),
    Indicator(
        "K3",
        "Giải quyết đúng hạn",
        "Phiếu giải quyết xong trong hạn, chia cho phiếu có hạn giải quyết trong kỳ: đã xong, hoặc "
        "đã quá hạn mà còn mở.",
        "phiếu",
        90,
    ),
    Indicator(
        "K4",
        "Bảo hành trả đúng hẹn",
        "Phiếu trả máy đúng hoặc trước ngày hẹn, chia cho phiếu có ngày hẹn trong kỳ.",
        "phiếu",
        92,
    ),
    Indicator(
        "K5",
        "Hóa đơn đúng ngay lần đầu",
        "Hóa đơn không phải điều chỉnh, thay thế hay báo sai sót do lỗi bên bán, chia cho hóa đơn "
        "lập trong kỳ.",
        "hóa đơn",
        99,
        None,
    ),
    Indicator(
        "K6",
        "Đơn xử lý trong hạn",
        "Đơn được xác nhận trong {limit} từ lúc nhận, chia cho đơn nhận trong kỳ.",
        "đơn",
        97,
        "orders",
    ),
    Indicator(
        "K7",
        "Lỗi lặp lại",
        "Phiếu sửa cùng số sê-ri, cùng lỗi trong {repeat}, chia cho phiếu sửa trong kỳ.",
        "phiếu sửa",
        3,
        None,
        better="low",
    ),
    Indicator(
        "K8",
        "Kỹ thuật viên đúng giờ",
        "Lượt đến trong khung giờ đã hẹn, chia cho lượt hẹn trong kỳ.",
        "lượt",
        92,
    ),
    Indicator(
        "K9",
        "Lời từ chối đủ 4 mục",
        "Lời từ chối đã đến tay khách bằng văn bản, có điều khoản, bằng chứng và cách yêu cầu xem "
        "xét lại, chia cho lời từ chối trong kỳ.",
        "lời từ chối",
        100,
    ),
    Indicator(
        "K10",
        "Tiền bù đã trả",
        "Tiền bù đã trả trong kỳ, số ca được trả; và khoản trả trong hạn, chia cho khoản có hạn "
        "trả trong kỳ.",
        "khoản",
        None,
        money=True,
    ),
    Indicator(
        "K11",
        "Tài liệu đúng hạn kiểm tra",
        f"Tài liệu được kiểm tra trong {CHECKED_WITHIN.days} ngày gần nhất, chia cho tài liệu "
        "đang đăng.",
        "tài liệu",
        100,
        "checks",
    ),
    Indicator(
        "K12",
        "Từ chối bảo hành",
        "Ca bảo hành bị từ chối trong kỳ, chia cho ca bảo hành có kết luận trong kỳ; kèm số lời từ "
        "chối bị lật lại sau khi xem xét.",
        "ca",
        None,
        better="low",
    ),
)
"""All indicators, in the order of the page (domain brief 4.10)."""

_BY_ID = {one.id: one for one in INDICATORS}


def indicator(indicator_id: IndicatorId) -> Indicator:
    """Return an indicator by its id."""
    return _BY_ID[indicator_id]
