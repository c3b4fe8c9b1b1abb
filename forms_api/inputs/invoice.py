"""E-invoice numbers and tax codes (Decree 254/2026, Circular 91/2026)."""

import re

from stdnum.exceptions import ValidationError
from stdnum.vn import mst

from forms_api.inputs.text import BadInput, digits_and_signs

_SERIES = re.compile(r"[1-9]?[CK]\d{2}[TDLMNBGHXF][A-Z0-9]{2}")
_OLD_SERIES = re.compile(r"[0-9A-Z][0-9A-Z/-]{1,19}")
_PROVINCES = range(1, 97)


def invoice_series(text: str) -> str:
    """Read an invoice series: ``1C26TNK`` (form and series pasted together) or ``C26TNK``.

    Spaces, ``/`` and ``-`` are dropped. Series from before 2022 (``AB/19E``, ``01GTKT0/001``)
    follow no one pattern and are taken as they are.
    """
    typed = digits_and_signs(text, 40).upper()
    bare = re.sub(r"[\s/-]", "", typed)
    if _SERIES.fullmatch(bare):
        return bare
    old = re.sub(r"\s", "", typed)
    if _OLD_SERIES.fullmatch(old):
        return old
    raise BadInput("Nhập ký hiệu như in trên hóa đơn, ví dụ 1C26TNK.")


def invoice_number(text: str) -> str:
    """Read an invoice number of up to eight digits, leading zeros dropped: ``1234``."""
    typed = re.sub(r"(?<=[0-9])[ .-](?=[0-9])", "", digits_and_signs(text, 40))
    if not re.fullmatch(r"[0-9]{1,20}", typed) or not 1 <= int(typed) <= 99_999_999:
        raise BadInput("Nhập số hóa đơn bằng chữ số, không quá 8 chữ số, ví dụ 00001234.")
    return str(int(typed))


def tax_code(text: str) -> str:
    """Read a tax code: 10 digits, 10 and 3 (a branch), or the 12 digits of a personal id.

    The check digit is verified. Since July 2025 family businesses use the personal id,
    which begins with a province code of 001 to 096.
    """
    typed = re.sub(r"[\s.-]", "", digits_and_signs(text, 40))
    if re.fullmatch(r"[0-9]{12}", typed):
        if int(typed[:3]) not in _PROVINCES:
            raise BadInput("Số định danh 12 chữ số không đúng; kiểm tra lại ba chữ số đầu.")
        return typed
    if not re.fullmatch(r"[0-9]{10}|[0-9]{13}", typed):
        raise BadInput("Nhập mã số thuế 10 hoặc 13 chữ số, hoặc số định danh 12 chữ số.")
    try:
        valid: str = mst.validate(typed)
    except ValidationError:
        raise BadInput("Mã số thuế không đúng số kiểm tra; kiểm tra lại từng chữ số.") from None
    return valid if len(valid) == 10 else f"{valid[:10]}-{valid[10:]}"
