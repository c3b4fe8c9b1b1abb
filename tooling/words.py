"""How a task of `tasks.py` ends when something is wrong: in words, and with a code."""

import errno
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from invoke.exceptions import Exit
from invoke.tasks import task as invoke_task

from forms_api.errors import SettingsError, StoreUnavailable
from service_policy.content import ContentErrors
from service_policy.scorecard.orders import BadOrders

P = ParamSpec("P")


class Refused(Exception):
    """Raised when a task does not do what it was asked for; says why to whoever asked for it."""


_TOLD = (Refused, ContentErrors, BadOrders, SettingsError, StoreUnavailable)
_OF_THE_MACHINE = (OSError, OverflowError, UnicodeError)


def in_words(body: Callable[P, object]) -> Callable[P, None]:
    """Let the body of a task end in one line of words where something outside of it is wrong."""

    @wraps(body)
    def told(*arguments: P.args, **named: P.kwargs) -> None:
        try:
            body(*arguments, **named)
        except (*_TOLD, *_OF_THE_MACHINE) as error:
            raise Exit(_said(error), code=1) from None
        except KeyboardInterrupt:
            raise Exit("Đã dừng", code=130) from None

    return told


def task(*before: Any, **options: Any) -> Callable[[Callable[..., object]], Any]:
    """Return Invoke's own decorator, for a task that ends in words; see `invoke.task`."""
    return lambda body: invoke_task(*before, **options)(in_words(body))


def port_of(text: str) -> int:
    """Return a port as it was typed on the command line.

    Raises:
        OverflowError: it is none.
    """
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise OverflowError(text)
    return int(text)


def _said(error: Exception) -> str:
    """Say an error to a person: of the machine's own errors what it was about, and what."""
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return "Cổng này đang có chương trình khác dùng; chọn cổng khác bằng --port"
    if isinstance(error, OverflowError):
        return "Cổng phải là số từ 0 đến 65535"
    if isinstance(error, OSError) and error.errno is not None:
        where = f"{error.filename}: " if error.filename else ""
        return f"Không làm được: {where}{error.strerror}"
    return f"Không đọc được chữ: {error}" if isinstance(error, UnicodeError) else str(error)


def optional(task_name: str, argument: str) -> list[str]:
    """Make an argument positional when the command line gives it without its name.

    Invoke has no optional positional arguments: one that is declared has to be given.
    """
    _, given, after = "\0".join(sys.argv[1:]).partition(f"{task_name}\0")
    return [argument] if given and not after.startswith("-") else []
