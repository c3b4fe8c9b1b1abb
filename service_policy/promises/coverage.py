"""Who notices that a promise was missed, in words for customers: no promise claims a machine."""

from dataclasses import dataclass
from typing import Final, Literal

from service_policy.promises.commitment import Commitment

Label = Literal["máy đo", "người ghi", "chưa nối"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a promise is watched: a label, and what that means for the customer."""

    label: Label
    words: str

    @property
    def by_machine(self) -> bool:
        """Whether a page may say that nobody has to claim."""
        return self.label == "máy đo"


_UNSAID: Final = Coverage("chưa nối", "Chưa nói ai phát hiện khi trật: xin Quý khách báo.")
_BY_CASE: Final = Coverage("máy đo", "Máy theo dõi từng phiếu.")
_BY_BOOKS: Final = Coverage("máy đo", "Máy so với sổ sách của công ty.")
_RECORDED: Final = Coverage("người ghi", "Nhân viên ghi khi xảy ra, máy tính từ lúc ấy.")
_REPORTED: Final = Coverage("chưa nối", "Chúng tôi biết khi Quý khách báo.")


def coverage_of(commitment: Commitment) -> Coverage:
    """Return who notices a miss of this version, as its ``proof`` says."""
    proof = commitment.proof
    if proof is None:
        return _UNSAID
    if proof.measured == "machine":
        return _BY_BOOKS if proof.facts else _BY_CASE
    return _RECORDED if proof.measured == "recorded" else _REPORTED
