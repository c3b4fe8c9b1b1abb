"""Where money should go, as people say it: the questions, what becomes of the answers, the words.

The customer's page and the desk ask the same. Whatever is shown of an account is masked here, once
for everybody; the accountant's pay screen alone reads the whole number (``account_of``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forms_api.errors import FieldError, ValidationFailed
from forms_api.kinds.field import Choice, Field
from forms_api.loading import Loaded
from service_policy.actors import Actor
from service_policy.banks import Banks
from service_policy.cases import Case
from service_policy.cases.core.payouts import Payout, PayoutWay
from service_policy.cases.money.payout import PRIVATE_KEY, WAY_WORDS, ChoosePayout, ways
from service_policy.paying import vietqr
from service_policy.paying.accounts import (
    BadAccount,
    account_number,
    holder_name,
    is_unusual,
    masked,
    same_name,
)
from service_policy.promises.policy import Policy

WHOSE: Mapping[str, str] = {
    "mine": "của Quý khách, tên viết khác",
    "family": "của người nhà Quý khách nhờ nhận",
    "company": "của công ty, cửa hàng Quý khách",
    "other": "của người khác Quý khách nhờ nhận",
}
"""Whose an account is that bears another name than the case; it is asked and never refused."""
NAMES = ("way", "bank", "account", "holder", "qr", "place", "whose")
ERASED = "(số tài khoản đã xóa sau khi trả xong)"
UNUSUAL = (
    "Số này không giống số tài khoản thường gặp (6 đến 19 chữ số). Xin Quý khách so lại; đúng rồi "
    "thì không phải làm gì."
)
Private = Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True)
class PayoutView:
    """Where money goes, for people: ``words`` is "" while nobody knows; the number never whole.

    ``ready_at`` is set while a changed account waits. ``failed`` says that the last place did not
    take the money, ``held`` that an extra waits for the answer.
    """

    words: str
    at: datetime | None
    ready_at: datetime | None
    failed: bool
    held: bool
    by_staff: bool
    other_holder: bool


def view(loaded: Loaded, case: Case, policy: Policy, now: datetime) -> PayoutView | None:
    """Show where the money of a case goes; None where nothing is owed and nothing was asked."""
    if not case.open_vnd and not case.payouts:
        return None
    payout = case.payout
    waits = payout is not None and payout.ready_at > now and bool(case.open_vnd)
    return PayoutView(
        words="" if payout is None else words_of(payout, loaded.private, policy),
        at=None if payout is None else payout.at,
        ready_at=payout.ready_at if payout is not None and waits else None,
        failed=bool(case.payouts) and case.payouts[-1].failed_at is not None,
        held=bool(case.extras_held) and payout is None,
        by_staff=payout is not None and payout.by_staff,
        other_holder=payout is not None and payout.other_holder,
    )


def words_of(payout: Payout, private: Private, policy: Policy) -> str:
    """Say where money goes: ``VCB •••• 5678``, the shop, or the other way."""
    if payout.way == "transfer":
        return masked_account(payout, private, policy.banks) or ERASED
    place = policy.company.payment.place(payout.place)
    if payout.way == "cash" and place is not None:
        return f"tiền mặt tại {place.name}, {place.address}"
    return WAY_WORDS[payout.way]


def masked_account(payout: Payout | None, private: Private, banks: Banks) -> str:
    """Return the bank and the last signs of an account; "" where there is none."""
    account = None if payout is None else account_of(payout, private)
    if account is None:
        return ""
    bank = banks.bank(account["bank_bin"])
    return masked(account["bank_bin"] if bank is None else bank.code, account["account"])


def account_of(payout: Payout, private: Private) -> dict[str, Any] | None:
    """Return the whole account, for whoever pays; None once it is erased, or for another way."""
    found = private.get(payout.number, {}).get(PRIVATE_KEY)
    return dict(found) if found else None


def fields(case: Case, policy: Policy) -> tuple[Field, ...]:
    """Return the questions, as this company can pay this customer."""
    offered = ways(case, policy)
    asked = [
        Field(
            "way",
            "Nhận tiền bằng cách nào?",
            "radios",
            required=True,
            choices=tuple(Choice(one, _capital(_title(one, policy))) for one in offered),
        )
    ]
    if "transfer" in offered:
        asked += _account_fields(policy)
    if "cash" in offered:
        places = policy.company.payment.cash_at
        shops = tuple(Choice(one.id, f"{one.name}: {one.address}") for one in places)
        hint = "Mang mã hồ sơ và mã bí mật; không ai giữ giấy tờ của Quý khách."
        asked.append(
            Field(
                "place",
                "Nơi nhận tiền mặt",
                "select",
                depends=True,
                choices=shops,
                hint=hint,
                empty="Chọn một nơi",
            )
        )
    return tuple(asked)


def _account_fields(policy: Policy) -> list[Field]:
    banks = tuple(Choice(one.bin, f"{one.short_name}, {one.name}") for one in policy.banks.payable)
    return [
        Field(
            "bank",
            "Ngân hàng",
            "select",
            depends=True,
            choices=banks,
            empty="Chọn ngân hàng",
            # A code may name a bank that takes no transfers; the answer says what to do then.
            open=True,
        ),
        Field("account", "Số tài khoản", "line", depends=True, longest=40, width="m"),
        Field(
            "holder",
            "Tên chủ tài khoản",
            "line",
            depends=True,
            longest=120,
            hint="Như ngân hàng ghi; có dấu hay không đều được.",
        ),
        Field(
            "qr",
            "Hoặc dán đoạn chữ của mã VietQR nhận tiền",
            "line",
            longest=vietqr.LONGEST_TEXT,
            hint="Có mã thì khỏi gõ ngân hàng và số tài khoản.",
        ),
        Field(
            "whose",
            "Tên chủ tài khoản khác tên trên hồ sơ: tài khoản của ai?",
            "select",
            depends=True,
            choices=tuple(Choice(code, _capital(said)) for code, said in WHOSE.items()),
            empty="Chọn một mục",
        ),
    ]


def choice_of(
    actor: Actor, said: Mapping[str, Any], loaded: Loaded, policy: Policy
) -> ChoosePayout:
    """Make the command of what was said; every fault at once.

    Raises:
        ValidationFailed: with the names of ``fields``.
    """
    answers = {name: str(said.get(name) or "").strip() for name in NAMES}
    way = answers["way"]
    offered = ways(loaded.case, policy)
    chosen = next((one for one in offered if one == way), None)
    if chosen is None:
        raise ValidationFailed([FieldError("way", "Chọn một cách nhận tiền.")])
    if chosen != "transfer":
        return ChoosePayout(actor, way=chosen, place=answers["place"] if way == "cash" else "")
    account, errors = _account(answers, policy.banks)
    name = str(loaded.filed.get("name") or "")
    differs = bool(account["holder"] and name) and not same_name(account["holder"], name)
    if differs and answers["whose"] not in WHOSE:
        text = f"Tài khoản đứng tên {account['holder']}, khác tên trên hồ sơ: chọn của ai."
        errors.append(FieldError("whose", text))
    if errors:
        raise ValidationFailed(errors)
    account["whose"] = answers["whose"] if differs else ""
    return ChoosePayout(actor, way="transfer", account=account, other_holder=differs)


def unusual(command: ChoosePayout) -> str:
    """Say that an account is worth a second look, or nothing."""
    number = str(command.account.get("account", ""))
    return UNUSUAL if number and is_unusual(number) else ""


def _account(answers: Mapping[str, str], banks: Banks) -> tuple[dict[str, str], list[FieldError]]:
    errors: list[FieldError] = []
    bank_bin, number = answers["bank"], ""
    try:
        number = account_number(answers["account"]) if answers["account"] else ""
    except BadAccount as fault:
        errors.append(FieldError("account", str(fault)))
    if answers["qr"]:
        try:
            code = vietqr.read(answers["qr"])
        except BadAccount as fault:
            errors.append(FieldError("qr", str(fault)))
        else:
            same = number in ("", code.account) and bank_bin in ("", code.bank_bin)
            if not same:
                text = "Mã QR khác với ngân hàng, số tài khoản đã điền: giữ lại một trong hai."
                errors.append(FieldError("qr", text))
            bank_bin, number = code.bank_bin, code.account
    elif not answers["account"]:
        errors.append(FieldError("account", "Viết số tài khoản, hoặc dán mã VietQR."))
    errors += _bank_faults(bank_bin, banks, asked="qr" if answers["qr"] else "bank")
    holder = ""
    try:
        holder = holder_name(answers["holder"])
    except BadAccount as fault:
        errors.append(FieldError("holder", str(fault)))
    return {"bank_bin": bank_bin, "account": number, "holder": holder}, errors


def _bank_faults(bank_bin: str, banks: Banks, asked: str) -> list[FieldError]:
    bank = banks.bank(bank_bin)
    if bank is None:
        if asked == "qr" and not bank_bin:
            return []
        return [FieldError(asked, "Chọn ngân hàng trong danh sách.")]
    if not bank.transfer:
        text = f"{bank.short_name} chưa nhận được chuyển khoản: chọn nơi khác, hoặc cách khác."
        return [FieldError(asked, text)]
    return []


def _title(way: PayoutWay, policy: Policy) -> str:
    named = {str(one.id): one.title for one in policy.company.payment.also}
    if way == "transfer":
        return "chuyển khoản vào tài khoản ngân hàng"
    return named.get(way) or WAY_WORDS[way]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
