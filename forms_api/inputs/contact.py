"""How to reach a person: name, phone, e-mail."""

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from forms_api.inputs.text import BadInput, digits_and_signs, line

_PHONE_CHARACTERS = re.compile(r"[0-9+()./\s–-]+")
_NOT_A_PHONE = "Nhập số điện thoại có thật, ví dụ 0912 345 678 hoặc 028 3825 1234."
_NOT_AN_EMAIL = "Nhập một địa chỉ email đầy đủ, ví dụ ten@tenmien.vn."


def full_name(text: str) -> str:
    """Read a name, in one field as Vietnamese names are; any letters, ``'`` and ``-`` allowed."""
    name = line(text, 100)
    if not any(character.isalpha() for character in name):
        raise BadInput("Nhập họ và tên bằng chữ.")
    if any(character.isdigit() or character in '<>{}[]|\\^~=@#$%*_"' for character in name):
        raise BadInput("Họ và tên chỉ gồm chữ, dấu cách, dấu nháy và gạch nối.")
    return name


def phone(text: str) -> str:
    """Read a phone number into E.164 (``+84912345678``); Vietnam's unless it says otherwise.

    Mobile and fixed numbers and businesses' 1800/1900 numbers are taken.
    """
    typed = digits_and_signs(text, 40)
    if not _PHONE_CHARACTERS.fullmatch(typed):
        raise BadInput(_NOT_A_PHONE)
    try:
        number = phonenumbers.parse(typed.replace("/", " "), "VN")
    except phonenumbers.NumberParseException:
        raise BadInput(_NOT_A_PHONE) from None
    if not phonenumbers.is_valid_number(number):
        raise BadInput(_NOT_A_PHONE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_words(e164: str) -> str:
    """Write a stored number as people read it: ``0912 345 678``; foreign ones with their code."""
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    style = phonenumbers.PhoneNumberFormat
    if number.country_code != 84:
        return phonenumbers.format_number(number, style.INTERNATIONAL)
    return phonenumbers.format_number(number, style.NATIONAL)


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
