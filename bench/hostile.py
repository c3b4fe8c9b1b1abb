"""As much of one character as a door takes, into every text field, with /healthz asked beside it.

The forms are those that the running pages show, the API's bodies those that it describes, so a
new field is measured from its first day. Everything goes through real sockets to the embedded
server, which is a process of its own.
"""

import json
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

import httpx

from bench.results import Goal, report
from forms_api.portal import open_portal
from forms_api.settings import PROJECT, Settings
from forms_api.web.staff.cases import ACTIONS
from service_policy.company import Company
from service_policy.content import read
from tests.support.forms import COMPLAINT, DOCUMENTS, QUESTION
from tests.support.hostile import CHARACTERS, DOOR, Door, doors, flood
from tests.support.staff import seat
from tests.support.visitor import Seen

GOALS: Final = {
    "slowest_ms": Goal("<=", 1000),
    "healthz_worst_ms": Goal("<=", 300),
    "errors": Goal("==", 0),
}
_FORMS: Final = {
    "/gui/khieu-nai/": COMPLAINT,
    "/gui/cau-hoi/": QUESTION,
    "/gui/tai-lieu/": DOCUMENTS,
    "/gui/hoa-don/": {
        "topic": "balance",
        "segment": DOCUMENTS["segment"],
        "name": "Công ty Mẫu",
        "phone": "0912345678",
    },
}
_DESK: Final = (
    "/noi-bo/tim/",
    *(f"/noi-bo/nhap/{one}/" for one in ("khieu-nai", "hoa-don", "tai-lieu", "cau-hoi")),
)
_GUARDS: Final = frozenset({"csrf_token", "idempotency_key", "seen", "target", "confirmed"})
_SERVE: Final = """
import sys
from pathlib import Path
from forms_api.embedded import main
main("127.0.0.1", int(sys.argv[1]), Path(sys.argv[2]))
"""


def bench(_: Path | None) -> list[str]:
    """Write ``results/hostile.json``; returns a line for each goal missed."""
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as (address, people):
        taken: list[tuple[float, str]] = []
        errors: list[str] = []
        with _beside(address) as beside:
            for client, door, field, name in _trials(address, people):
                seconds, status = _knock(client, door, field, name)
                what = f"{door.url} {field} {name}"
                taken.append((seconds, what))
                if status >= 500:
                    errors.append(f"{status} {what}")
    times = sorted(taken)
    figures = {
        "posts": len(taken),
        "fields": len({what.rpartition(" ")[0] for _, what in taken}),
        "characters": len(CHARACTERS),
        "median_ms": statistics.median(one for one, _ in taken) * 1000,
        "slowest_ms": times[-1][0] * 1000,
        "healthz_median_ms": statistics.median(beside) * 1000,
        "healthz_worst_ms": max(beside) * 1000,
        "errors": len(errors),
    }
    for seconds, what in times[-5:]:
        print(f"{seconds * 1000:8.0f} ms  {what}")
    print("\n".join(errors[:20]))
    return report("hostile", figures, GOALS)


def _knock(client: httpx.Client, door: Door, field: str, name: str) -> tuple[float, int]:
    """Send a form, or a JSON body where the door is the API's, with one field full."""
    pattern = CHARACTERS[name]
    if door.url.startswith("/api/"):
        body: dict[str, Any] = {**door.fields, field: flood(pattern, DOOR - 4096, encoded=False)}
        data = json.dumps(body, ensure_ascii=False).encode()
        kind = "application/json"
    else:
        others = {key: value for key, value in door.fields.items() if key != field}
        room = DOOR - len(urlencode(others)) - len(quote(field)) - 64
        data = urlencode({**others, field: flood(pattern, room)}).encode()
        kind = "application/x-www-form-urlencoded"
    began = time.monotonic()
    answer = client.post(door.url, content=data, headers={"Content-Type": kind})
    return time.monotonic() - began, answer.status_code


def _trials(
    address: str, people: Mapping[str, str]
) -> Iterator[tuple[httpx.Client, Door, str, str]]:
    """Yield every text field of every door with each character."""
    for client, door in _doors(address, people):
        for field in door.texts:
            for name in CHARACTERS if field not in _GUARDS else ():
                yield client, door, field, name


