"""A kind of submission, declared once.

Its form, the page of answers to check, its address in the API, ``openapi.json``, its entry at the
desk, the notices, the words on every page, its reference and the exports are made from this.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from forms_api.kinds.common import CHANNEL, CONTACT
from forms_api.kinds.field import Field, Setting
from forms_api.kinds.questions import Answers, Questions, Section, Words, spoken
from forms_api.kinds.saying import told
from service_policy.cases import FileCase
from service_policy.promises.calendar import VIETNAM
from service_policy.promises.policy import Policy
from service_policy.segments import Matrix

Judge = Callable[[Answers], None]
Facts = Callable[[Answers, Policy], Mapping[str, Any]]
Begun = Callable[[Mapping[str, str], Policy], Mapping[str, str]]

SOON = (
    "Mã hồ sơ để theo dõi",
    "Tên chức danh người chịu trách nhiệm",
    "Ngày giờ phải trả lời, phải xong",
    "Số tiền chúng tôi trả nếu trễ",
)
"""What everybody who sends a form has at once."""


@dataclass(frozen=True)
class Kind:
    """One kind of submission. All words are Vietnamese but ``summary``, which programmers read.

    ``id`` is stored with each case and names the kind in ``routes`` and ``applies_to`` of the
    content; ``slug`` ends the addresses of the form, ``api`` that of the API; ``prefix`` are the
    two letters of its references. ``noun`` stands in the middle of a sentence. ``place`` orders
    lists of kinds. ``main_text`` names the fields that hold the customer's own words, ``topic``
    the one by which the company may route such cases; ``topics`` are all of its codes. Where not
    ``routed``, something else of the case says which department answers. ``kept_months`` is how
    long a case is kept once it is closed.

    ``judge`` looks at answers that depend on each other. ``facts`` picks what else the rules have
    to know. ``begun`` fills in what the address of the form says, and ``suggested_by`` names the
    answer to which published answers are offered. ``soon`` says what a sender has at once,
    ``soon_by_mail`` what letters bring as soon as they can leave.
    """

    id: str
    slug: str
    api: str
    prefix: str
    place: int
    title: Words
    description: Words
    noun: Words
    entry: Words
    summary: str
    sections: tuple[Section, ...]
    main_text: tuple[str, ...]
    kept_months: int
    send_words: str = "Gửi yêu cầu"
    template: str = "forms/form"
    topic: str = ""
    topics: Mapping[str, str] = field(default_factory=dict)
    routed: bool = True
    judge: Judge = lambda answers: None
    facts: Facts = lambda answers, policy: {}
    begun: Begun = lambda address, policy: {}
    suggested_by: str = ""
    soon: tuple[str, ...] = SOON
    soon_by_mail: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The address of the form."""
        return f"/gui/{self.slug}/"

    @property
    def send_url(self) -> str:
        """Where the checked answers are sent."""
        return f"{self.url}xong/"

    @property
    def api_url(self) -> str:
        """Where programs send it."""
        return f"/api/v1/{self.api}"

    @property
    def schema(self) -> str:
        """Its name in ``openapi.json``."""
        return self.id.title().replace("_", "")

    def called(self, matrix: Matrix) -> str:
        """Say what it is, for the middle of a sentence."""
        return spoken(self.noun, matrix)

    def entered(self, matrix: Matrix) -> str:
        """Say what staff enter by it."""
        return spoken(self.entry, matrix)

    def questions(self, policy: Policy, *, letters_wait: bool = False) -> Questions:
        """Return what this company asks."""
        return Questions(self.sections).asked(Setting(policy, letters_wait))

    def read(
        self, raw: Mapping[str, Any], policy: Policy, now: datetime, *, json: bool = False
    ) -> FileCase:
        """Read what was sent into the command that files it. With ``json``, by a program.

        Raises:
            ValidationFailed: with every fault at once.
        """
        today = now.astimezone(VIETNAM).date()
        answers = self.questions(policy).read(raw, today, json=json)
        _somehow_reached(answers)
        self.judge(answers)
        answers.refuse_if_faulty()
        filed = FileCase(
            kind=self.id,
            segment=answers.values["segment"],
            topic=answers.get(self.topic),
            priority=bool(answers.get("priority")),
            private={
                # As JSON knows it.
                name: value.isoformat() if isinstance(value, date) else value
                for name, value in answers.values.items()
                if value not in (None, ())
            },
        )
        return replace(filed, **self.facts(answers, policy))

    def described(self, filed: Mapping[str, Any], policy: Policy) -> Iterator[tuple[str, str]]:
        """Say everything that was sent as (label, words), for a reader of the company."""
        fields = [*Questions(self.sections), CHANNEL]
        # Who it is and how to answer comes first.
        first = {name: place for place, name in enumerate(CONTACT)}
        for one in sorted(fields, key=lambda one: first.get(one.name, len(first))):
            value = filed.get(one.name)
            alone = one.name == "segment" and policy.matrix.one_segment
            if value in (None, False) or alone:
                continue
            # Of an old case an answer may be known that is offered, or asked, no longer.
            asked = one if one.choices else one.asked(Setting(policy)) or one
            yield asked.called, told(asked, value)

    def exported(self) -> Iterator[Field]:
        """Go through the fields that are columns of the exports."""
        return (one for one in Questions(self.sections) if one.exported)


def _somehow_reached(answers: Answers) -> None:
    """A phone number or an e-mail address is needed, or nobody could answer."""
    given = answers.get("phone") or answers.get("email")
    if not given and not answers.faulty("phone") and not answers.faulty("email"):
        answers.add("phone", "Nhập số điện thoại hoặc email để chúng tôi trả lời.")
