"""Two cases: splitting one, merging two. The earliest start is always kept.

Nothing that was promised in either case is lost, and staff cannot gain by joining them what they
could not have in one: a code that staff know, time, a right to refuse that had lapsed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from service_policy.actors import Actor
from service_policy.cases.core.case import Case
from service_policy.cases.core.changes import moved, over, released
from service_policy.cases.core.command import LEADS, CaseCommand, need, need_open, need_text
from service_policy.cases.core.event import Deed, Event, Telling, fold
from service_policy.cases.core.facts import MovedDue
from service_policy.cases.core.identification import check
from service_policy.cases.core.parts import PromiseState
from service_policy.cases.core.permissions import may
from service_policy.cases.core.promises import PromiseMade
from service_policy.cases.filing.received import FileCase
from service_policy.cases.messages.pauses import end_pause
from service_policy.cases.refusal.refusing import DecidedForCustomer
from service_policy.promises.policy import Policy


class CaseSplit(Deed):
    """Part of this case goes on as another case with the same start."""

    type: Literal["case_split"] = "case_split"
    other: str

    TITLE = "Tách một phần thành phiếu riêng, giữ ngày nhận cũ"
    QUOTED = True

    def particulars(self, policy: Policy) -> str:
        return self.other

    def news(self, telling: Telling) -> str:
        return (
            f"Một phần việc đi tiếp ở phiếu riêng {self.other}, giữ ngày nhận cũ: {telling.said} "
            "Mã bí mật của phiếu đó ở biên nhận gửi riêng và trên trang theo dõi phiếu này."
        )


class MergedIn(Deed):
    """Another case goes on here; the earlier start and the earlier dates hold.

    ``entered_by`` typed the other case in for the customer: staff know its code, which leads here.
    ``categories`` are all that the other case ever had; ``identified`` says whether staff had made
    sure of its asker, without which nobody is sure of the joined case's askers any more.
    """

    type: Literal["merged_in"] = "merged_in"
    other: str
    since: datetime
    priority: bool
    dues: tuple[MovedDue, ...]
    entered_by: Actor | None = None
    categories: tuple[str, ...] = ()
    identified: bool = False

    TITLE = "Gộp thêm một phiếu, giữ ngày sớm hơn"
    QUOTED = True
    HEARD = True
    AGAIN = True
    NOTICE = "holder"

    def particulars(self, policy: Policy) -> str:
        return self.other

    def news(self, telling: Telling) -> str:
        return f"Phiếu {self.other} đi tiếp ở phiếu này, giữ ngày sớm hơn: {telling.said}"

    def apply(self, case: Case) -> Case:
        known = case.identified_by is not None
        together = replace(
            case,
            received_at=min(case.received_at, self.since),
            priority=case.priority or self.priority,
            entered_by=case.entered_by or self.entered_by,
            # What the customer of the other case wanted is not known here, so it is not "explain".
            remedy_wanted=None,
            categories=tuple(dict.fromkeys((*case.categories, *self.categories))),
            identified_by=case.identified_by if self.identified else None,
            identity_lapsed=case.identity_lapsed or (known and not self.identified),
        )
        return moved(together, self.dues, self.at)


class CaseMergedAway(Deed):
    """This case goes on in another one; what was owed here stays owed here."""

    type: Literal["case_merged_away"] = "case_merged_away"
    into: str

    TITLE = "Đã gộp vào phiếu khác"
    QUOTED = True
    NOTICE = "holder"

    def particulars(self, policy: Policy) -> str:
        return self.into

    def news(self, telling: Telling) -> str:
        return (
            f"Phiếu này đi tiếp ở phiếu {self.into}, giữ ngày sớm hơn: {telling.said} Trang theo "
            "dõi phiếu này dẫn tới phiếu đó. Khoản đã nợ ở đây vẫn trả."
        )

    def apply(self, case: Case) -> Case:
        return released(over(case, "merged", self.at), self.at)


@dataclass(frozen=True)
class SplitCase(CaseCommand):
    """Take part of a case out as a case of its own, under another category."""

    category: str
    text: str
    ALLOWED = LEADS
    TELLS = "text"


@dataclass(frozen=True)
class MergeCases(CaseCommand):
    """Go on with the case ``other`` (its reference) of the same customer inside this one."""

    other: str
    text: str
    ALLOWED = LEADS
    TELLS = "text"


Two = tuple[tuple[Event, ...], tuple[Event, ...]]


def split(
    case: Case,
    command: SplitCase,
    policy: Policy,
    now: datetime,
    *,
    reference: str,
    new_reference: str,
) -> Two:
    """Take part of a complaint out as a new case with the same start and its own promises.

    Returns the events of the old case and those of the new one.

    Raises:
        CommandRefused: the actor may not, the case has ended, or the category is unknown.
    """
    need(may(command.actor, SplitCase), "actor", "Vai trò này không được tách phiếu.")
    need_open(case)
    need(case.kind == "complaint", "category", "Chỉ khiếu nại tách được.")
    need_text(command.text)
    check(case, command, policy)
    now = max(now, case.last_at)
    part = FileCase(
        case.kind,
        case.segment,
        category=command.category,
        priority=case.priority,
        channel=case.channel,
        entered_by=case.entered_by,
        taken_at=case.received_at,
        split_from=reference,
        part_of=case.categories,
    )
    new = part.decide(policy, now)
    return (CaseSplit(at=now, by=command.actor, other=new_reference),), new


def merge(
    kept: Case,
    other: Case,
    command: MergeCases,
    policy: Policy,
    now: datetime,
    *,
    kept_reference: str,
) -> Two:
    """Go on with ``other`` inside ``kept``: the earlier start, the earlier dates, both debts.

    An open promise of the other case that has no open twin here is made here with its own date: a
    question that was not answered there is not answered by what was said here before.

    Returns the events of the kept case and those of the other one.

    Raises:
        CommandRefused: the actor may not, or the cases are not alike, open and undecided.
    """
    need(may(command.actor, MergeCases), "actor", "Vai trò này không được gộp phiếu.")
    need_open(kept)
    need_open(other)
    need_text(command.text)
    need(kept_reference != command.other, "other", "Chọn hai phiếu khác nhau.")
    alike = (kept.kind, kept.segment, kept.topic) == (other.kind, other.segment, other.topic)
    need(alike, "other", "Chỉ gộp hai phiếu cùng loại của cùng một khách.")
    # What was asked for and sent belongs to its own request; a merged one could not be fulfilled.
    need(not kept.documents_asked, "other", "Không gộp phiếu xin tài liệu.")
    need(kept.is_safety or not other.is_safety, "other", "Không gộp phiếu an toàn đi.")
    calm = all(map(_undecided, (kept, other)))
    need(calm, "other", "Một trong hai phiếu đang chờ khách trả lời, chờ ký hoặc xem xét lại.")
    for one in (kept, other):
        check(one, command, policy)
    now = max(now, kept.last_at, other.last_at)
    ended = tuple(end_pause(other, policy, now, "concluded"))
    theirs = [one for one in fold(ended, other).promises if one.is_open]
    merged = MergedIn(
        at=now,
        by=command.actor,
        other=command.other,
        since=other.received_at,
        priority=other.priority,
        dues=tuple(_earlier(kept, theirs)),
        entered_by=other.entered_by,
        categories=other.categories,
        identified=other.identified_by is not None,
    )
    mine: list[Event] = [merged, *_taken_over(kept, theirs, now)]
    resolving = next((one.key for one in kept.promises if one.stops_on == "resolved"), None)
    if other.in_favour_at is not None and kept.in_favour_at is None and resolving is not None:
        mine.append(DecidedForCustomer(at=now, promise=resolving))
    away = CaseMergedAway(at=now, by=command.actor, into=kept_reference)
    return tuple(mine), (*ended, away)


def _undecided(case: Case) -> bool:
    """Say whether nobody waits for a conclusion: not the customer, no second reader, no review."""
    return case.state == "open" and not (
        case.proposal or case.refusal or case.review or case.claims
    )


def _earlier(kept: Case, theirs: list[PromiseState]) -> Iterator[MovedDue]:
    """Give an open promise the date of its twin, where that is the earlier one."""
    for mine in kept.promises:
        first = min((one.due_at for one in theirs if _twins(mine, one)), default=mine.due_at)
        if first < mine.due_at:
            yield MovedDue(promise=mine.key, due_at=first, bound=first)


def _taken_over(kept: Case, theirs: list[PromiseState], now: datetime) -> Iterator[PromiseMade]:
    """Make here what is still open there and has no open twin; the owner is already named."""
    for one in theirs:
        if one.stops_on == "owner_assigned" or any(_twins(mine, one) for mine in kept.promises):
            continue
        same = {name: getattr(one, name) for name in PromiseMade.model_fields if hasattr(one, name)}
        yield PromiseMade(at=now, **same)


def _twins(mine: PromiseState, other: PromiseState) -> bool:
    """Say whether an open promise here is the very promise of the other case: same version, too."""
    same = (mine.commitment_id, mine.version) == (other.commitment_id, other.version)
    return mine.is_open and same
