"""The recipe of `docs/recipes/kind.md`, followed to the letter in a copy of the repository."""

import csv
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from forms_api.portal import open_portal
from forms_api.settings import Settings
from service_policy.content import read
from tests.support.company import COMPANY
from tests.support.forms import hidden
from tests.support.mailserver import MailServer, receiving
from tests.support.portal_process import SECRET, free_port, running, settings_of, small_site
from tests.support.staff import seat
from tooling.paths import ROOT

RECIPE = ROOT / "docs/recipes/kind.md"
FILE = re.compile(r"^### `(?P<name>[^`]+)`.*?^```\w+\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
FOR_ALL = "  - {department: cskh}\n"
"""The route of the tests' company for whatever kind has no other."""
WORDS = "Nhà ở ngõ nhỏ, xe ba gác mới vào được."
ASKED = {
    "topic": "new",
    "segment": "household",
    "name": "Nguyễn Thị Mẫu",
    "phone": "0912 345 678",
    "email": "mau@khach.example",
    "wished_on": "30/11/2099",
    "floor": "3",
    "details": WORDS,
}


def files() -> dict[str, str]:
    """Return the files of the recipe, by name."""
    found = {one["name"]: one["text"] for one in FILE.finditer(RECIPE.read_text(encoding="utf-8"))}
    assert len(found) == 3, "one Python file, one content file, one test"
    return found


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository with the two new files, and no route for the new kind yet."""
    folder = tmp_path_factory.mktemp("recipe") / "checkout"
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    own = folder / "content"
    shutil.copytree(COMPANY, own, dirs_exist_ok=True)
    routes = (own / "cong-ty.yaml").read_text(encoding="utf-8")
    assert FOR_ALL in routes
    (own / "cong-ty.yaml").write_text(routes.replace(FOR_ALL, ""), encoding="utf-8")
    for name, text in files().items():
        if not name.startswith("content/"):
            assert not (folder / name).exists()
            (folder / name).write_text(text, encoding="utf-8")
        else:
            # With its route there already, a server that has to refuse would run on for ever.
            assert text not in (folder / name).read_text(encoding="utf-8"), f"{name} has the route"
    return folder


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=copy,
        env=settings_of(copy.parent, {"CONTENT_DIR": str(copy / "content")}),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


@pytest.fixture(scope="module")
def told(copy: Path) -> list[str]:
    """Check and serve without a route, then add the route; return what was said before."""
    site = str(small_site(copy.parent))
    refused = [
        run(copy, "invoke", "check"),
        run(copy, "forms_api", "--port", str(free_port()), "--site", site),
    ]
    assert all(one.returncode != 0 for one in refused)
    ((name, lines),) = ((name, text) for name, text in files().items() if "content" in name)
    file = copy / name
    text = file.read_text(encoding="utf-8")
    assert text.count("\nroutes:\n") == 1
    file.write_text(text.replace("\nroutes:\n", f"\nroutes:\n{lines}"), encoding="utf-8")
    return [one.stdout + one.stderr for one in refused]


def test_a_kind_without_a_department_is_named_with_file_line_field_and_fix(
    copy: Path, told: list[str]
) -> None:
    fault = r"content/cong-ty\.yaml:\d+: routes: không phòng nào nhận installation_request về new.*"
    fix = r"thêm \{kind: installation_request, department: mã phòng\}"
    for said in told:
        assert re.search(fault + fix, said), said
    after = run(copy, "invoke", "check")
    assert after.returncode == 0, after.stdout + after.stderr


def test_its_own_test_and_those_that_walk_all_kinds_are_green(copy: Path, told: list[str]) -> None:
    mine = "tests/kinds/test_installation_request.py"
    done = run(copy, "pytest", "-q", "-p", "no:xdist", mine, "tests/web/test_questions.py")
    assert done.returncode == 0, done.stdout
    assert "passed" in done.stdout


@dataclass(frozen=True)
class Served:
    """The running server of the copy, and what a member of its staff holds."""

    client: httpx.Client
    desk: httpx.Client
    mails: MailServer


@contextmanager
def clients(address: str, token: str) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    more: dict[str, Any] = {"base_url": address, "follow_redirects": True, "timeout": 180}
    with httpx.Client(**more) as client, httpx.Client(**more, cookies={"desk": token}) as desk:
        yield client, desk


@pytest.fixture(scope="module")
def served(copy: Path, told: list[str]) -> Iterator[Served]:
    """Run the server of the copy with its own database and a mail server."""
    folder, port = copy.parent, free_port()
    site = str(small_site(folder))
    command = [sys.executable, "-m", "forms_api", "--port", str(port), "--site", site]
    with receiving() as mails, ExitStack() as stack:
        given = {"SECRET_KEY": SECRET, "SMTP_URL": mails.url}
        environment = settings_of(folder, {**given, "CONTENT_DIR": str(copy / "content")})
        stack.enter_context(running(command, folder, environment, port, checkout=copy))
        content = read(copy / "content", datetime.now(UTC).date())
        portal = open_portal(Settings.from_environ(environment), content.policy, Path(site))
        token = seat(portal, datetime.now(UTC), "hoa", "lead", "ky-thuat")
        portal.close()
        with clients(f"http://127.0.0.1:{port}", token) as (client, desk):
            yield Served(client, desk, mails)


def references(html: str) -> list[str]:
    return re.findall(r"\bLD-\d\d-[0-9A-Z]{4}-[0-9A-Z]{4}\b", html)


def test_the_form_takes_it_and_the_customer_follows_it(served: Served) -> None:
    form = served.client.get("/gui/lap-dat/")
    assert form.status_code == 200
    assert "Hẹn ngày lắp máy" in form.text
    guard = hidden(form.text, "/gui/lap-dat/")
    wrong = served.client.post("/gui/lap-dat/", data={**guard, **ASKED, "floor": "61"})
    assert wrong.status_code == 422
    assert 'href="#floor"' in wrong.text
    check = served.client.post("/gui/lap-dat/", data={**guard, **ASKED})
    assert check.status_code == 200
    assert "Lắp máy mới" in check.text
    sent = served.client.post("/gui/lap-dat/xong/", data=hidden(check.text, "/gui/lap-dat/xong/"))
    assert sent.status_code in (200, 201)
    reference = references(sent.text)[0]
    case = served.client.post("/ho-so/", data=hidden(sent.text, "/ho-so/"))
    assert reference in case.text
    assert "yêu cầu lắp đặt" in case.text.lower()
    assert WORDS in case.text
    page = served.desk.get(f"/noi-bo/ho-so/{reference}/")
    assert page.status_code == 200
    for said in ("Lắp máy mới", "Ngày muốn lắp", "30/11/2099", WORDS):
        assert said in page.text, said


def test_programs_send_it_and_read_how(served: Served) -> None:
    described = served.client.get("/api/v1/openapi.json").json()
    body = described["paths"]["/api/v1/installation-requests"]["post"]["requestBody"]
    assert body["content"]["application/json"]["schema"]["$ref"].endswith("/InstallationRequest")
    schema = described["components"]["schemas"]["InstallationRequest"]
    assert schema["properties"]["topic"]["enum"] == ["new", "move"]
    answer = served.client.post("/api/v1/installation-requests", json={**ASKED, "topic": "move"})
    assert answer.status_code == 201, answer.text
    receipt = answer.json()
    assert references(receipt["reference"])
    # The route of the topic holds, and not that of the rest.
    assert receipt["owner"]["department"] == "Chăm sóc khách hàng"
    held = {"Authorization": f"Bearer {receipt['code']}"}
    case = served.client.get("/api/v1/case", headers=held).json()
    assert (case["reference"], case["kind"]) == (receipt["reference"], "installation_request")
    faulty = served.client.post("/api/v1/installation-requests", json={**ASKED, "phone": "12"})
    assert [one["field"] for one in faulty.json()["errors"]] == ["phone"]
    assert faulty.json()["recorded"] is False


def test_staff_type_it_in_for_a_customer(served: Served) -> None:
    assert "/noi-bo/nhap/lap-dat/" in served.desk.get("/noi-bo/nhap/").text
    page = served.desk.get("/noi-bo/nhap/lap-dat/")
    guard = hidden(page.text, "/noi-bo/nhap/lap-dat/")
    given = {**guard, **ASKED, "channel": "phone"}
    done = served.desk.post("/noi-bo/nhap/lap-dat/", data=given)
    assert done.status_code == 201
    reference = references(done.text)[0]
    assert reference in served.desk.get("/noi-bo/").text


def test_letters_and_exports_carry_it(served: Served) -> None:
    answer = served.client.post("/api/v1/installation-requests", json=ASKED)
    reference = answer.json()["reference"]

    def mine() -> dict[str, str]:
        with served.mails.arrived:
            return {
                one.recipients[0]: one.text.replace("\r\n", "\n")
                for one in served.mails.delivered
                if reference in one.message["Subject"]
            }

    with served.mails.arrived:
        assert served.mails.arrived.wait_for(lambda: len(mine()) == 2, 150)
    receipt = mine().pop("mau@khach.example")
    assert "đã nhận yêu cầu lắp đặt của Quý khách" in receipt
    assert WORDS in receipt
    (notice,) = (text for to, text in mine().items() if to != "mau@khach.example")
    assert "Phiếu mới: yêu cầu lắp đặt" in notice
    assert "Ngày muốn lắp: 30/11/2099" in notice
    token = hidden(served.desk.get("/noi-bo/xuat/").text, "/noi-bo/xuat/csv/")
    table = served.desk.post("/noi-bo/xuat/csv/", data=token).content.decode("utf-8-sig")
    rows = {one["Mã phiếu"]: one for one in csv.DictReader(io.StringIO(table, newline=""))}
    row = rows[reference]
    assert row["Việc"] == "Lắp máy mới"
    assert row["Ngày muốn lắp"] == "30/11/2099"
    assert row["Nội dung"] == WORDS
