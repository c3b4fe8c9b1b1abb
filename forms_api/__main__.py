"""``python -m forms_api``: serve a published site and the forms; see ``docs/operating.md``."""

import argparse
from pathlib import Path

from forms_api.embedded import main
from forms_api.portal import SITE


def _run() -> None:
    parser = argparse.ArgumentParser(prog="python -m forms_api", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on")
    parser.add_argument("--site", type=Path, default=SITE, help="folder of the built site")
    given = parser.parse_args()
    main(given.host, given.port, given.site)


if __name__ == "__main__":
    _run()
