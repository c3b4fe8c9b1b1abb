"""The units of ``deploy/`` are started: their settings, their command lines, as another user."""

import http.client
import json
import os
import pwd
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.checkout import copied_to
from tests.support.portal_process import SECRET, free_port, running
from tests.support.submissions import COMPLAINT
from tooling.paths import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
NAME = "cam-ket.example"


@dataclass(frozen=True)
class Machine:
    """The places of an installation, moved below one folder, and whom its units run as."""

    folder: Path
    user: str | None

    def moved(self, text: str) -> str:
        """Return a text with the places of the units replaced."""
        for place in ("/srv/cam-ket", "/etc/cam-ket", "/var/lib/cam-ket", "/var/backups/cam-ket"):
            text = text.replace(place, f"{self.folder}{place}")
        return text

    def environment(self) -> dict[str, str]:
        """Read the environment file as systemd does: NAME=value a line, comments, no shell."""
        text = (self.folder / "etc/cam-ket/portal.env").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        given = dict(line.split("=", 1) for line in lines)
        return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONWARNINGS": "ignore", **given}

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run a command line to its end, as the unit's user, in its working directory."""
        return subprocess.run(
            command,
            cwd=self.folder / "srv/cam-ket",
            env=self.environment(),
            user=self.user,
            extra_groups=[] if self.user else None,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )


def unit(machine: Machine, name: str) -> dict[str, list[str]]:
    """Return the settings of a unit by their names, with its places moved."""
    found: dict[str, list[str]] = {}
    for line in machine.moved((DEPLOY / name).read_text(encoding="utf-8")).splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


def command_of(machine: Machine, name: str, instance: str = "") -> list[str]:
    (line,) = unit(machine, name)["ExecStart"]
    return shlex.split(line.replace("%i", instance).replace("%%", "%"))


def nobody() -> str | None:
    """Return somebody who may do little, where we may become somebody else."""
    known = "nobody" in {one.pw_name for one in pwd.getpwall()}
    return "nobody" if known and os.geteuid() == 0 else None


def another_user() -> str | None:
    """Return somebody who may do little and can run our Python, if there is anybody."""
    user = nobody()
    try:
        subprocess.run(
            [sys.executable, "-c", ""], user=user, extra_groups=[] if user else None, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None  # A Python of root's own home.
    return user


def open_the_way_to(folder: Path) -> None:
    """Let other users into a folder of pytest, which lets in its owner only."""
    above = folder
    while above != above.parent and "pytest" in str(above):
        if above.owner() == "root":
            above.chmod(0o755)
        above = above.parent


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """Install the product as ``docs/operating.md`` says, below a folder."""
    folder = Path(os.path.realpath(tmp_path_factory.mktemp("machine")))
    machine = Machine(folder, another_user())
    checkout = copied_to(folder / "srv/cam-ket")
    (checkout / ".venv").symlink_to(Path(sys.executable).parent.parent)
    for place in ("var/lib/cam-ket", "var/backups/cam-ket", "etc/cam-ket"):
        (folder / place).mkdir(parents=True)
    settings = machine.moved((DEPLOY / "portal.env").read_text(encoding="utf-8"))
    settings = settings.replace("PORTAL_SECRET_KEY=\n", f"PORTAL_SECRET_KEY={SECRET}\n")
    settings = settings.replace("PORTAL_SMTP_URL=\n", "PORTAL_SMTP_URL=none\n")
    (folder / "etc/cam-ket/portal.env").write_text(settings, encoding="utf-8")
    if machine.user is not None:
        open_the_way_to(folder)
        for one in (checkout, folder / "var"):
            subprocess.run(["chown", "-R", f"{machine.user}:", str(one)], check=True)
    return machine


def test_the_site_is_published_the_server_runs_and_a_backup_is_made(machine: Machine) -> None:
    """One night and one day of an installation, with the command lines of its units."""
    published = machine.run(command_of(machine, "cam-ket-publish.service"))
    assert published.returncode == 0, published.stderr + published.stdout
    site = machine.folder / "srv/cam-ket/output"
    canonical = f"Canonical: https://{NAME}/.well-known/security.txt"
    assert canonical in (site / ".well-known/security.txt").read_text(encoding="utf-8")

    port = free_port()
    command = command_of(machine, "cam-ket@.service", str(port))
    environ = {**machine.environment(), "PYTHONPATH": str(machine.folder / "srv/cam-ket")}
    with running(command, machine.folder, environ, port, machine.user):
        status, receipt = ask(port, "/api/v1/complaints", COMPLAINT)
        assert status == 201
        assert ask(port, "/readyz")[0] == 200
        assert ask(port, "/healthz")[0] == 200
        made = machine.run(command_of(machine, "cam-ket-backup.service"))
        assert made.returncode == 0, made.stderr
    (file,) = (machine.folder / "var/backups/cam-ket").iterdir()
    assert re.fullmatch(r"cam-ket-\d{8}T\d{6}Z\.tar", file.name)
    assert file.stat().st_mode & 0o777 == 0o600
    with tarfile.open(file) as tar:
        assert {"manifest.json", "secret-key", "database.sqlite3"} <= set(tar.getnames())

    # The same file on a machine that lost everything.
    shutil.rmtree(machine.folder / "var/lib/cam-ket")
    flask = [f"{machine.folder}/srv/cam-ket/.venv/bin/flask", "--app", "forms_api"]
    for arguments in (["restore", str(file)], ["fsck"], ["migrate"]):
        done = machine.run([*flask, *arguments])
        assert done.returncode == 0, done.stderr
    with running(command, machine.folder, environ, port, machine.user):
        status, case = ask(port, "/api/v1/case", code=str(receipt["code"]))
        assert (status, case["reference"]) == (200, receipt["reference"])


def ask(port: int, path: str, body: object = None, code: str = "") -> tuple[int, dict[str, object]]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as line:
        headers = {"Host": NAME, "Content-Type": "application/json"}
        if code:
            headers["Authorization"] = f"Bearer {code}"
        data = None if body is None else json.dumps(body)
        line.request("GET" if body is None else "POST", path, data, headers)
        answer = line.getresponse()
        return answer.status, json.load(answer)


def test_systemd_finds_no_fault_in_the_units(machine: Machine, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("this machine has no systemd")
    for file in UNITS:
        text = machine.moved(file.read_text(encoding="utf-8")).replace(
            "cam-ket\nGroup", "root\nGroup"
        )
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    files = [str(tmp_path / one.name.replace("@.", "@8000.")) for one in UNITS]
    shutil.copy(tmp_path / "cam-ket@.service", tmp_path / "cam-ket@8000.service")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *files],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "cam-ket" in line]
    assert said == []
    assert done.returncode == 0, done.stderr


