"""An action of the desk: one form, one command, the roles that the rules allow it to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from forms_api import handling
from forms_api.desk.case_page import DeskCase
from forms_api.kinds.field import Choice, Field
from forms_api.portal import Portal
from forms_api.staff.people import Person
from forms_api.store.deeds import Deed
from forms_api.uploads.incoming import LIMITS
from forms_api.web.staff.answers import Values
from service_policy.cases import Case, CaseCommand
from service_policy.company import Decider, Decisions
from service_policy.promises.policy import Policy
from theme.filters import datetime_vi

TALK, PASS, END, MONEY = "Nói với khách", "Giữ và chuyển việc", "Kết luận", "Tiền"
GROUPS = (TALK, PASS, END, MONEY)
"""The parts of the menu of a case, in order; every action names its own."""


@dataclass(frozen=True)
class Context:
    """What an action's form is made from: the case, who acts, and who else there is."""

    policy: Policy
    page: DeskCase
    me: Person
    colleagues: tuple[Person, ...]
    now: datetime

    @property
    def case(self) -> Case:
        """The case as it is now."""
        return self.page.case


class Execute(Protocol):
    """Executes a command about a case; see ``handling.execute``."""

    def __call__(
        self,
        portal: Portal,
        reference: str,
        command: Any,
        now: datetime,
        *,
        expected_version: int | None = None,
        private: Mapping[str, Any] | None = None,
        deed: Deed | None = None,
    ) -> None:
        """Make the command and everything that follows from it durable."""


Built = tuple[CaseCommand, Mapping[str, Any]]
Build = Callable[[Values, Context], Built]
Fields = Callable[[Context], tuple[Field, ...]]


@dataclass(frozen=True)
class Action:
    """One thing that somebody may do to a case.

    ``slug`` is its address and, with underscores, its endpoint. ``offered`` says whether it makes
    sense now; the rules have the last word either way. ``note`` is a sentence above the form.
    ``counts_money`` says whether what was typed into the fields of money is an amount, which is
    said back before it counts. ``execute`` makes the command durable; commands about two cases
    bring their own. ``seals`` says that what is typed could be guessed from a plain hash of it.
    ``decider`` picks whom the published pages name for it, where they name
    anybody.
    """

    slug: str
    title: str
    group: str
    command: type[CaseCommand]
    fields: Fields
    build: Build
    offered: Callable[[Case, datetime], bool] = field(default=lambda case, now: not case.is_ended)
    note: Callable[[Context], str] = field(default=lambda context: "")
    danger: bool = False
    counts_money: Callable[[Values], bool] = field(default=lambda values: True)
    execute: Execute = handling.execute
    seals: bool = False
    decider: Callable[[Decisions], Decider] | None = None

    @property
    def endpoint(self) -> str:
        """The name of its two routes."""
        return "act_" + self.slug.replace("-", "_")

    @property
    def roles(self) -> frozenset[str]:
        """Who may do it: exactly whom the rules allow."""
        return frozenset(self.command.ALLOWED)

    def is_for(self, person: Person, decisions: Decisions) -> bool:
        """Say whether ``person`` could do it: by the role, and as the published pages say."""
        named = self.decider is None or self.decider(decisions).fits(person.role, person.department)
        return named and person.role in self.roles


def text_field(label: str, hint: str = "", *, required: bool = True, name: str = "text") -> Field:
    """Ask for a text of several lines."""
    return Field(name, label, "text", "", required=required, hint=hint, longest=4000)


def choice_field(
    name: str, label: str, options: Mapping[str, str], hint: str = "", kind: Any = "radios"
) -> Field:
    """Ask for one of several codes with words."""
    choices = tuple(Choice(code, words[:1].upper() + words[1:]) for code, words in options.items())
    return Field(name, label, kind, "", required=True, hint=hint, choices=choices)


def money_field(name: str, label: str, hint: str = "") -> Field:
    """Ask for an amount in đồng."""
    return Field(name, label, "money", "", required=True, hint=hint, width="m")


def file_field(label: str = "Tệp gửi khách", hint: str = "") -> Field:
    """Ask for files that go with the action."""
    return Field("files", label, "files", "", hint=f"{hint} {LIMITS}".strip())


def evidence_fields(*, readable: bool = True) -> tuple[Field, ...]:
    """Ask for evidence, a piece a line; with ``readable`` also whether the customer may read it."""
    hint = "Mỗi dòng một bằng chứng: là gì, số mấy, lưu ở đâu. Ví dụ: Ảnh đo điện áp 21/11, tệp 3."
    asked = Field("evidence", "Bằng chứng", "text", "", required=True, hint=hint, longest=2000)
    label = "Khách đọc được các bằng chứng này"
    tick = Field("evidence_readable", label, "tick", "")
    return (asked, tick) if readable else (asked,)


def proof_fields(context: Context) -> tuple[Field, ...]:
    """Ask for what proves a conclusion: files, or an event of the case that nobody typed."""
    hint = "Một dòng ghi tay chưa đủ: kèm tệp, hoặc chọn một sự kiện máy ở mục dưới."
    events = tuple(
        Choice(str(line.seq), f"Số {line.seq}, {datetime_vi(line.at)}: {line.title}. {line.detail}")
        for line in context.page.history
        if line.seq in context.case.exhibits
    )
    which = Field(
        "event",
        "Sự kiện trong phiếu chứng minh điều này",
        "select",
        "",
        depends=True,
        hint="Không bắt buộc khi đã kèm tệp.",
        choices=events,
    )
    files = replace(file_field("Tệp bằng chứng", hint), depends=True)
    return (files, which) if events else (files,)
