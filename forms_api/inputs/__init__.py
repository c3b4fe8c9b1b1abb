"""Reading what people type into the one spelling the product keeps.

Each function takes what was typed and returns the normal form, or raises ``BadInput`` with a
Vietnamese message that says what to type instead. They know no fields and no forms.
"""

from forms_api.inputs.contact import email, full_name, phone, phone_words
from forms_api.inputs.dates import day, hour
from forms_api.inputs.invoice import invoice_number, invoice_series, tax_code
from forms_api.inputs.money import count, vnd
from forms_api.inputs.text import BadInput, code, line, page_address, paragraphs, searched

__all__ = [
    "BadInput",
    "code",
    "count",
    "day",
    "email",
    "full_name",
    "hour",
    "invoice_number",
    "invoice_series",
    "line",
    "page_address",
    "paragraphs",
    "phone",
    "phone_words",
    "searched",
    "tax_code",
    "vnd",
]
