"""Months in addresses of the desk: ``?thang=2026-11``."""

import re
from datetime import datetime

from flask import request

from forms_api.web.app_context import app_context
from service_policy.promises.calendar import VIETNAM

FIRST = "2000-01"
NAME = "thang"


def month_asked(asked: str | None = None) -> str:
    """Return a month that has begun, by default the one in the address; else the present one."""
    text = request.args.get(NAME, "") if asked is None else asked
    current = month_of(app_context().now())
    known = re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text)
    return text if known and FIRST <= text <= current else current


def month_of(moment: datetime) -> str:
    """Return the month in Vietnam that a moment (aware) lies in."""
    return f"{moment.astimezone(VIETNAM):%Y-%m}"