def _doors(address: str, people: Mapping[str, str]) -> Iterator[tuple[httpx.Client, Door]]:
    with httpx.Client(base_url=address, timeout=120, follow_redirects=True) as client:
        pages = [_seen(client.get(url)) for url in ("/gui/gop-y/", "/ho-so/", "/noi-bo/vao/")]
        receipt = pages[0]
        for url, typed in _FORMS.items():
            form = doors(_seen(client.get(url)))[url]
            check = _seen(client.post(url, data={**form.fields, **typed}))
            receipt = _seen(client.post(f"{url}xong/", data=doors(check)[f"{url}xong/"].fields))
            pages += [_seen(client.get(url)), check, receipt]
        held = doors(receipt)["/ho-so/"].fields
        pages.append(_seen(client.post("/ho-so/", data=held)))
        for door in doors(*pages).values():
            yield client, door
        described = client.get("/api/v1/openapi.json").json()
        for url in (one for one, ways in described["paths"].items() if "post" in ways):
            ref = described["paths"][url]["post"]["requestBody"]["content"]["application/json"]
            shape = described["components"]["schemas"][ref["schema"]["$ref"].rsplit("/", 1)[1]]
            yield client, Door(url, dict.fromkeys(shape["properties"], ""))
        filed = {**COMPLAINT, "category": "AT", "email": "mau@khach.example"}
        reference = client.post("/api/v1/complaints", json=filed).json()["reference"]
    yield from _desk(address, people, reference)


def _desk(
    address: str, people: Mapping[str, str], reference: str
) -> Iterator[tuple[httpx.Client, Door]]:
    """Yield the forms of the desk: search, entry, and every action that somebody may open."""
    lead = _clients(address, people["lead"])
    for url in _DESK:
        yield lead, doors(_seen(lead.get(url)))[url]
    for action in ACTIONS:
        url = f"/noi-bo/ho-so/{reference}/{action.slug}/"
        role = next(one for one in people if one in action.roles)
        client = _clients(address, people[role])
        page = client.get(url)
        if page.status_code == 200:
            yield client, doors(_seen(page))[url]


def _clients(address: str, token: str) -> httpx.Client:
    return httpx.Client(base_url=address, timeout=120, cookies={"desk": token})


def _seen(answer: Any) -> Seen:
    """Look at an answer as the tests' visitor does."""
    return Seen(answer)


@contextmanager
def _server(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Run the embedded server; yield its address and a session for each role of the desk."""
    settings = {
        "PORTAL_VAR_DIR": str(folder),
        "PORTAL_SECRET_KEY": secrets.token_hex(32),
        "PORTAL_RATELIMIT": "off",
    }
    (folder / "output").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, "0", str(folder / "output")],
        cwd=PROJECT,
        env={**settings, "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        if process.stdout is None:
            raise AssertionError("a pipe was asked for")
        address = process.stdout.readline().removeprefix("Ready: ").strip()
        threading.Thread(target=process.stdout.read, daemon=True).start()
        policy = read(PROJECT / "content", datetime.now(UTC).date()).policy
        portal = open_portal(Settings.from_environ(settings), policy, folder / "output")
        now = datetime.now(UTC)
        people = {
            role: seat(portal, now, f"one-{role}", role, department)
            for role, department in _seats(policy.company).items()
        }
        portal.close()
        yield address, people
    finally:
        process.kill()
        process.wait()


def _seats(company: Company) -> dict[str, str]:
    """Return the department of one person of each role."""
    first, decisions = company.departments[0].id, company.decisions
    return {
        "lead": decisions.review.department or first,
        "agent": first,
        "second_reader": decisions.sign.department or first,
        "accountant": company.route("invoice_inquiry", None) or first,
    }


@contextmanager
def _beside(address: str) -> Iterator[list[float]]:
    """Ask /healthz twenty times a second until the end of the block; yield the seconds of each."""
    found: list[float] = []
    stop = threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=address, timeout=120) as client:
            while not stop.wait(0.05):
                began = time.monotonic()
                client.get("/healthz")
                found.append(time.monotonic() - began)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield found
    finally:
        stop.set()
        asking.join()
