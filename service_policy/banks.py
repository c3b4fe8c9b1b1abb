"""Where money can be sent: the list of banks, shops that pay out cash, and how statements look."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from service_policy.segments import SegmentId
from service_policy.values import Day, Model, Name, NonEmpty, Text, YesNo, fault

DateShape = Literal["dd/mm/yyyy", "yyyy-mm-dd", "dd-mm-yyyy"]
NumberShape = Literal["1234567", "1.234.567", "1,234,567"]


OLDEST_DAYS = 365


def _distinct(name: str, values: list[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value.casefold() in seen:
            raise fault(
                "duplicate_bank", f"{name} “{value}” ghi hai lần", "bỏ bớt một dòng, hoặc sửa lại"
            )
        seen.add(value.casefold())


class Bank(Model):
    """A bank by its BIN, the six digits under which the clearing house knows it.

    ``transfer`` says whether an account there can be paid by an ordinary transfer.
    """

    bin: Annotated[str, Field(pattern=r"^[0-9]{6}$")]
    code: Annotated[str, Field(pattern=r"^[A-Z0-9]{2,12}$")]
    short_name: Text
    name: Text
    transfer: YesNo = True


class StatementLayout(Model):
    """How one bank writes its statement: which column is what, and how it writes days and sums.

    Either ``debit`` and ``credit`` are columns of their own, or ``amount`` is one column whose
    sums are negative when money goes out. ``reference`` is the bank's own id of the transaction.
    """

    id: Name
    title: Text
    booked_on: Text
    memo: Text
    reference: Text
    debit: Text | None = None
    credit: Text | None = None
    amount: Text | None = None
    dates: DateShape
    numbers: NumberShape

    @model_validator(mode="after")
    def _one_way_to_read_sums(self) -> "StatementLayout":
        if (self.amount is None) == (self.debit is None or self.credit is None):
            raise fault(
                "unclear_sums",
                "sao kê ghi tiền ra, tiền vào ở cột nào chưa rõ",
                "ghi debit và credit, hoặc chỉ một cột amount (tiền ra mang dấu trừ)",
            )
        return self


class Banks(Model):
    """``ngan-hang.yaml``: the banks as of a day, and the layouts of statements."""

    as_of: Day | None = None
    source: Text | None = None
    banks: tuple[Bank, ...] = ()
    statements: tuple[StatementLayout, ...] = ()

    @model_validator(mode="after")
    def _dated_and_distinct(self) -> "Banks":
        if self.banks and (self.as_of is None or self.source is None):
            raise fault(
                "undated_banks",
                "danh sách ngân hàng chưa ghi lấy từ đâu, ngày nào",
                "ghi as_of (ngày lấy danh sách) và source (lấy ở đâu)",
            )
        for name in ("bin", "code", "short_name"):
            _distinct(name, [getattr(one, name) for one in self.banks])
        _distinct("id", [one.id for one in self.statements])
        return self

    def bank(self, bank_bin: str) -> Bank | None:
        """Return a bank by its BIN, or None."""
        return next((one for one in self.banks if one.bin == bank_bin), None)

    def layout(self, layout_id: str) -> StatementLayout | None:
        """Return the layout of a statement by its id, or None."""
        return next((one for one in self.statements if one.id == layout_id), None)

    @property
    def payable(self) -> tuple[Bank, ...]:
        """The banks to which money can be sent, by their short names."""
        found = (one for one in self.banks if one.transfer)
        return tuple(sorted(found, key=lambda one: one.short_name.casefold()))

    def is_old(self, today: date) -> bool:
        """Say whether the list is older than a year: banks merge and change their names."""
        return self.as_of is not None and (today - self.as_of).days > OLDEST_DAYS


NO_BANKS = Banks()


class CashPlace(Model):
    """A shop of the company where a customer is paid in cash, against reference and code."""

    id: Name
    name: Text
    address: Text


class OtherWay(Model):
    """Another way that the company publishes, for the customer to choose; never preselected."""

    id: Literal["offset", "voucher"]
    title: Text
    segments: Annotated[tuple[SegmentId, ...], NonEmpty]
