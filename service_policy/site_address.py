"""The public address of a site: scheme and host, and nothing behind them.

Every link of the site begins at the root of its host, so a site under a path would be broken.
"""

import re

_ADDRESS = re.compile(
    r"https?://(?P<host>localhost|\[[0-9a-f:.]+\]|[a-z0-9_]([a-z0-9_-]*[a-z0-9])?"
    r"(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9])?)*)(:(?P<port>\d{1,5}))?/?",
    re.IGNORECASE,
)
SETTING = "PORTAL_SITE_URL"


def wrong_site_address(text: str) -> str | None:
    """Say what is wrong with an address, or None; an empty one is not set."""
    if not text:
        return None
    match = _ADDRESS.fullmatch(text)
    if match is not None:
        port = match["port"]
        return None if port is None or 0 < int(port) < 65536 else f"{SETTING}: no port {port}"
    if re.match(r"https?://[^/?#@]+/+[^/?#]", text, re.IGNORECASE):
        what = "the site cannot stand under a path, because its links begin at the root"
    else:
        what = "must be scheme and host alone"
    return f"{SETTING}: {what}; write it like https://camket.example"
