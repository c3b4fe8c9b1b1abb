"""Who may be told figures of an invoice or a debt: an asker whom staff identified, on the record.

An address that somebody typed proves nothing: debts and invoices are told to whom the company's
own books know. Until staff record how they made sure, a case about invoices is answered without
amounts, statuses and files, and in no other case does a text name sums of an invoice or a debt.
"""

import re
import unicodedata

from service_policy.cases.core.case import Case
from service_policy.cases.core.command import CaseCommand, need
from service_policy.cases.core.event import Event
from service_policy.promises.policy import Policy

FIELD = "identified_by"
"""The field of every form that asks how the asker was identified."""

DISCLOSING_KINDS = frozenset({"invoice_inquiry"})
"""Kinds of cases whose every answer tells of somebody's invoices, debts or deliveries."""

NEEDED = (
    "Chưa ghi đã xác minh người hỏi bằng cách nào. Chọn cách xác minh và ghi đã kiểm tra gì, hoặc "
    "chọn “chưa xác minh được” để gửi câu trả lời không nêu số tiền, tình trạng, không kèm tệp."
)
ONLY_IDENTIFIED = (
    "Việc này cho khách biết số liệu hóa đơn, công nợ: phải ghi đã xác minh người hỏi bằng cách "
    "nào trước đã (mục “Xác minh người hỏi”)."
)
NO_FIGURES = (
    "Chưa xác minh người hỏi nên chưa nêu được số tiền hay tình trạng hóa đơn, công nợ, giao hàng. "
    "Trong lời viết có “{found}”: ghi cách xác minh, hoặc viết lại không nêu."
)
NO_FILES = "Chưa xác minh người hỏi nên chưa gửi tệp. Ghi cách xác minh, hoặc bỏ tệp ra."

_DONG = r"(?:đồng(?! hồ| nghiệp)|nghìn|ngàn|triệu|tỷ|tỉ|dong|nghin|trieu)"
_UNITS = rf"(?:{_DONG}|vnđ|vnd|đ|₫|k|tr|usd|eur)"
_NUMERALS = (
    "một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín|mười|mươi|trăm|chục|vài|mấy|nửa|"
    "mot|bon|nam|sau|bay|tam|chin|muoi|tram|chuc|nua"
)
_AMOUNTS = (
    # Grouped: 1.250.000, 12 500 000; not the tail of a longer number such as a phone's.
    re.compile(r"(?<![\d+])(?<!\d[ .,'’_])[1-9]\d{0,2}(?:[ .,'’_]\d{3})+(?!\d)"),
    # A unit behind a digit, or a sign in front of it: 500k, 12 triệu, 1tr250, $30.
    re.compile(rf"\d ?{_UNITS}(?![^\W\d_])|[$€₫] ?\d"),
    # Five digits and more in one piece; phones and invoice numbers begin with 0, hotlines 1800.
    re.compile(r"(?<![\w+.,/-])(?!1[89]00\d{4})[1-9]\d{4,14}(?![\w/-])"),
    # In words: hai triệu, năm trăm nghìn, hơn triệu rưỡi.
    re.compile(rf"(?<!\w)(?:{_NUMERALS}) {_DONG}(?!\w)|(?<!\w)(?:triệu rưỡi|trieu ruoi)(?!\w)"),
)
_STATUSES = re.compile(
    r"(?<!\w)(?:"
    r"(?:da|chua|vua|dang) (?:duoc )?(?:thanh toan|tra tien|xuat hoa don|huy hoa don|"
    r"giao (?:hang|xong|den|toi|du|thieu|cho))"
    r"|con no|du no|so du|no qua han|qua han thanh toan|het no|khong con no|da tat toan"
    r"|(?:da|chua) nhan (?:duoc )?(?:tien|chuyen khoan)"
    r"|hoa don (?:[\w-]+ ){0,3}(?:da|chua|bi|khong) (?:duoc )?"
    r"(?:xuat|huy|dieu chinh|thay the|gui|ton tai|hop le|co|phat hanh)"
    r")(?!\w)"
)
# Of other cases; our own debts and payments for missed promises are told freely there.
_SUBJECT = re.compile(r"(?<!\w)(?:hoa don|cong no|du no|so du|no qua han)(?!\w)")


