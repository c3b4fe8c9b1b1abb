"""The content reader: the one parser and checker of ``content/``.

``read`` returns a validated, frozen ``Library``; nothing downstream ever sees a raw dict.
``check`` returns every fault and warning instead of raising.
"""

from service_policy.content.library import Library
from service_policy.content.reader import check, read
from service_policy.content.tree import ContentErrors, Fault

__all__ = ["ContentErrors", "Fault", "Library", "check", "read"]
