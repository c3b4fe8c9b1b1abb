"""The Vietnamese words that templates need for codes used in data.

Content and rules use short English codes (``web``, ``working_days``). What a visitor
reads for each of them is decided here, once, so that a page built by Pelican and a page
answered by Flask never use two words for one thing.
"""

from collections.abc import Mapping
from typing import Final

CHANNELS: Final[Mapping[str, str]] = {
    "web": "trang này",
    "phone": "điện thoại",
    "counter": "tại quầy",
    "zalo": "Zalo",
    "mail": "thư điện tử",
    "email": "thư điện tử",
    "partner": "đại lý, điểm nhận hộ",
}

PROMISE_STATES: Final[Mapping[str, str]] = {
    "published": "Đã công bố",
    "running": "Đang tính giờ",
    "paused": "Tạm dừng",
    "kept": "Đã giữ lời",
    "missed": "Đã trễ hẹn",
    "released": "Thôi tính",
}

ASK_URL: Final = "/gui/cau-hoi/"
"""Where somebody asks who found no answer, with the words as ``?q=``: the form for questions."""

FEEDBACK_URL: Final = "/gui/gop-y/"
"""Where a reader says whether a page was clear: ``?trang=``, ``&phien-ban=``, ``&co-ich=``."""