def discloses(case: Case, policy: Policy) -> bool:
    """Say whether answering a case tells of invoices, debts or deliveries.

    A complaint that was once in such a category stays one, whatever it was moved to or merged with.
    """
    if case.kind in DISCLOSING_KINDS:
        return True
    found = (policy.category(one) for one in case.categories)
    return any(one is not None and one.discloses for one in found)


def needs_identification(case: Case, policy: Policy) -> bool:
    """Say whether the asker of a disclosing case has still to be identified."""
    return case.identified_by is None and discloses(case, policy)


def check(case: Case, command: CaseCommand, policy: Policy) -> None:
    """Refuse what would tell somebody unidentified of invoices and debts.

    Raises:
        CommandRefused: with the field ``identified_by``, ``text`` or ``files``.
    """
    if case.identified_by is not None:
        return
    secret = discloses(case, policy)
    if secret:
        _need_identified(case, command)
    if command.TELLS in ("nothing", "figures"):
        return
    text = str(getattr(command, "text", "") or "")
    need(not (secret and command.files), "files", NO_FILES)
    found = told(text) if secret else sums_of_invoices(text)
    need(not found, "text", NO_FIGURES.format(found=found))


def _need_identified(case: Case, command: CaseCommand) -> None:
    if command.TELLS == "plain_answer":
        need(getattr(command, "without_figures", False), FIELD, NEEDED)
    need(command.TELLS != "answer", FIELD, ONLY_IDENTIFIED)
    need(not command.shows_figures(case), FIELD, ONLY_IDENTIFIED)


def words_wait(case: Case, event: Event, text: str, policy: Policy) -> bool:
    """Say whether what staff wrote down of a contact waits until the asker is identified.

    A contact is a word of the customer and is always recorded. But staff typed it, and whoever
    reads the page is known only by a receipt: figures stay at the desk until more is known.
    """
    if not _unproven_contact(case, event):
        return False
    return bool(told(text) if discloses(case, policy) else sums_of_invoices(text))


def files_wait(case: Case, event: Event, policy: Policy) -> bool:
    """Say the same of the files that came with it, which nobody can look through for figures."""
    return _unproven_contact(case, event) and discloses(case, policy)


def _unproven_contact(case: Case, event: Event) -> bool:
    return case.identified_by is None and event.RETOLD


def told(text: str) -> str:
    """Return the first amount or status that a text names, as it is written, or nothing.

    Linear in the length of the text.
    """
    plain = _spaced(text)
    found = _STATUSES.search(_bare(plain))
    return _amount(plain) or (plain[found.start() : found.end()] if found else "")


def sums_of_invoices(text: str) -> str:
    """Return the first amount of a text that also speaks of an invoice or a debt, or nothing."""
    plain = _spaced(text)
    return _amount(plain) if _SUBJECT.search(_bare(plain)) else ""


def _amount(plain: str) -> str:
    hits = (pattern.search(plain) for pattern in _AMOUNTS)
    return next((one.group().strip() for one in hits if one), "")


def _spaced(text: str) -> str:
    """Bring a text to lower case, plain digits and single spaces; invisible signs are dropped."""
    # Marks that belong to a Vietnamese letter are part of it now; what is left hides something.
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    seen = (one for one in plain if one.isspace() or unicodedata.category(one) not in _UNSEEN)
    digits = (str(unicodedata.digit(one)) if one.isdecimal() else one for one in seen)
    return " ".join("".join(digits).split())


_UNSEEN = frozenset({"Cf", "Cc", "Co", "Cs", "Cn", "Mn", "Me"})


def _bare(plain: str) -> str:
    """Take the tone marks off, letter by letter, so that places stay the same."""
    return "".join("d" if one == "đ" else unicodedata.normalize("NFD", one)[0] for one in plain)
