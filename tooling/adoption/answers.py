"""What a company says of itself before it moves in: a YAML file of some twenty lines.

Hours, departments, segments and families have the fields that they have in the content, so there
is one way to write them; the checker's own reader says what is wrong, with its line. Whoever has no
file is asked on the terminal.
"""

import re
import tomllib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import AfterValidator, model_validator

from service_policy.company import Registration
from service_policy.content.files import parsed
from service_policy.content.tree import ContentErrors
from service_policy.content.validate import validate
from service_policy.families import Family
from service_policy.opening_hours import Hours
from service_policy.segments import MOST_SEGMENTS, Segment
from service_policy.values import Model, NonEmpty, Slug, Text, YesNo, fault

Duty = Literal["an-toan", "hen", "bao-hanh", "hoa-don", "tai-lieu", "du-lieu", "xem-lai"]
"""Work that a department may take: danger, appointments, warranty, invoices, documents, personal
data, and the review of what was refused."""
_LAST: Final = frozenset({"an-toan", "xem-lai"})
"""Work of the last department, which is the management, when nobody takes it; else of the first."""

_PLAIN: Final = re.compile(r"\w(?:[\w @./()–-]*[\w./)])?")


class Answering(Model):
    """A department, and the work it takes."""

    id: Slug
    name: Text
    role: Text
    email: Text
    takes: tuple[Duty, ...] = ()


class Customers(Segment):
    """A segment; its name says enough where there is no description."""

    description: Text = ""


def _told_apart(departments: tuple[Answering, ...]) -> tuple[Answering, ...]:
    for what, said in (
        ("mã phòng", [one.id for one in departments]),
        ("tên phòng", [one.name for one in departments]),
        ("việc", [duty for one in departments for duty in one.takes]),
    ):
        twice = [one for one, count in Counter(said).items() if count > 1]
        if twice:
            fix = "mỗi phòng một mã, một tên; mỗi việc một phòng"
            raise fault("said_twice", f"{what} “{twice[0]}” có hai lần", fix)
    return departments


class Answers(Model):
    """The whole file. Without ``families`` the company sells no goods and only serves."""

    name: Text
    short_name: Text
    fictional: YesNo = False
    tax_code: Text
    registration: Registration
    address: Text
    representative: Text
    email: Text
    hotline: Text
    website: Text
    hours: Hours
    departments: Annotated[tuple[Answering, ...], NonEmpty, AfterValidator(_told_apart)]
    segments: Annotated[tuple[Customers, ...], NonEmpty]
    families: tuple[Family, ...] = ()

    @model_validator(mode="after")
    def _one_usual(self) -> "Answers":
        if len(self.segments) > MOST_SEGMENTS:
            raise fault("too_long", f"nhiều nhất {MOST_SEGMENTS} phân khúc", "bớt đi")
        if len(self.segments) > 1 and sum(one.usual for one in self.segments) != 1:
            raise fault(
                "usual_segment",
                "segments: khách không nói mình là ai thì tính theo phân khúc nào?",
                "thêm usual: true vào đúng một phân khúc",
            )
        return self

    def who(self, duty: Duty) -> Answering:
        """Return the department that does some work."""
        rest = self.departments[-1 if duty in _LAST else 0]
        return next((one for one in self.departments if duty in one.takes), rest)


def read_answers(text: str, file: str, today: date) -> dict[str, Any]:
    """Read the answers; returns the values that the templates have, by name.

    Raises:
        ContentErrors: with every fault of the file at once, each with its line.
    """
    tree, faults = parsed(text, file)
    answers = None
    if not faults:
        answers, faults = validate(Answers, tree)
    if answers is None:
        raise ContentErrors(faults)
    usual = next((one for one in answers.segments if one.usual), answers.segments[0])
    return {
        "tree": tree,
        "answers": answers,
        "hours": tree.data["hours"],
        "registration": tree.data["registration"],
        "families": tree.data.get("families", []),
        "segments": [
            {"id": one["id"], "name": one["name"], "description": one["name"], **one}
            for one in tree.data["segments"]
        ],
        "ids": ", ".join(one.id for one in answers.segments),
        "usual": usual.id,
        "first": answers.departments[0],
        "who": {duty: answers.who(duty) for duty in get_args(Duty)},
        "goods": bool(answers.families),
        "group": "A" if answers.families else "DV",
        "today": today.isoformat(),
        "until": (today + timedelta(days=180)).isoformat(),
    }


def flow(value: Any) -> str:
    """Say a value of the answers on one line of YAML, in quotes only where it needs them."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    text = str(value)
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"


_QUESTIONS: Final[dict[str, dict[str, str]]] = tomllib.loads(
    Path(__file__).with_name("questions.toml").read_text(encoding="utf-8")
)
"""By part of the answers: each field with its question, in the order in which they are asked."""
_WEEK: Final = {"5": "mon, tue, wed, thu, fri", "6": "mon, tue, wed, thu, fri, sat"}


def ask() -> str:
    """Ask everything, one question a line; returns the answers as YAML."""
    said = [f"{name}: {flow(told)}" for name, told in _all("company").items()]
    said.append(f"registration: {flow(_all('registration'))}")
    fictional = _answer("Công ty hư cấu, chỉ để thử? (c/k)", "k").lower().startswith("c")
    said.append(f"fictional: {str(fictional).lower()}")
    week = _answer("Làm việc 5 ngày (thứ Hai đến thứ Sáu) hay 6 ngày một tuần", "5")
    times = _answer("Giờ làm việc", "08:00-12:00, 13:00-17:00")
    intervals = [_interval(one) for one in times.split(",")]
    said.append(f"hours: {{weekdays: [{_WEEK.get(week, week)}], intervals: {flow(intervals)}}}")
    for name, at_least in (("departments", 1), ("segments", 1), ("families", 0)):
        said += _rows(name, at_least)
    return "\n".join(said) + "\n"


def _answer(question: str, usual: str | None = None) -> str:
    """Ask until there is an answer; without one the usual answer counts, where there is any."""
    while True:
        answer = input(f"{question}{f' [{usual}]' if usual else ''}: ").strip()
        if answer or usual is not None:
            return answer or str(usual)


def _all(part: str, without: str = "") -> dict[str, str]:
    asked = _QUESTIONS[part].items()
    return {name: _answer(question) for name, question in asked if name != without}


def _rows(name: str, at_least: int) -> list[str]:
    """Ask for rows of a list until the first question of one stays without an answer."""
    rows: list[str] = []
    first, question = next(iter(_QUESTIONS[name].items()))
    while True:
        enough = len(rows) >= at_least
        head = _answer(f"{question}{' (Enter: hết)' if enough else ''}", "" if enough else None)
        if not head:
            return [f"{name}:", *rows] if rows else []
        usual = {"usual": "true"} if name == "segments" and not rows else {}
        rows.append(f"  - {flow({first: head, **_all(name, first), **usual})}")


def _interval(text: str) -> dict[str, str]:
    opens, _, closes = text.partition("-")
    return {"opens": opens.strip(), "closes": closes.strip()}
