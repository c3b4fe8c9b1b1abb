"""Old addresses: each leads to the page of today, from a plain file and from a web server.

A file with a refresh works on every host and without JavaScript; `.redirects.json` (the embedded
server) and `.redirects.map` (`map` of nginx) let a server answer 301 before that.
"""

import json

from plugins.model import Files, Pages, Settings, SiteBuild
from service_policy.content.cross_addresses import moved, redirects
from theme.env import build_environment

TABLE = ".redirects.json"
MAP = ".redirects.map"


def files(site_build: SiteBuild, pages: Pages, settings: Settings) -> Files:
    """Return a file for each old address, and both tables.

    Pages that are not on the site have no old address either.
    """
    shown = {page.page.url for page in pages}
    old = {url: new for url, new in moved(redirects(site_build.library)).items() if new in shown}
    page = build_environment().get_template("redirect.html")
    written = {url: page.render(site_url=site_build.site.url, url=new) for url, new in old.items()}
    found = {_file(url): f"{text}\n".encode() for url, text in written.items()}
    found[TABLE] = f"{json.dumps(old, indent=1, sort_keys=True)}\n".encode()
    found[MAP] = "".join(f"{url} {new};\n" for url, new in sorted(old.items())).encode()
    return found


def _file(url: str) -> str:
    return f"{url.lstrip('/')}index.html" if url.endswith("/") else url.lstrip("/")
