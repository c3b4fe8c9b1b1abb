"""Whether a customer has to be there for what is promised: nobody takes a day off in vain."""

from collections.abc import Mapping
from typing import Final, Literal

Presence = Literal["remote", "somebody", "in_person"]

PRESENCE: Final[Mapping[Presence, str]] = {
    "remote": "Không cần có mặt",
    "somebody": "Cần có người ở nơi hẹn, ai cũng được",
    "in_person": "Cần chính Quý khách hoặc người được nhờ có mặt",
}
"""Each in words for customers."""
