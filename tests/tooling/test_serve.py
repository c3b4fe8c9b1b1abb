"""`inv serve` in a copy of the checkout, as a person runs it: twice, built once."""

import shutil
import subprocess
import sys
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from service_policy.content import read
from tests.support.checkout import served
from tests.support.company import environment
from tests.support.submissions import COMPLAINT


def status(address: str, path: str) -> int:
    """Return the status with which a path is answered."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=180)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def test_the_first_start_builds_and_the_second_uses_what_is_built(checkout: Path) -> None:
    with served(checkout) as (address, lines):
        assert "Building the site" in lines
        for path in ("/", "/cam-ket/ck-03/", "/gui/khieu-nai/", "/theme/css/site.css"):
            assert status(address, path) == 200
        assert status(address, "/khong-co-trang-nay/") == 404
    with served(checkout) as (address, lines):
        assert "Building the site" not in lines
        assert status(address, "/") == 200


def test_a_company_is_served_from_a_folder_of_its_own(checkout: Path, tmp_path: Path) -> None:
    content = tmp_path / "another company"
    shutil.move(checkout / "content", content)
    for name, old, new in (
        ("cong-ty.yaml", "short_name: Bếp Mẫu", "short_name: Điện Lạnh Mẫu"),
        ("cam-ket/ck-01.md", "value: 4, unit: working_hours", "value: 3, unit: working_hours"),
    ):
        file = content / name
        text = file.read_text(encoding="utf-8")
        assert old in text, name
        file.write_text(text.replace(old, new), "utf-8")
    with served(checkout, PORTAL_CONTENT_DIR=str(content)) as (address, lines):
        assert "Building the site" in lines
        with httpx.Client(base_url=address, timeout=180) as client:
            assert "Điện Lạnh Mẫu" in client.get("/").text
            assert "3 giờ làm việc" in client.get("/cam-ket/ck-01/").text
            filed = client.post("/api/v1/complaints", json=COMPLAINT)
            assert filed.status_code == 201, filed.text
            (owner,) = [one for one in filed.json()["promises"] if one["id"] == "CK-01"]
            received = datetime.fromisoformat(filed.json()["received_at"])
            due = datetime.fromisoformat(owner["due_at"])
            calendar = read(content, received.date()).policy.calendar
            assert calendar.working_minutes_between(received, due) == 180
            assert "Điện Lạnh Mẫu" in client.get("/gui/khieu-nai/").text
    with served(checkout, PORTAL_CONTENT_DIR=str(content)) as (address, lines):
        assert "Building the site" not in lines


def test_a_fault_in_the_content_is_named_instead_of_a_start(checkout: Path) -> None:
    file = checkout / "content" / "hoi-dap" / "bh-01.md"
    file.write_text(file.read_text(encoding="utf-8").replace("topic:", "topik:"), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "invoke", "serve", "--port", "0"],
        cwd=checkout,
        env=environment(PORTAL_CONTENT_DIR=""),
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 1
    assert "content/hoi-dap/bh-01.md:" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Ready" not in done.stdout
