"""Data files of the content folder: complaint categories, service elements, days off."""

from typing import Annotated

from pydantic import Field, model_validator

from service_policy.promises.clock import Quantity
from service_policy.values import (
    Count,
    Day,
    Model,
    NonEmpty,
    Slug,
    Text,
    TimeOfDay,
    Url,
    YesNo,
    fault,
)


class ComplaintCategory(Model):
    """A kind of complaint; its own deadlines may only shorten the commitments'.

    ``danger`` says that somebody may be hurt: such a case comes before all others, is never paused
    and never closed silently. ``refuse_under`` are the ids of the warranty procedures and pages
    whose published conditions may decide it; where there are none, it cannot be refused.
    ``discloses`` says that whoever answers it tells of the customer's invoices, debts or payments,
    so that staff have to make sure of the asker first. ``warranty`` says that it is about a repair
    or a refused warranty, which an indicator counts.
    """

    id: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    title: Text
    danger: YesNo = False
    first_answer: Quantity | None = None
    resolution: Quantity | None = None
    department: Slug
    ask_for: Text | None = None
    refuse_under: tuple[Text, ...] = ()
    discloses: YesNo = False
    warranty: YesNo = False


class ComplaintCategories(Model):
    """``khieu-nai.yaml``."""

    categories: Annotated[tuple[ComplaintCategory, ...], NonEmpty]


class ServiceElement(Model):
    """An element of customer service, and where it is answered or promised."""

    number: Count
    name: Text
    page: Url
    measure: Text
    commitments: tuple[Text, ...] = ()


class ServiceElements(Model):
    """``yeu-to-dich-vu.yaml``: the elements that the company has, in the order of their page."""

    elements: tuple[ServiceElement, ...] = ()


class DayOff(Model):
    """A day the company does not work, or (``working: true``) works although others do not."""

    date: Day
    name: Text
    working: YesNo = False


class CalendarYear(Model):
    """The days off of one year; ``confirmed`` says whether the company has decided them."""

    year: Count
    confirmed: YesNo
    days: Annotated[tuple[DayOff, ...], NonEmpty]


class DeadlineExample(Model):
    """Something received at a moment, and how long there is for it; its end is computed."""

    on: Day
    at: TimeOfDay
    within: Quantity


class HolidayList(Model):
    """``lich-nghi.yaml``."""

    years: Annotated[tuple[CalendarYear, ...], NonEmpty]
    examples: tuple[DeadlineExample, ...] = ()


class SynonymGroup(Model):
    """Ways of saying the same; ``north`` and ``south`` are the words of one part of the country."""

    words: tuple[Text, ...] = ()
    north: tuple[Text, ...] = ()
    south: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _at_least_two(self) -> "SynonymGroup":
        if len(self.phrases) < 2:
            raise fault("lonely_synonym", "nhóm chỉ có một cách nói", "thêm cách nói thứ hai")
        return self

    @property
    def phrases(self) -> tuple[str, ...]:
        """All ways of saying it."""
        return (*self.words, *self.north, *self.south)


class Synonyms(Model):
    """``tu-dong-nghia.yaml``: what customers type and what they mean by it."""

    abbreviations: dict[str, Annotated[tuple[Text, ...], NonEmpty]] = {}
    groups: tuple[SynonymGroup, ...] = ()
