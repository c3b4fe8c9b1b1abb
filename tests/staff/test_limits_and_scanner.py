"""Files at both doors: shares of customer and staff, PDFs never opened, a scanner that is asked."""

import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from forms_api.errors import SettingsError
from forms_api.settings import Settings
from forms_api.uploads.incoming import MOST_FILES
from tests.support import pictures
from tests.support.scene import TEXT, Scene
from tests.support.visitor import Seen, Visitor

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
BAD_PDF = pictures.PDF[:-6] + b"% " + EICAR + b"\n" + pictures.PDF[-6:]
ACTIVE = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
    b"/Names<</EmbeddedFiles<<>>>>/AcroForm<</XFA(x)>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass
class Clamd:
    """A scanner that speaks the protocol of clamd(8), INSTREAM, over a real socket."""

    mode: str = "ok"
    url: str = ""
    scanned: list[bytes] = field(default_factory=list)

    def serve(self, listening: socket.socket) -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            with line:
                self._talk(line)

    def _talk(self, line: socket.socket) -> None:
        stream = line.makefile("rb")
        if self.mode == "hangs up" or stream.read(10) != b"zINSTREAM\0":
            return
        data = b""
        while size := struct.unpack(">I", stream.read(4))[0]:
            data += stream.read(size)
        self.scanned.append(data)
        found = "Win.Test.EICAR_HDB-1 FOUND" if EICAR in data else "OK"
        said = f"stream: {found}" if self.mode == "ok" else "INSTREAM size limit exceeded. ERROR"
        line.sendall(said.encode() + b"\0")


@pytest.fixture(params=["tcp", "unix"])
def clamd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Clamd]:
    found = Clamd()
    if request.param == "tcp":
        listening = socket.create_server(("127.0.0.1", 0))
        found.url = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
    else:
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(tmp_path / "clamd.sock"))
        listening.listen()
        found.url = f"unix://{tmp_path / 'clamd.sock'}"
    thread = threading.Thread(target=found.serve, args=(listening,), daemon=True)
    thread.start()
    yield found
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(120)


@pytest.fixture
def environ(request: pytest.FixtureRequest) -> dict[str, str]:
    if "clamd" in request.fixturenames:
        return {"PORTAL_CLAMD_URL": request.getfixturevalue("clamd").url}
    return {}


def customer_sends(scene: Scene, *files: tuple[str, bytes], text: str = "") -> Seen:
    visitor = Visitor(scene.app.test_client())
    values: dict[str, Any] = {"bo-sung-files": list(files), "bo-sung-text": text}
    return visitor.press(scene.page(visitor), "Gửi thông tin", values)


def staff_send(scene: Scene, *files: tuple[str, bytes]) -> Seen:
    visitor = scene.staff("lan")
    values: dict[str, Any] = {"text": TEXT, "files": list(files)}
    return visitor.press(visitor.get(scene.url("tra-loi")), "Trả lời", values)


def names_of(count: int) -> list[tuple[str, bytes]]:
    return [(f"{one}.png", pictures.PNG) for one in range(count)]


# ---------------------------------------------------------------- the scanner


def test_clean_files_pass_and_are_scanned_whole(scene: Scene, clamd: Clamd) -> None:
    big = pictures.PDF[:-6] + b"%" * 200_000 + pictures.PDF[-6:]
    assert customer_sends(scene, ("a.pdf", big)).status == 200
    assert staff_send(scene, ("b.pdf", pictures.PDF)).status == 303
    assert clamd.scanned == [big, pictures.PDF]


def test_an_infected_file_is_refused_at_both_doors(
    scene: Scene, clamd: Clamd, caplog: pytest.LogCaptureFixture
) -> None:
    page = customer_sends(scene, ("hóa đơn.pdf", BAD_PDF), text="Xin xem hóa đơn này.")
    assert page.status == 422
    assert "mã độc" in page.errors["bo-sung-files"]
    assert "Xin xem hóa đơn này." in page.html
    assert staff_send(scene, ("b.pdf", BAD_PDF)).status == 422
    stored = [one for one in scene.portal.settings.upload_dir.glob("*") if one.is_file()]
    assert stored == []
    assert sum('"infected"' in one for one in caplog.messages) == 2
    assert "hóa đơn" not in caplog.text


@pytest.mark.parametrize("mode", ["hangs up", "error"])
def test_a_scanner_that_does_not_answer_lets_nothing_in_and_keeps_the_words(
    scene: Scene, clamd: Clamd, mode: str
) -> None:
    clamd.mode = mode
    page = customer_sends(scene, ("a.pdf", pictures.PDF), text="Xin xem hóa đơn này.")
    assert page.status == 422
    assert "thử lại" in page.errors["bo-sung-files"]
    assert "Xin xem hóa đơn này." in page.html
    assert customer_sends(scene, text="Gửi lời trước vậy.").status == 200


@pytest.mark.parametrize(
    "url",
    [
        *("clamd", "http://x:1", "tcp://", "tcp://x:nine", "unix://", "unix:relative"),
        *("tcp://[::1", "tcp://x:70000", "tcp://::1]:3310"),
    ],
)
def test_an_address_that_is_none_stops_the_start(url: str) -> None:
    with pytest.raises(SettingsError, match="PORTAL_CLAMD_URL"):
        Settings.from_environ({"PORTAL_CLAMD_URL": url})


# ---------------------------------------------------------------- shares


def test_evidence_of_staff_is_not_crowded_out_by_photos(scene: Scene) -> None:
    assert customer_sends(scene, *names_of(MOST_FILES)).status == 200
    for _ in range(2):
        assert staff_send(scene, *names_of(MOST_FILES)).status == 303
    assert customer_sends(scene, *names_of(1)).status == 422
    for _ in range(2):
        assert staff_send(scene, *names_of(MOST_FILES)).status == 303
    assert staff_send(scene, *names_of(1)).status == 422


def test_two_cases_that_were_merged_have_one_share(scene: Scene) -> None:
    other = replace(scene, reference="", code="").file()
    assert customer_sends(other, *names_of(6)).status == 200
    assert customer_sends(scene, *names_of(3)).status == 200
    scene.does("hoa", "gop", other=other.reference, text="Hai phiếu kể cùng một nồi cơm.")
    page = customer_sends(scene, *names_of(2))
    assert page.status == 422
    assert "đã có 9 tệp" in page.errors["bo-sung-files"]
    assert customer_sends(scene, *names_of(1)).status == 200


# ---------------------------------------------------------------- PDFs


def test_a_pdf_with_scripts_is_never_opened_in_the_page(scene: Scene) -> None:
    assert customer_sends(scene, ("ảnh.png", ACTIVE)).status == 200
    lan = scene.staff("lan")
    page = lan.get(scene.url())
    (link,) = [one.get("href") for one in page.document.all("a") if "/tep/" in one.get("href")]
    visitor = Visitor(scene.app.test_client())
    form = next(one for one in scene.page(visitor).forms if one.action == "/ho-so/tep/")
    for answer in (lan.client.get(link), visitor.client.post("/ho-so/tep/", data=form.fields)):
        assert answer.status_code == 200
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
