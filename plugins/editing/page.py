"""`/quan-tri/`: the page on which people without git write the content, and its forms.

It is built only where ``PORTAL_CMS`` names the repository that the content is kept in. Nothing of
it is loaded by any other page.
"""

import json
from pathlib import Path
from typing import Final

from plugins.editing.configuration import configuration, keys_in_use
from plugins.editing.repository import Repository
from plugins.model import Files, Pages, Settings, SiteBuild
from service_policy.content.guide import read_guide
from theme.env import build_environment

ADDRESS: Final = "/quan-tri/"
HEADERS: Final = ".headers.json"
"""What a server sends with some addresses instead of its own headers; read by the form server."""

_CMS: Final = Path(__file__).resolve().parents[2] / "theme" / "cms"
_PROGRAM: Final = "@sveltia/cms"


def files(site_build: SiteBuild, pages: Pages, settings: Settings) -> Files:
    """Return the page, the configuration of its forms, and the program with its licences.

    There are none without a repository.
    """
    repository: Repository | None = settings["CMS"]
    if repository is None:
        return {}
    content = Path(settings["PATH"])
    guide, keys = read_guide(content), keys_in_use(site_build.library)
    forms = configuration(repository, guide, keys, place_of(content), site_build.site.url)
    policy = content_security_policy(repository)
    page = build_environment().get_template("cms.html")
    version = _version()
    folder = ADDRESS.strip("/")
    written = {
        "index.html": page.render(policy=policy, company=site_build.library.company),
        "config.json": json.dumps(forms, ensure_ascii=False, indent=1),
        # The program looks here for its language, and for news of a newer version.
        f"{_PROGRAM}@{version}/locales/vi.json": _read("vi.json").decode(),
        f"{_PROGRAM}/package.json": json.dumps({"version": version}),
    }
    copied = ("sveltia-cms.js", "material-symbols.woff2")
    licences = ("sveltia-cms.LICENSE.txt", "material-symbols.OFL.txt")
    return {
        **{f"{folder}/{name}": f"{text}\n".encode() for name, text in written.items()},
        **{f"{folder}/{name}": _read(name) for name in (*copied, *licences)},
        HEADERS: json.dumps({ADDRESS: _headers(policy)}, indent=1).encode(),
    }


def place_of(content: Path) -> str:
    """Return where a content folder stands inside its repository; "." when it is one itself.

    A folder that no repository holds is taken for one at the root.
    """
    folder = content.resolve()
    around = (one for one in (folder, *folder.parents) if (one / ".git").exists())
    return folder.relative_to(next(around, folder.parent)).as_posix()


def content_security_policy(repository: Repository) -> str:
    """Return what the page may load: itself, and the repository's own service.

    The program writes its styles into the page, and shows pictures before they are saved.
    """
    asked = " ".join(("'self'", "data:", "blob:", *repository.asked))
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "font-src 'self'",
            "img-src 'self' data: blob:",
            f"connect-src {asked}",
            "worker-src 'self' blob:",
            "form-action 'none'",
            "base-uri 'none'",
        )
    )


def _headers(policy: str) -> dict[str, str]:
    return {
        "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
        # A window in which somebody signs in has to find its way back to this one.
        "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
    }


def _version() -> str:
    manifest = json.loads((_CMS.parent / "static" / "vendor.json").read_text(encoding="utf-8"))
    return next(str(one["version"]) for one in manifest if one["package"] == _PROGRAM)


def _read(name: str) -> bytes:
    return (_CMS / name).read_bytes()
