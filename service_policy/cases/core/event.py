"""What an event is: when it happened, what it does to a case, how it is told, and to whom.

Events are public and free of personal data. Texts (messages, notes, reasons in words) lie in the
erasable side of the store beside the event that carries them. Stored payloads are read for ever:
new fields are optional, none is renamed. An event is known as soon as its topic declares it.

A case is what its events made of it, one after the other. What the customer says in any way ends a
silence, and silence can close a case only while it is silent. A word of the customer after a
proposal takes the proposal down: work goes on, the clock runs as if nothing had been proposed, and
the proposal is an end only if the customer says yes to it. No word is read for its meaning: a
machine that took "cảm ơn" for a yes would one day take "cảm ơn, nhưng vẫn hỏng" for one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Union

from pydantic import Field, TypeAdapter

from service_policy.actors import Actor
from service_policy.cases.core.case import Case, NotAHistory
from service_policy.cases.core.facts import FileFact
from service_policy.opening_hours import DAYS
from service_policy.promises.calendar import VIETNAM, BusinessCalendar
from service_policy.promises.policy import Policy
from service_policy.values import Model


def moment(at: datetime) -> str:
    """Write a moment in Vietnam's time: ``Thứ Bảy, 21/11/2026, 14:30``."""
    local = at.astimezone(VIETNAM)
    return f"{DAYS[local.weekday()].title()}, {local:%d/%m/%Y}, {local:%H:%M}"


def working_time(minutes: int, calendar: BusinessCalendar) -> str:
    """Write business minutes: ``2 ngày 3 giờ làm việc``; never rounded up to look better."""
    days, rest = divmod(minutes, calendar.minutes_per_day)
    hours, left = divmod(rest, 60)
    parts = [f"{days} ngày"] if days else []
    if hours:
        parts.append(f"{hours} giờ")
    if not days and (left or not hours):
        parts.append(f"{left} phút")
    return f"{' '.join(parts)} làm việc"


Notice = Literal["nobody", "holder", "reader"]


@dataclass(frozen=True)
class Telling:
    """What a line of news is written with; ``said`` is what was written beside the event.

    ``site_url`` has no path, ``feedback_url`` is where a reader says whether a document is clear.
    ``account`` is where the money goes, masked; "" while nobody knows, or where it is no account.
    """

    policy: Policy
    said: str
    site_url: str
    feedback_url: str
    account: str = ""


class Event(Model):
    """One thing that happened to a case, in the past tense."""

    type: str
    at: datetime

    TITLE: ClassVar[str]
    """What the public history says."""
    SUBJECT: ClassVar[str] = ""
    """The subject of the message that it brings to the customer, under the number ``message``."""
    HEADING: ClassVar[str] = ""
    """What stands above that message on the customer's page."""
    QUOTED: ClassVar[bool] = False
    """Whether the customer reads what staff wrote beside it, though it is no message."""
    HEARD: ClassVar[bool] = False
    """Whether the customer is heard in it; a second case of the same customer is a word, too."""
    AGAIN: ClassVar[bool] = False
    """Whether it shows that the matter was not settled."""
    RETOLD: ClassVar[bool] = False
    """Whether staff wrote down what the customer said, which nobody has proven."""
    IN_VAIN: ClassVar[bool] = False
    """Whether somebody tried in vain to reach the customer."""
    SHOWS: ClassVar[bool] = False
    """Whether it proves something, unless it was written down by hand."""
    NOTICE: ClassVar[Notice] = "nobody"
    """Which department is told at once: who holds the case, or who has to read it again."""
    INSIDE: ClassVar[str] = ""
    """What that department is told; the title if nothing else is said here."""

    @property
    def who(self) -> Actor | None:
        """Who did it; None where it came due by itself."""
        return None

    @property
    def by_person(self) -> bool:
        """Whether a person did it, not a machine, and not time alone."""
        return self.who is not None and self.who.role != "system"

    @property
    def brings(self) -> int:
        """The number of the message that it brings to the customer; 0 if it brings none."""
        return getattr(self, "message", 0) if self.SUBJECT else 0

    @property
    def attached(self) -> tuple[FileFact, ...]:
        """The files that came with it."""
        files: tuple[FileFact, ...] = getattr(self, "files", ())
        return files

    @property
    def is_word(self) -> bool:
        """Whether the customer was heard, in whatever way it came to us."""
        return self.HEARD

    def begin(self) -> Case:
        """Return the case that begins with this event.

        Raises:
            NotAHistory: no case does.
        """
        raise NotAHistory(f"{self.type} before the case was received")

    def apply(self, case: Case) -> Case:
        """Return the case after this event. No policy, no calendar, no clock: only facts."""
        return case

    def particulars(self, policy: Policy) -> str:
        """Say what the title leaves open, or nothing."""
        return ""

    def detail(self, policy: Policy) -> str:
        """Return the particulars of the event in words, its files included, or nothing."""
        files = f"kèm {len(self.attached)} tệp" if self.attached else ""
        return ", ".join(part for part in (self.particulars(policy), files) if part)

    def series(self) -> tuple[str, ...]:
        """Say with which events of its type it is told as one that grows; nothing: by itself."""
        return ()

    def about(self) -> str:
        """Say what a message asks for or concludes, or nothing."""
        return ""

    def below(self, policy: Policy) -> str:
        """Say below a message what the customer can do about it, or nothing."""
        return ""

    def news(self, telling: Telling) -> str:
        """Say in one line what the customer should hear of at once, or nothing."""
        return ""

    def alert(self) -> str:
        """Return the subject of the letter with its news, where it must not be overlooked."""
        return ""

    def concerns(self, holder: str, reader: str) -> str:
        """Return the id of the department that must hear of it at once, or nothing."""
        return {"nobody": "", "holder": holder, "reader": reader}[self.NOTICE]


