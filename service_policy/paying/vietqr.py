"""The text inside a VietQR picture: fields of two digits, a length of two digits, a value.

The format is EMVCo's merchant-presented code with the fields of NAPAS: ``38`` holds the service's
id and, in ``01``, the bank's BIN and the account; ``63`` is a CRC over all that stands before it,
its own id and length included (CRC-16/CCITT-FALSE).
"""

from dataclasses import dataclass

from service_policy.paying.accounts import BadAccount, account_number

SERVICE = "A000000727"
TO_AN_ACCOUNT = "QRIBFTTA"
DONG = "704"
LONGEST_TEXT = 512
"""Characters of a pasted text that are looked at; real ones have under 200."""
BROKEN = "Đoạn mã QR chép thiếu hoặc sai: quét lại rồi chép cả đoạn, hoặc gõ ngân hàng và số."
NOT_AN_ACCOUNT = "Mã QR này không phải mã nhận chuyển khoản vào tài khoản ngân hàng."


@dataclass(frozen=True)
class QrAccount:
    """The account that a VietQR text names."""

    bank_bin: str
    account: str


def payload(bank_bin: str, account: str, vnd: int, memo: str) -> str:
    """Return the text of a picture that pays ``vnd`` đồng into an account; ``memo`` is ASCII."""
    beneficiary = _field("00", bank_bin) + _field("01", account)
    merchant = _field("00", SERVICE) + _field("01", beneficiary) + _field("02", TO_AN_ACCOUNT)
    body = "".join(
        (
            _field("00", "01"),
            _field("01", "12"),
            _field("38", merchant),
            _field("53", DONG),
            _field("54", str(vnd)),
            _field("58", "VN"),
            _field("62", _field("08", memo)),
            "6304",
        )
    )
    return f"{body}{checksum(body):04X}"


def read(text: str) -> QrAccount:
    """Return the account of a text that somebody copied out of a VietQR picture.

    Raises:
        BadAccount: it is cut short or damaged, or is another kind of code.
    """
    whole = text.strip()
    if len(whole) > LONGEST_TEXT or not whole.isascii():
        raise BadAccount(BROKEN)
    body, given = whole[:-4], whole[-4:]
    if not body.endswith("6304") or given.upper() != f"{checksum(body):04X}":
        raise BadAccount(BROKEN)
    merchant = _fields(_fields(body[:-4]).get("38", ""))
    beneficiary = _fields(merchant.get("01", ""))
    bank_bin, account = beneficiary.get("00", ""), beneficiary.get("01", "")
    known = merchant.get("00") == SERVICE and merchant.get("02", TO_AN_ACCOUNT) == TO_AN_ACCOUNT
    if not (known and len(bank_bin) == 6 and bank_bin.isdigit() and account):
        raise BadAccount(NOT_AN_ACCOUNT)
    return QrAccount(bank_bin, account_number(account))


def checksum(text: str) -> int:
    """Return the CRC-16/CCITT-FALSE of an ASCII text: polynomial 0x1021, from 0xFFFF."""
    crc = 0xFFFF
    for byte in text.encode("ascii"):
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def _field(number: str, value: str) -> str:
    return f"{number}{len(value):02}{value}"


def _fields(text: str) -> dict[str, str]:
    """Take fields apart.

    Raises:
        BadAccount: a length is no number, or leads beyond the end.
    """
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        number, length = text[at : at + 2], text[at + 2 : at + 4]
        if not length.isdigit() or at + 4 + int(length) > len(text):
            raise BadAccount(BROKEN)
        found.setdefault(number, text[at + 4 : at + 4 + int(length)])
        at += 4 + int(length)
    return found
