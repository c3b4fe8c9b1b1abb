"""Phones, addresses of mail and tax codes as business systems keep them."""

import re
from typing import Final

from service_policy.digits import plain
from service_policy.ledger.faults import BadCell

LONGEST_MAIL: Final = 200

_MAIL = re.compile(r"[^\s@,;<>\"()]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
_BETWEEN = re.compile(r"[\s.()/-]+")
_WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def contact(text: str, *, typed: bool) -> str:
    """Return a phone number in E.164, an address of mail, or a short number of the house.

    ``typed`` says that a workbook kept it as a number, which loses the zero in front.

    Raises:
        BadCell: it is none of these.
    """
    if "@" in text:
        name, _, domain = text.rpartition("@")
        mail = f"{name}@{domain.lower()}"
        if len(mail) > LONGEST_MAIL or not _MAIL.fullmatch(mail):
            raise BadCell("không phải một địa chỉ email")
        return mail
    bare = _BETWEEN.sub("", plain(text))
    if typed and re.fullmatch(r"[235789][0-9]{8,9}", bare):
        bare = f"0{bare}"
    if re.fullmatch(r"\+[1-9][0-9]{7,14}", bare):
        return bare
    if re.fullmatch(r"0[1-9][0-9]{8,9}", bare):
        return f"+84{bare[1:]}"
    if re.fullmatch(r"84[1-9][0-9]{8,9}", bare):
        return f"+{bare}"
    if re.fullmatch(r"1[89]00[0-9]{4,6}", bare):
        return f"+84{bare}"
    if re.fullmatch(r"[0-9]{2,6}", bare):
        return bare
    raise BadCell("không phải số điện thoại hay email")


def tax_code(text: str, *, typed: bool) -> str:
    """Return a tax code: 10 digits, 10 and 3 (a branch), or the 12 of a personal id.

    The check digit of ten digits is verified. ``typed`` says that a workbook kept it as a number.

    Raises:
        BadCell: it is none.
    """
    bare = _BETWEEN.sub("", plain(text))
    if not (bare.isascii() and bare.isdigit()):
        raise BadCell("mã số thuế là 10, 13 hoặc 12 chữ số")
    if typed and len(bare) in (9, 11):
        bare = f"0{bare}"
    if len(bare) == 12 and 1 <= int(bare[:3]) <= 96:
        return bare
    if len(bare) not in (10, 13):
        raise BadCell("mã số thuế là 10, 13 hoặc 12 chữ số")
    total = sum(weight * int(one) for weight, one in zip(_WEIGHTS, bare[:9], strict=True))
    if 10 - total % 11 != int(bare[9]):
        raise BadCell("mã số thuế sai số kiểm tra")
    return bare if len(bare) == 10 else f"{bare[:10]}-{bare[10:]}"
