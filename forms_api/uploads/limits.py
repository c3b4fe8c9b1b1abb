"""How many files a case may hold; customers and staff each have their own share."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from forms_api.errors import FieldError, ValidationFailed
from forms_api.store import history, upload_rows
from forms_api.uploads.incoming import LARGEST_TOGETHER, MOST_FILES, Incoming, megabytes
from service_policy.cases.split_merge import CaseMergedAway, MergedIn

MOST = {"customer": (MOST_FILES, LARGEST_TOGETHER), "staff": (40, 4 * LARGEST_TOGETHER)}
"""Files and bytes of one case, by who adds them: evidence is never crowded out by photos."""


def family(connection: Connection, reference: str) -> tuple[str, ...]:
    """Return a case and all that were merged with it; together they have one share."""
    found: dict[str, None] = {}
    wanted = [reference]
    while wanted:
        one = wanted.pop()
        if one in found:
            continue
        found[one] = None
        for event in history.load_events(connection, one):
            if isinstance(event, MergedIn):
                wanted.append(event.other)
            elif isinstance(event, CaseMergedAway):
                wanted.append(event.into)
    return tuple(sorted(found))


def need_room(connection: Connection, reference: str, files: Sequence[Incoming], role: str) -> None:
    """Refuse files beyond the share of whoever adds them; asked in the transaction that adds them.

    Raises:
        ValidationFailed: the case has too many, or too much of them.
    """
    if not files:
        return
    who = "customer" if role == "customer" else "staff"
    references: Collection[str] = family(connection, reference)
    if len(references) > 1:
        # Two cases that were merged may get files at the same time: the later one must see both.
        history.hold(connection, references)
    most, largest = MOST[who]
    number, size = upload_rows.total(connection, references, who)
    together = size + sum(one.fact.size for one in files)
    if number + len(files) <= most and together <= largest:
        return
    raise ValidationFailed([FieldError("files", _fault(number, size, most, largest))])


def _fault(number: int, size: int, most: int, largest: int) -> str:
    left = max(0, most - number)
    room = megabytes(max(0, largest - size))
    return (
        f"Phiếu này nhận tối đa {most} tệp, tất cả {largest // 2**20} MB; đã có {number} tệp, "
        f"còn nhận được {left} tệp, {room}. Cần gửi thêm thì viết cho chúng tôi biết."
    )
