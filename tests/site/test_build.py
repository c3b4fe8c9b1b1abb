"""The build as a whole: it is repeatable, and it never leaves half a site behind."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from service_policy.content import ContentErrors
from tests.support.site import BUILD_EPOCH, SITE_URL, BuiltSite
from tooling import build as building
from tooling.build import build
from tooling.fingerprint import STAMP, is_current
from tooling.paths import ROOT
from tooling.words import Refused

DEAD = ("/khong-co/", "/hoi-dap/", "/hoi-dap/#khong-co", "/gui/khong-co/", "/gui/cau-hoi/?q=x")


def digest(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(autouse=True)
def fixed_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", BUILD_EPOCH)
    monkeypatch.setenv("PORTAL_SITE_URL", SITE_URL)


@pytest.fixture
def good(built_site: BuiltSite, tmp_path: Path) -> Path:
    """A copy of the last good site, to be built over."""
    return Path(shutil.copytree(built_site.output, tmp_path / "output"))


@pytest.fixture
def content(built_site: BuiltSite, tmp_path: Path) -> Path:
    """A copy of the content, to be broken."""
    return Path(shutil.copytree(built_site.content, tmp_path / "content"))


def test_two_builds_give_the_same_bytes(built_site: BuiltSite, tmp_path: Path) -> None:
    again = build(tmp_path / "again", built_site.content).output
    assert digest(again) == digest(built_site.output)


def test_a_broken_content_file_leaves_the_last_good_site_untouched(
    good: Path, content: Path
) -> None:
    before = digest(good)
    broken = content / "cam-ket" / "ck-03.md"
    broken.write_text(broken.read_text(encoding="utf-8").replace("owner:", "ownr:"), "utf-8")
    with pytest.raises(ContentErrors) as refused:
        build(good, content)
    assert "cam-ket/ck-03.md" in str(refused.value)
    assert digest(good) == before
    assert sorted(path.name for path in good.parent.glob("[a-z]*")) == ["content", "output"]


def test_a_failure_inside_pelican_leaves_the_last_good_site_untouched(
    good: Path, tmp_path: Path
) -> None:
    before = digest(good)
    settings = tmp_path / "settings.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        "from pelicanconf import *\nPLUGINS = [*PLUGINS, 'plugins.no_such_plugin']\n"
    )
    with pytest.raises(Refused, match="no_such_plugin"):
        build(good, settings=settings)
    assert digest(good) == before
    assert not (tmp_path / "output.new").exists()


def test_a_site_without_its_parts_is_refused(good: Path, tmp_path: Path) -> None:
    before = digest(good)
    settings = tmp_path / "settings.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        "from pelicanconf import *\nPLUGINS = ['plugins.site_build']\n"
    )
    with pytest.raises(Refused, match=r"sitemap\.xml"):
        build(good, settings=settings)
    assert digest(good) == before


def test_a_dead_link_stops_the_build_and_is_named_with_its_page(
    good: Path, built_site: BuiltSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pelican(content: Path, output: Path, settings: Path) -> None:
        shutil.copytree(built_site.output, output)
        page = output / "lich-nghi" / "index.html"
        html = page.read_text(encoding="utf-8")
        dead = "".join(f'<a class="x" href="{url}">x</a>' for url in DEAD)
        page.write_text(html.replace("</main>", f"{dead}</main>"), encoding="utf-8")

    before = digest(good)
    monkeypatch.setattr(building, "_run_pelican", pelican)
    with pytest.raises(Refused) as refused:
        build(good, built_site.content)
    lines = str(refused.value).splitlines()
    assert [line.split(" không có")[0] for line in lines[1:]] == [
        f"/lich-nghi/: {url}" for url in ("/khong-co/", "/hoi-dap/#khong-co", "/gui/khong-co/")
    ]
    assert digest(good) == before


def test_a_site_lost_between_two_renames_comes_back(good: Path, content: Path) -> None:
    before = digest(good)
    good.rename(good.with_name("output.old"))
    (content / "cam-ket" / "ck-03.md").write_text("---\n", "utf-8")
    with pytest.raises(ContentErrors):
        build(good, content)
    assert digest(good) == before


def test_an_unchanged_site_is_known_to_be_current(good: Path, content: Path) -> None:
    assert is_current(good, content)
    with (content / "cam-ket" / "ck-03.md").open("a", encoding="utf-8") as file:
        file.write("\nThêm một dòng.\n")
    assert not is_current(good, content)
    (good / STAMP).unlink()
    assert not is_current(good, content)


def test_the_site_is_built_without_flask_or_a_database(
    built_site: BuiltSite, tmp_path: Path
) -> None:
    program = (
        "import sys\n"
        "for name in ('flask', 'flask_wtf', 'sqlalchemy', 'alembic', 'psycopg', 'waitress'):\n"
        "    sys.modules[name] = None\n"
        "from pelican import main\n"
        "main(sys.argv[1:])\n"
    )
    output = tmp_path / "output"
    arguments = [str(built_site.content), "-s", str(building.DEVELOPMENT), "-o", str(output)]
    subprocess.run(
        [sys.executable, "-c", program, *arguments, "--fatal", "warnings"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    assert set(digest(output)) >= {"index.html", "sitemap.xml", "cam-ket/ck-18/index.html"}


def test_publication_needs_the_address_of_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PORTAL_SITE_URL")
    with pytest.raises(Refused, match="PORTAL_SITE_URL"):
        build(tmp_path / "output", settings=building.PRODUCTION)
