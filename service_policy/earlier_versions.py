"""Earlier versions of a document of which only the newest keeps a file."""

from datetime import date

from service_policy.values import Count, Day, Model, Text, fault


class EarlierVersion(Model):
    """A version that was replaced: when it was issued, and what the next one changed."""

    version: Count
    issued_on: Day
    note: Text


def check_earlier(version: int, issued_on: date, earlier: tuple[EarlierVersion, ...]) -> None:
    """Refuse a history with holes: a printed copy of any version has to find itself in it.

    Raises:
        PydanticCustomError: a version is missing or their days are out of order.
    """
    numbers = [one.version for one in earlier]
    if numbers != list(range(1, version)):
        raise fault(
            "versions_missing",
            f"phiên bản {version} phải kể đủ các phiên bản trước trong earlier",
            "ghi lần lượt 1, 2, 3… đến phiên bản ngay trước",
        )
    days = [*(one.issued_on for one in earlier), issued_on]
    if days != sorted(days):
        raise fault("versions_overlap", "ngày phát hành không theo thứ tự", "sửa issued_on")