def test_timers_ring_at_night_in_vietnam() -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("this machine has no systemd")
    for file in DEPLOY.glob("*.timer"):
        (moment,) = re.findall(r"^OnCalendar=(.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
        done = subprocess.run(
            ["systemd-analyze", "calendar", moment], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert moment.endswith("Asia/Ho_Chi_Minh")
        assert (DEPLOY / file.name.replace(".timer", ".service")).is_file()


@pytest.mark.parametrize(
    "file", [one for one in UNITS if one.suffix == ".service"], ids=lambda f: f.name
)
def test_every_service_is_hardened_and_nobodys_root(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for line in (
        "User=cam-ket",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "PrivateTmp=yes",
        "CapabilityBoundingSet=",
        "UMask=0077",
        "EnvironmentFile=/etc/cam-ket/portal.env",
    ):
        assert line in text.splitlines(), line


def test_the_example_settings_are_settings_and_hold_no_secret() -> None:
    from forms_api.settings import NAMES

    text = (DEPLOY / "portal.env").read_text(encoding="utf-8")
    given = dict(re.findall(r"^#?PORTAL_([A-Z_]+)=(.*)$", text, re.MULTILINE))
    assert given.keys() <= NAMES.keys()
    assert (given["SECRET_KEY"], given["SMTP_URL"]) == ("", "")


def test_the_operators_page_names_only_what_there_is() -> None:
    from forms_api import cli, cli_ledger, cli_people
    from forms_api.settings import NAMES

    page = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    tasks = (ROOT / "tasks.py").read_text(encoding="utf-8")
    modules = (cli, cli_ledger, cli_people)
    known = {one.name for module in modules for one in module.COMMANDS}
    assert set(re.findall(r"^portal ([a-z-]+)", page, re.MULTILINE)) <= known
    assert set(re.findall(r"`portal ([a-z-]+)", page)) <= known
    assert set(re.findall(r"PORTAL_([A-Z_]+)", page)) <= NAMES.keys()
    for task in re.findall(r"\.venv/bin/inv ([a-z-]+)", page):
        assert f"def {task.replace('-', '_')}(" in tasks
    for name in re.findall(r"cam-ket-[a-z]+\.(?:service|timer)", page):
        assert (DEPLOY / name).is_file()
    for name in re.findall(r"deploy/([a-z]+\.[a-z]+)", page):
        assert (DEPLOY / name).is_file()


def block_below(title: str, page: str) -> list[str]:
    """Return the commands of the first block below a title of the operators' page."""
    return page.partition(f"## {title}\n")[2].partition("```\n")[2].partition("```")[0].splitlines()


def test_the_checkout_is_brought_to_another_version_as_the_page_says(tmp_path: Path) -> None:
    """Git refuses to work as root in a checkout that belongs to somebody else."""
    page = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    commands = [line for line in block_below("Upgrade", page) if "git " in line]
    assert [one.split("git ")[1].split()[0] for one in commands] == ["fetch", "checkout"]
    assert all(one.startswith("runuser -u cam-ket -- ") for one in commands)
    user = nobody()
    if user is None or shutil.which("runuser") is None:
        pytest.skip("needs root, and somebody else to own the checkout")
    folder = Path(os.path.realpath(tmp_path))
    origin, checkout = folder / "origin", folder / "checkout"
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@cam-ket.example"]
    setting_up = (
        ["git", "init", "-q", "-b", "main", str(origin)],
        [*git, "-C", str(origin), "commit", "-q", "--allow-empty", "-m", "one"],
        ["git", "clone", "-q", str(origin), str(checkout)],
        [*git, "-C", str(origin), "commit", "-q", "--allow-empty", "-m", "two"],
        ["git", "-C", str(origin), "tag", "v1.2.3"],
        ["chown", "-R", f"{user}:", str(folder)],
    )
    for command in setting_up:
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    open_the_way_to(folder)
    for line in commands:
        done = subprocess.run(
            shlex.split(line.replace("cam-ket", user)),
            cwd=checkout,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
