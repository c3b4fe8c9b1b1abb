"""One function per command: the use cases of the desk.

The web layer reads input into a command (``intake``), calls a function here and shows what comes
back. It never touches the store. The functions and what they raise:

``file_complaint(portal, command, key, now) -> Receipt``
``file_invoice_inquiry(portal, command, key, now) -> Receipt``
    ``key`` is the caller's ``Idempotency-Key`` or None.
    Raise ``ValidationFailed``, ``IdempotencyConflict``, ``StoreUnavailable``.
``follow_case(portal, reference, code, now) -> CaseView``
    ``reference`` may be None (the API follows by code alone).
    Raises ``NotFound``, ``StoreUnavailable``.
``email_receipt(portal, reference, code, address, now) -> None``
    Raises ``NotFound``, ``ValidationFailed``, ``StoreUnavailable``.

``portal`` comes from ``portal.open_portal(settings)`` and has ``settings``, ``policy``, ``store``.
``intake.complaint(raw, policy)`` and ``intake.invoice_inquiry(raw, policy)`` turn a mapping of the
contract's field names (from JSON or a form) into a command or raise ``ValidationFailed``.
"""

from forms_api.errors import (
    FieldError,
    IdempotencyConflict,
    NotFound,
    StoreUnavailable,
    ValidationFailed,
)
from forms_api.views import (
    CaseEvent,
    CasePromise,
    CaseView,
    Holder,
    Owner,
    Receipt,
    ReceiptPromise,
)

__all__ = [
    "CaseEvent",
    "CasePromise",
    "CaseView",
    "FieldError",
    "Holder",
    "IdempotencyConflict",
    "NotFound",
    "Owner",
    "Receipt",
    "ReceiptPromise",
    "StoreUnavailable",
    "ValidationFailed",
]
