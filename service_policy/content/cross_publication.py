"""Cross-checks of pages that come and go: whatever names one is not on the site without it.

So no day that passes by itself, at night and without an editor, can break a link or a build.
"""

import re
from collections.abc import Iterator
from datetime import date

from service_policy.content.cross_references import Sources
from service_policy.content.faults import Fault
from service_policy.content.library import Library
from service_policy.documents import FaqEntry, Page, PartnerPart
from service_policy.products import Product
from service_policy.publication import Scheduled

Days = tuple[date, date]
"""The first and the last day on the site."""
ALWAYS: Days = (date.min, date.max)
_LINK = re.compile(r"\]\((/[^)\s#?]*)")
_OWN_NAME = (("id",), ("url",))
_AT_HOME = ("home", "questions")
"""Questions of the home page: one that is not on the site is passed over there."""


def nothing_outlives_what_it_names(library: Library, sources: Sources) -> Iterator[Fault]:
    """A page is named only by pages that are on the site within its days."""
    scheduled: tuple[FaqEntry | Product | PartnerPart | Page, ...]
    scheduled = (*library.faq, *library.products, *library.partners, *library.pages)
    passing = {
        name: _days(one) for one in scheduled if _days(one) != ALWAYS for name in (one.id, one.url)
    }
    own = {one.path: _days(one) for one in scheduled}
    own |= {sheet.path: (sheet.issued_on, date.max) for sheet in library.every_sheet}
    for tree in sources.by_file().values():
        begin, end = own.get(tree.file, ALWAYS)
        for path, text in tree.strings():
            for name in {text, *_LINK.findall(text)} & passing.keys():
                first, last = passing[name]
                allowed = path in _OWN_NAME or path[:2] == _AT_HOME
                if not allowed and (begin < first or last < end):
                    yield tree.fault(
                        path,
                        "outlives_page",
                        f"{name} chỉ có {_words(first, last)}, còn nơi nhắc đến nó có lâu hơn",
                        "bỏ chỗ nhắc, hoặc đặt publish_from, publish_until nằm trong khoảng đó",
                    )


def _days(one: Scheduled) -> Days:
    return one.publish_from or date.min, one.publish_until or date.max


def _words(first: date, last: date) -> str:
    begin = f"từ {first:%d/%m/%Y}" if first != date.min else ""
    end = f"đến {last:%d/%m/%Y}" if last != date.max else ""
    return f"{begin} {end}".strip()
