"""Old addresses: each leads to the page of today, from a plain file and from a web server.

A file with a refresh works on every host and without JavaScript; `.redirects.json` (the embedded
server) and `.redirects.map` (`map` of nginx) let a server answer 301 before that.
"""

import json

from markupsafe import escape

from plugins.model import Files, Pages, Settings, SiteBuild
from service_policy.content.cross_addresses import moved, redirects

TABLE = ".redirects.json"
MAP = ".redirects.map"


def files(site_build: SiteBuild, pages: Pages, settings: Settings) -> Files:
    """Return a file for each old address, and both tables.

    Pages that are not on the site have no old address either.
    """
    shown = {page.page.url for page in pages}
    old = {url: new for url, new in moved(redirects(site_build.library)).items() if new in shown}
    found = {_file(url): _page(site_build.site.url, new).encode() for url, new in old.items()}
    found[TABLE] = f"{json.dumps(old, indent=1, sort_keys=True)}\n".encode()
    found[MAP] = "".join(f"{url} {new};\n" for url, new in sorted(old.items())).encode()
    return found


def _file(url: str) -> str:
    return f"{url.lstrip('/')}index.html" if url.endswith("/") else url.lstrip("/")


def _page(site_url: str, url: str) -> str:
    return (
        '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        "<title>Trang đã chuyển địa chỉ</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f'<link rel="canonical" href="{escape(site_url + url)}">\n'
        f'<meta http-equiv="refresh" content="0; url={escape(url)}">\n'
        "</head>\n<body>\n<main>\n<h1>Trang đã chuyển địa chỉ</h1>\n"
        f'<p><a href="{escape(url)}">Mở trang ở địa chỉ mới: {escape(url)}</a></p>\n'
        "</main>\n</body>\n</html>\n"
    )