class Deed(Event):
    """An event that somebody did."""

    by: Actor

    @property
    def who(self) -> Actor | None:
        """Who did it."""
        return self.by


def event_types() -> tuple[type[Event], ...]:
    """Return every kind of event that a topic declares."""
    return (*(one for one in Event.__subclasses__() if one is not Deed), *Deed.__subclasses__())


def read_event(payload: dict[str, Any]) -> Event:
    """Build an event from stored JSON.

    Raises:
        pydantic.ValidationError: the payload is no event of this version.
    """
    event: Event = _adapter().validate_python(payload)
    return event


@cache
def _adapter() -> TypeAdapter[Any]:
    known: Any = Union[event_types()]  # noqa: UP007 - only so it takes a list
    return TypeAdapter(Annotated[known, Field(discriminator="type")])


def evolve(case: Case | None, event: Event) -> Case:
    """Return the case after one more event.

    Raises:
        NotAHistory: a case begins with ``received`` and is received once.
    """
    if case is None:
        return event.begin()
    after = _heard(case, event.apply(case), event)
    return replace(after, seq=case.seq + 1, last_at=max(case.last_at, event.at))


def fold(events: Iterable[Event], case: Case | None = None) -> Case:
    """Return the case that ``events`` tell of, in order, after ``case`` when one is given.

    Raises:
        NotAHistory: there are no events, or they are not one case's.
    """
    for event in events:
        case = evolve(case, event)
    if case is None:
        raise NotAHistory("no events")
    return case


_OBJECTABLE = frozenset({"open", "proposed", "refused"})


def _heard(before: Case, after: Case, event: Event) -> Case:
    """Return the case with what ``event`` says about the customer and about evidence."""
    at = event.at
    if _is_exhibit(event):
        after = replace(after, exhibits=(*after.exhibits, before.seq + 1))
    if event.IN_VAIN:
        after = replace(after, unreached=(*after.unreached, at))
    if not event.is_word:
        return after
    against = before.proposal is not None or before.objected is not None or before.is_ended
    after = replace(
        after, spoken=(*after.spoken, at), contested=after.contested or against or event.AGAIN
    )
    if after.proposal is None or after.state not in _OBJECTABLE:
        return after
    return replace(
        after,
        state="open",
        proposal=None,
        objected=after.proposal,
        resumed_at=at,
        progress_missed=(),
        promises=tuple(replace(one, provisional_at=None) for one in after.promises),
    )


def _is_exhibit(event: Event) -> bool:
    """Say whether an event proves more than that a member of staff typed something."""
    if event.attached:
        return True
    by_customer = event.who is not None and event.who.role == "customer"
    by_staff = event.by_person and not by_customer
    return (by_customer and event.is_word) or (event.SHOWS and not by_staff)
