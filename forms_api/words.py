"""Vietnamese words for the codes of the forms: what forms, letters and case pages all show."""

from forms_api import kinds
from service_policy.segments import Matrix

DESK = "Hệ thống tiếp nhận (tự động)"
"""Who speaks when no person did."""


def segment(code: str, matrix: Matrix) -> str:
    """Say what kind a customer is; the code of a kind that is no longer declared."""
    found = matrix.segment(code)
    return code if found is None else found.choice


def kind(code: str, matrix: Matrix) -> str:
    """Say what kind of case it is, for the middle of a sentence."""
    found = kinds.find(code)
    return kinds.TO_COME.get(code, "yêu cầu") if found is None else found.called(matrix)
