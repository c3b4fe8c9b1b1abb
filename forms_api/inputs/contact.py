"""How to reach a person or a company: name, phone, e-mail."""

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from forms_api.inputs.text import BadInput, digits_and_signs, line

LONGEST_NAME = 200
"""Characters; the full names of companies take more than a hundred."""
LONGEST_PHONE = 60
EXTENSION = ";ext="
"""What stands between a stored number and its extension."""

_PHONE_CHARACTERS = re.compile(r"[0-9+()./ -]+")
_EXTENSION = re.compile(
    r"(?P<number>[^a-zđ;,]*[0-9)])[\s;,.(/-]*"
    r"(?:(?:số )?(?:máy )?(?:lẻ|nhánh|nội bộ)|(?:so )?(?:may )?(?:le|nhanh|noi bo)|ext(?:ension)?)"
    r"[\s.:=#-]*(?P<extension>[0-9]{1,7})\)?"
)
_NOT_A_PHONE = "Nhập số điện thoại có thật, ví dụ 0912 345 678 hoặc 028 3825 1234 máy lẻ 12."
_WORDS_IN_PHONE = (
    "Ô này chỉ nhận số điện thoại, và số máy lẻ nếu có, ví dụ 028 3825 1234 máy lẻ 12; tên người, "
    "giờ gọi xin ghi ở ô khác."
)
_TWO_PHONES = "Ghi một số điện thoại ở ô này; số thứ hai xin ghi ở phần kể thêm."
_NOT_AN_EMAIL = "Nhập một địa chỉ email đầy đủ, ví dụ ten@tenmien.vn."


def full_name(text: str) -> str:
    """Read the name of a person or a company, in one field: any name that can be printed.

    ``Công ty TNHH MTV 79``, ``3M``, ``Nhà hàng "Sen & Súng" (Quận 1)`` are names; a number alone
    is none. Pages and letters write every name as text, whatever signs stand in it.
    """
    name = line(text, LONGEST_NAME)
    if not any(character.isalpha() for character in name):
        raise BadInput("Nhập họ và tên, hoặc tên công ty, có ít nhất một chữ.")
    return name


def phone(text: str) -> str:
    """Read a phone number into E.164 (``+84912345678``); Vietnam's unless it says otherwise.

    Mobile and fixed numbers and businesses' 1800/1900 numbers are taken. An extension (``máy lẻ
    12``, ``ext 12``) is kept behind the number: ``+842838251234;ext=12``.
    """
    typed = digits_and_signs(text, LONGEST_PHONE).lower()
    found = _EXTENSION.fullmatch(typed)
    number, extension = (found["number"], found["extension"]) if found else (typed, "")
    if re.search("[^\\W\\d_]", number):
        raise BadInput(_WORDS_IN_PHONE if re.search(r"\d{3}", number) else _NOT_A_PHONE)
    if re.search("[,;]", number) or len(re.sub(r"\D", "", number)) >= 18:
        raise BadInput(_TWO_PHONES)
    e164 = _e164(number)
    return f"{e164}{EXTENSION}{extension}" if extension else e164


def _e164(typed: str) -> str:
    if not _PHONE_CHARACTERS.fullmatch(typed):
        raise BadInput(_NOT_A_PHONE)
    try:
        number = phonenumbers.parse(typed.replace("/", " "), "VN")
    except phonenumbers.NumberParseException:
        raise BadInput(_NOT_A_PHONE) from None
    if not phonenumbers.is_valid_number(number):
        raise BadInput(_NOT_A_PHONE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_words(kept: str) -> str:
    """Write a stored number as people read it: ``0912 345 678``; foreign ones with their code."""
    e164, _, extension = kept.partition(EXTENSION)
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return kept
    style = phonenumbers.PhoneNumberFormat
    spelled = style.NATIONAL if number.country_code == 84 else style.INTERNATIONAL
    words = phonenumbers.format_number(number, spelled)
    return f"{words}, máy lẻ {extension}" if extension else words


def email(text: str) -> str:
    """Read exactly one e-mail address, in the ASCII spelling that mail servers take.

    No DNS is asked. Addresses that need SMTPUTF8 are refused, because many servers lose them.
    """
    try:
        found = validate_email(
            line(text, 320), check_deliverability=False, allow_smtputf8=False, test_environment=True
        )
    except EmailNotValidError:
        raise BadInput(_NOT_AN_EMAIL) from None
    if found.ascii_email is None:  # pragma: no cover - allow_smtputf8=False gives one always
        raise BadInput(_NOT_AN_EMAIL)
    return found.ascii_email
