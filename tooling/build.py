"""Build the whole site, or leave the last good one untouched.

The site is built into a folder beside the output folder, which takes its place only when
everything succeeded. A reader of the site never sees half of a build.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from forms_api.site_links import broken_inside, links_of
from plugins.editing.repository import SETTING as CMS
from plugins.editing.repository import SIGN_IN, BadRepository, repository
from service_policy.addresses import SETTING, wrong_site_address
from tooling.check import check
from tooling.fingerprint import site_fingerprint, write_stamps
from tooling.paths import CONTENT, OUTPUT, ROOT
from tooling.words import Refused

DEVELOPMENT = ROOT / "pelicanconf.py"
PRODUCTION = ROOT / "publishconf.py"

_MUST_EXIST = ("index.html", "404.html", "sitemap.xml", "theme")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the number of pages and how long it took, in seconds."""

    output: Path
    pages: int
    seconds: float


def build(output: Path = OUTPUT, content: Path = CONTENT, settings: Path = DEVELOPMENT) -> Built:
    """Check the content, build the site and put it in the place of the last one.

    Raises `service_policy.content.ContentErrors` with all faults of the content, and
    `Refused` with Pelican's own words when the build fails after that.
    """
    started = time.monotonic()
    site_url = os.environ.get(SETTING, "").strip()
    if wrong := wrong_site_address(site_url):
        raise Refused(wrong)
    if settings == PRODUCTION and not site_url.startswith("https://"):
        raise Refused(f"{SETTING} is not the https address of the site: https://camket.example")
    try:
        repository(os.environ.get(CMS, ""), os.environ.get(SIGN_IN, ""))
    except BadRepository as wrong_place:
        raise Refused(str(wrong_place)) from None
    output = output.resolve()
    try:
        return _build(started, output, content, settings)
    except OSError as error:
        raise Refused(f"Không ghi được trang web: {error.filename}: {error.strerror}") from error


def _build(started: float, output: Path, content: Path, settings: Path) -> Built:
    output.parent.mkdir(parents=True, exist_ok=True)
    with _one_build_at_a_time(output):
        _recover(output)
        library = check(content)
        fresh = output.with_name(f"{output.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fingerprint = site_fingerprint(content)
        try:
            _run_pelican(content, fresh, settings)
            pages = _count_pages(fresh)
            _follow_links(fresh)
            write_stamps(fresh, fingerprint, library.policy.fingerprint)
            _replace(output, fresh)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return Built(output, pages, time.monotonic() - started)


def clean(output: Path = OUTPUT) -> None:
    """Remove the built site."""
    for folder in (output, output.with_name(f"{output.name}.new")):
        shutil.rmtree(folder, ignore_errors=True)


def _run_pelican(content: Path, output: Path, settings: Path) -> None:
    """Run Pelican in a process of its own; a warning is a failure.

    The site's own settings are the environment's; Python's own warnings stay out of it, because
    they are about libraries and are the business of the tests.
    """
    command = [
        sys.executable, "-m", "pelican", str(content.resolve()),
        "--settings", str(settings), "--output", str(output),
        "--fatal", "warnings", "--log-handler", "plain",
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ.copy()
    )
    if done.returncode != 0:
        raise Refused(f"Pelican stopped the build:\n{_last_words(done.stderr, done.stdout)}")


def _last_words(*streams: str) -> str:
    """Return what Pelican said last; a page of a library's own words helps nobody."""
    said = [[line for line in stream.splitlines() if line.strip()] for stream in streams]
    grave = [line for line in chain(*said) if line.startswith(("CRITICAL", "ERROR", "WARNING"))]
    # Without such a line, the end of each stream holds what happened.
    last = [line for lines in said for line in lines[-60:]]
    return "\n".join(line[:400] for line in grave[-12:] or last)


def _count_pages(output: Path) -> int:
    """Return the number of HTML pages. Raises `Refused` when a part of the site is missing."""
    missing = [name for name in _MUST_EXIST if not (output / name).exists()]
    if missing:
        raise Refused(f"The build ended without: {', '.join(missing)}.")
    return sum(1 for _ in output.rglob("*.html"))


def _follow_links(output: Path) -> None:
    """Follow every link inside the site. Raises `Refused` with the page and target of each."""
    broken = list(broken_inside(output, links_of(output)))
    if broken:
        shown = "\n".join(f"{one.where}: {one.what}" for one in broken[:50])
        raise Refused(f"{len(broken)} liên kết của trang web không dẫn đến đâu:\n{shown}")


def _replace(output: Path, fresh: Path) -> None:
    """Put the fresh site in the place of the old one; two renames, and the old one is removed."""
    old = _old(output)
    shutil.rmtree(old, ignore_errors=True)
    if output.exists():
        output.rename(old)
    fresh.rename(output)
    shutil.rmtree(old, ignore_errors=True)


def _recover(output: Path) -> None:
    """Bring the last good site back when a build was killed between its two renames."""
    if not output.exists() and _old(output).exists():
        _old(output).rename(output)


def _old(output: Path) -> Path:
    return output.with_name(f"{output.name}.old")


@contextmanager
def _one_build_at_a_time(output: Path) -> Iterator[None]:
    """Let a second build of the same output wait for the first."""
    with output.with_name(f".{output.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
