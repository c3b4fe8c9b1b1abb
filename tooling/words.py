"""How a task of `tasks.py` ends when something is wrong: in words, and with a code."""

import errno
import sys
from collections.abc import Callable

from invoke.exceptions import Exit

from service_policy.content import ContentErrors
from tooling.build import BuildError


def in_words(task_body: Callable[[], object], *expected: type[Exception]) -> None:
    """Run the body of a task; what goes wrong outside of our code ends it in one line of words."""
    answered: tuple[type[Exception], ...] = (ContentErrors, BuildError, *expected)
    try:
        task_body()
    except answered as error:
        raise Exit(_said(error), code=1) from None
    except (OSError, OverflowError, UnicodeError) as error:
        raise Exit(_said(error), code=1) from None
    except KeyboardInterrupt:
        raise Exit("Đã dừng", code=130) from None


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
