"""Start the whole product: the site as it should be now, and the forms beside it."""

import threading
import time
from http.client import HTTPConnection, HTTPException

from tooling.build import build
from tooling.fingerprint import is_current

_PATIENCE_SECONDS = 60


def serve(host: str, port: int) -> None:
    """Build the site when its sources changed, then serve site and forms until interrupted.

    Prints one line `Ready: http://HOST:PORT` once the server answers. Raises what `build` raises.
    """
    if not is_current():
        print("Building the site", flush=True)
        built = build()
        print(f"Built {built.pages} pages in {built.seconds:.1f} s", flush=True)
    # The forms need Flask and a database driver; building the site needs neither.
    from forms_api import embedded

    threading.Thread(target=announce, args=(host, port), daemon=True).start()
    embedded.main(host, port)


def announce(host: str, port: int) -> None:
    """Wait until the server answers, then say so at the start of a line of its own."""
    reachable = "127.0.0.1" if host in {"0.0.0.0", "", "::"} else host  # noqa: S104
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if answers(reachable, port):
            print(f"Ready: http://{host}:{port}", flush=True)
            return
        time.sleep(0.05)


def answers(host: str, port: int) -> bool:
    """Tell whether an HTTP server answers the home page."""
    connection = HTTPConnection(host, port, timeout=2)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()
