"""An action of the desk: one form, one command, the roles that the rules allow it to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from dataclasses import fields as dataclass_fields
from datetime import datetime
from typing import Any, Protocol

from pydantic import TypeAdapter

from forms_api import handling
from forms_api.desk.case_page import DeskCase
from forms_api.kinds.field import Choice, Field
from forms_api.portal import Portal
from forms_api.staff.people import Person
from forms_api.store.deeds import Deed
from forms_api.uploads.incoming import LIMITS
from forms_api.web.staff.answers import Values, evidence
from service_policy.cases import Case, CaseCommand
from service_policy.company import Decider, Decisions
from service_policy.promises.policy import Policy
from theme.filters import datetime_vi


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

    def colleague(self, number: str) -> Person:
        """Return whoever was chosen among the colleagues."""
        return next(one for one in self.colleagues if one.id == number)


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
Arguments = tuple[Mapping[str, Any], Mapping[str, Any]]
"""Arguments of a command, and what is kept beside its texts."""


@dataclass(frozen=True)
class Action:
    """One thing that somebody may do to a case.

    ``slug`` is its address and, with underscores, its endpoint. Each argument of its command is
    the answer to the field of that name; ``given`` works out the others, and what is kept beside
    the texts. ``offered`` says whether it makes sense now; the rules have the last word either
    way. The sentence above its form stands in ``partials/action_note.html``, and ``told`` is what
    that has to know besides the case. ``counts_money`` says whether what was typed into the fields
    of money is an amount, which is said back before it counts. ``execute`` makes the command
    durable; commands about two cases bring their own. ``seals`` says that what is typed could be
    guessed from a plain hash of it. ``decider`` picks whom the published pages name for it, where
    they name anybody.
    """

    slug: str
    title: str
    command: type[CaseCommand]
    fields: Callable[[Context], tuple[Field, ...]]
    given: Callable[[Values, Context], Arguments] = lambda values, context: ({}, {})
    offered: Callable[[Case, datetime], bool] = field(default=lambda case, now: not case.is_ended)
    told: Callable[[Context], Any] = field(default=lambda context: None)
    danger: bool = False
    counts_money: Callable[[Values], bool] = field(default=lambda values: True)
    execute: Execute = handling.execute
    seals: bool = False
    decider: Callable[[Decisions], Decider] | None = None

    def build(self, values: Values, context: Context) -> Built:
        """Return the command, and what is kept beside its texts.

        Codes become what the command takes: ``"3"`` a number, ``"yes"`` a truth. What was left
        empty is left to the command.
        """
        others, private = self.given(values, context)
        arguments = {**values, **others}
        if "evidence" in values:
            arguments["evidence"], kept = evidence(values)
            private = {**kept, **private}
        names = {one.name for one in dataclass_fields(self.command)} - {"actor", "files"}
        said = {name: arguments[name] for name in names if arguments.get(name, "") != ""}
        made = TypeAdapter(self.command).validate_python({"actor": context.me.actor, **said})
        return made, private

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
    name: str,
    label: str,
    options: Mapping[str, str] | None = None,
    hint: str = "",
    *,
    kind: Any = "radios",
    groups: Mapping[str, tuple[Choice, ...]] | None = None,
) -> Field:
    """Ask for one of several codes with words; of a long list, arranged in groups."""
    choices = tuple(
        Choice(code, words[:1].upper() + words[1:]) for code, words in (options or {}).items()
    )
    found = Field(name, label, kind, "", required=True, hint=hint, choices=choices)
    return found if groups is None else replace(found, widget="select", groups=groups)


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
        depends=True,
        hint="Không bắt buộc khi đã kèm tệp.",
        choices=events,
    )
    files = replace(file_field("Tệp bằng chứng", hint), depends=True)
    return (files, which) if events else (files,)
