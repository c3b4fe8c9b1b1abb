"""The whole product, running: the built site and the forms in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.company import environment
from tests.support.site import BuiltSite
from tooling.paths import ROOT

PROGRAM = (
    "import sys; from pathlib import Path; from forms_api import embedded; "
    "embedded.main('127.0.0.1', 0, Path(sys.argv[1]))"
)


@contextmanager
def running(site: BuiltSite, folder: Path) -> Iterator[str]:
    """Serve a site with an empty store under `folder`; give the address without a slash."""
    log = folder / "server.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(site.output)],
            cwd=ROOT,
            env=environment(PORTAL_VAR_DIR=str(folder / "var")),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert process.stdout is not None
    try:
        address = next((line for line in process.stdout if line.startswith("Ready: ")), None)
        assert address is not None, log.read_text(encoding="utf-8")
        yield address.removeprefix("Ready: ").strip()
    finally:
        process.terminate()
        process.wait(timeout=180)
        process.stdout.close()


@pytest.fixture(scope="session")
def product(built_site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the product once for a session."""
    with running(built_site, tmp_path_factory.mktemp("product")) as address:
        yield address
