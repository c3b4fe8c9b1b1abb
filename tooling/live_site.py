"""The site as `inv livereload` shows it: read at once after a change, rendered when looked at.

An editor looks at one page after saving, not at all of them. So a change costs the reading of the
content (which also finds every fault) and the rendering of what a browser then asks for. Pages go
through the same generators and Pelican's own writer as in a build; nothing is copied from there.
"""

import json
import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache, TemplateError
from pelican.settings import read_settings
from pelican.writers import Writer

from plugins.files import MAKERS, write
from plugins.site_build import SiteGenerator
from service_policy.content import ContentErrors
from theme.assets import PREFIX, STATIC
from tooling.build import DEVELOPMENT
from tooling.paths import CONTENT

_THEME = f"{PREFIX.strip('/')}/"
_BREATH_SECONDS = 15.0
"""How often a silent stream shows a sign of life, and so finds out that its browser has left."""


class Edition:
    """The site after one change of its sources.

    Attributes:
        name: tells this edition from every other one, also from those of an earlier process.
    """

    def __init__(self, settings: dict[str, Any], folder: Path) -> None:
        """Read the content and lay out its pages. Raises ContentErrors with all faults."""
        self.name = secrets.token_hex(8)
        self._folder = folder
        self._lock = threading.Lock()
        self._pages: dict[str, Callable[[], None]] = {}
        self._writer = Writer(str(folder), settings=settings)
        self._context: dict[str, Any] = {
            **settings,
            "generated_content": {},
            "static_links": set(),
            "static_content": {},
            "localsiteurl": settings["SITEURL"],
        }
        self._left = list(MAKERS)
        # Made as `Pelican.run` makes it.
        pages = SiteGenerator(
            context=self._context,
            settings=settings,
            path=settings["PATH"],
            theme=settings["THEME"],
            output_path=str(folder),
        )
        pages.generate_context()
        pages.generate_output(self)

    def write_file(self, name: str, *arguments: Any, **variables: Any) -> None:
        """Take a page from its generator, in the place of Pelican's writer, and write it later."""
        self._pages[name] = partial(self._writer.write_file, name, *arguments, **variables)

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file of the site by its path in the output folder, or None.

        A page is rendered when it is asked for first. A file that is no page is written together
        with all others of its kind: the search index, the sitemap, the feeds, the documents.
        """
        if name.startswith(_THEME):
            static = _inside(STATIC, name.removeprefix(_THEME))
            if static is not None:
                return static
        with self._lock:
            if name in self._pages:
                self._pages.pop(name)()
            found = _inside(self._folder, name)
            if found is None:
                # What a page's head wants is small; it does not wait for papers and the index.
                own = [one for one in self._left if one[0] and name.startswith(one[0])]
                for maker in own or self._left:
                    write(maker[1], self._context, self._folder)
                self._left = [one for one in self._left if own and one not in own]
                found = _inside(self._folder, name)
            return found

    def discard(self) -> None:
        """Remove what was written, once no request reads it any more."""
        with self._lock:
            shutil.rmtree(self._folder)


class LiveSite:
    """Shows an edition after each change, in a folder of its own below `work`.

    Attributes:
        content: the folder that it is read from.
        edition: the one to answer requests from.
    """

    def __init__(self, work: Path, content: Path = CONTENT, *, drafts: bool = False) -> None:
        """Make the first edition. Raises ContentErrors with all faults."""
        self.content = content
        self._work = work
        self._override = {"PATH": str(content.resolve()), "SHOW_DRAFTS": drafts}
        # A template is compiled again only when it changed.
        compiled = work / "compiled"
        compiled.mkdir(parents=True)
        self._compiled = FileSystemBytecodeCache(str(compiled))
        self._changed = threading.Condition()
        self._problem = ""
        self._closed = False
        self.edition = self._made()

    def refresh(self) -> None:
        """Let every open page show the site as its sources are now, or what is wrong with them.

        A problem is told here as well, and the edition before it stays.
        """
        before = self.edition
        try:
            fresh, problem = self._made(), ""
        except (ContentErrors, TemplateError, ValueError, OSError) as error:
            # A file that went away while it was read is there again, or told, after the next one.
            fresh, problem = before, str(error)
            print(problem, flush=True)
        with self._changed:
            self.edition, self._problem = fresh, problem
            self._changed.notify_all()
        if fresh is not before:
            before.discard()

    def close(self) -> None:
        """End every stream of news."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def news(self, told: str | None) -> str | None:
        """Wait for something else than what was `told`.

        Returns it as JSON, what was told when nothing changes for a while, or None at the end.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._now() != told, _BREATH_SECONDS)
            return None if self._closed else self._now()

    def _now(self) -> str:
        return json.dumps({"edition": self.edition.name, "problem": self._problem})

    def _made(self) -> Edition:
        folder = Path(tempfile.mkdtemp(dir=self._work))
        override = {**self._override, "OUTPUT_PATH": str(folder)}
        settings = read_settings(str(DEVELOPMENT), override=override)
        settings["JINJA_ENVIRONMENT"] = {
            **settings["JINJA_ENVIRONMENT"],
            "bytecode_cache": self._compiled,
        }
        return Edition(settings, folder)


def _inside(folder: Path, name: str) -> bytes | None:
    """Return the bytes of a file below `folder`; None when it is not there or not below."""
    file = (folder / name).resolve()
    if not file.is_relative_to(folder.resolve()) or not file.is_file():
        return None
    return file.read_bytes()
