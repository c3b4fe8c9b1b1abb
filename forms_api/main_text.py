"""What the customer wrote: of each kind of case, the fields that hold their own words."""

import re
from collections.abc import Mapping
from typing import Any

from service_policy.commitments import CaseKind

MAIN_TEXT: Mapping[CaseKind, tuple[str, ...]] = {
    "complaint": ("description",),
    "invoice_inquiry": ("details", "correct_details"),
    "warranty_claim": ("fault",),
    "document_request": ("details",),
    "question": ("question",),
    "partner_incident": ("description",),
    "data_request": ("details",),
}
"""Named here once; customer, desk, letters and exports all show these."""

_LINK = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,15}://|www\.)\S+"
    r"|(?<![\w.@-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}"
    r"\.(?:com|net|org|vn|info|biz|xyz|top|site|online|shop|club|link|click|me|io|ly|cc|ru|cn)"
    r"(?:[/?:]\S*|(?![\w-]))",
    re.IGNORECASE,
)
LINK_LEFT_OUT = "(địa chỉ trang web, xem trên trang theo dõi)"


def words_of(kind: str, filed: Mapping[str, Any]) -> str:
    """Return the customer's own words, exactly as taken; empty once they are erased."""
    fields = MAIN_TEXT.get(kind, ("description",))  # type: ignore[call-overload]
    return "\n\n".join(str(filed[one]) for one in fields if filed.get(one))


def fit_for_letters(words: str) -> str:
    """Leave the addresses of web pages out of words that go to an address nobody has checked.

    Whoever types somebody else's address must not be able to make us send them his links.
    """
    return _LINK.sub(LINK_LEFT_OUT, words)
