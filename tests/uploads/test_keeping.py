"""Files on the disk and in the database, on both databases."""

import json
import os
import pickle
import signal
import stat
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from forms_api import fsck, handling
from forms_api.errors import CaseMoved, StoreUnavailable, ValidationFailed
from forms_api.loading import load
from forms_api.store.tables import case_texts, events, private, uploads
from forms_api.sweeping import sweep_files
from forms_api.uploads import folder
from forms_api.uploads.incoming import Given, receive
from forms_api.uploads.shown import content, files_of
from service_policy.actors import CUSTOMER, Actor
from service_policy.cases import read_event
from service_policy.cases.holding.hand_off import HandOff
from service_policy.cases.messages.answers import SendAnswer
from service_policy.cases.messages.contact import AddInformation
from service_policy.cases.messages.pauses import AskCustomer
from tests.forms_api.test_cli import run
from tests.support import pictures
from tests.uploads.test_incoming import given

AGENT = Actor(id="NV-1", role="agent", department="kho-van")
PROJECT = Path(__file__).resolve().parents[2]
TEXT = "Chúng tôi đã kiểm tra: xe giao chậm vì hỏng, mai giao bù và trả tiền bù."


def add(portal, reference, now, *files: tuple[str, bytes], **more) -> None:
    command = AddInformation(CUSTOMER, text="")
    handling.execute(portal, reference, command, now, files=receive(given(*files)), **more)


def on_disk(portal) -> list[Path]:
    place = portal.settings.upload_dir
    return sorted(place.iterdir()) if place.is_dir() else []


def loaded(portal, reference):
    return portal.store.read(lambda connection: load(connection, reference))


def sound(portal) -> bool:
    return not fsck.faults(portal.store) and not fsck.file_faults(
        portal.store, portal.settings.upload_dir
    )


def test_a_file_is_kept_with_its_event_and_comes_back_as_it_was(portal, reference, now) -> None:
    add(portal, reference, now, ("ảnh nhà.jpg", pictures.photo()), ("đơn.pdf", pictures.PDF))
    one, two = files_of(loaded(portal, reference), customer=True)
    assert (one.name, one.who, one.kind, one.at) == ("ảnh nhà.jpg", "Quý khách", "Ảnh JPEG", now)
    assert pictures.PLACE not in content(portal, one)
    assert content(portal, two) == pictures.PDF
    event = loaded(portal, reference).events[one.seq - 1]
    assert event.type == "information_added"
    assert [(fact.sha256, fact.size) for fact in event.files] == [
        (file.sha256, file.size) for file in (one, two)
    ]
    assert sound(portal)


def test_an_event_says_what_a_file_is_and_never_its_name(portal, reference, now) -> None:
    add(portal, reference, now, ("căn cước Nguyễn Thị Mẫu.png", pictures.PNG))
    (payload,) = portal.store.read(
        lambda c: list(c.scalars(select(events.c.payload).where(events.c.seq == files(portal)[0])))
    )
    assert set(payload["files"][0]) == {"sha256", "size", "media_type"}
    assert "căn cước" not in json.dumps(payload, ensure_ascii=False)
    beside = portal.store.read(lambda c: list(c.scalars(select(private.c.payload))))
    assert any("căn cước Nguyễn Thị Mẫu.png" in one.get("files", {}).values() for one in beside)
    found = portal.store.read(lambda c: list(c.scalars(select(case_texts.c.folded))))
    assert any(" can cuoc " in one for one in found)


def files(portal) -> list[int]:
    return portal.store.read(lambda c: list(c.scalars(select(uploads.c.seq))))


def test_nobody_else_on_the_machine_reads_a_file(portal, reference, now) -> None:
    add(portal, reference, now, ("a.png", pictures.PNG))
    (file,) = on_disk(portal)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert len(file.name) == 32


def test_two_same_files_are_two_files(portal, reference, now) -> None:
    add(portal, reference, now, ("a.png", pictures.PNG), ("a.png", pictures.PNG))
    add(portal, reference, now, ("a.png", pictures.PNG))
    assert len(on_disk(portal)) == 3
    assert len({one.id for one in files_of(loaded(portal, reference), customer=True)}) == 3
    assert sound(portal)


def test_a_file_alone_is_information_and_ends_a_pause(portal, reference, now) -> None:
    asked = AskCustomer(AGENT, thing="photo", text="Xin gửi ảnh mặt sau của thùng hàng.")
    handling.execute(portal, reference, asked, now)
    number = loaded(portal, reference).case.messages[-1].number
    handling.delivered(portal, reference, number, "page_opened", now)
    assert loaded(portal, reference).case.pause(now) is not None
    add(portal, reference, now, ("a.png", pictures.PNG))
    assert loaded(portal, reference).case.pause(now) is None


def test_without_text_and_without_file_nothing_is_information(portal, reference, now) -> None:
    with pytest.raises(ValidationFailed):
        add(portal, reference, now)


def test_a_command_that_has_no_place_for_files_refuses_them(portal, reference, now) -> None:
    hand_off = HandOff(AGENT, to_department="qa", reason="expertise", text="Cần đo ở xưởng.")
    sent = receive(given(("a.png", pictures.PNG)))
    with pytest.raises(ValidationFailed, match="files"):
        handling.execute(portal, reference, hand_off, now, files=sent)
    assert on_disk(portal) == []


def test_a_refused_command_writes_no_file(portal, reference, now) -> None:
    seen = len(loaded(portal, reference).events)
    handling.execute(portal, reference, SendAnswer(AGENT, text=TEXT), now)
    with pytest.raises(CaseMoved):
        add(portal, reference, now, ("a.png", pictures.PNG), expected_version=seen)
    assert on_disk(portal) == []


def test_a_folder_that_cannot_be_written_to_means_not_recorded(portal, reference, now) -> None:
    portal.settings.upload_dir.write_bytes(b"a file where the folder should be")
    with pytest.raises(StoreUnavailable):
        add(portal, reference, now, ("a.png", pictures.PNG))
    assert loaded(portal, reference).files == ()
    assert "information_added" not in {one.type for one in loaded(portal, reference).events}


def test_a_disk_that_is_nearly_full_is_left_to_the_complaints(tmp_path) -> None:
    with pytest.raises(StoreUnavailable):
        folder.keep(tmp_path / "uploads", "a" * 32, b"x", keep_free=2**62)
    assert list((tmp_path / "uploads").iterdir()) == []


def test_a_failed_transaction_leaves_a_file_that_is_swept_after_a_day(
    portal, reference, now
) -> None:
    add(portal, reference, now, ("a.png", pictures.PNG))
    (kept,) = on_disk(portal)
    place = portal.settings.upload_dir
    folder.keep(place, "0" * 32, b"left over")
    (place / ".part-1").write_bytes(b"cut off")
    (place / "note.txt").write_bytes(b"not ours")
    assert sweep_files(portal) == 0
    day_ago = time.time() - folder.ORPHANS_AFTER_SECONDS - 60
    for one in on_disk(portal):
        os.utime(one, (day_ago, day_ago))
    assert sweep_files(portal) == 2
    assert on_disk(portal) == sorted([kept, place / "note.txt"])
    assert sound(portal)


def test_sweeping_before_anything_was_sent_finds_nothing(portal) -> None:
    assert sweep_files(portal) == 0


@pytest.mark.parametrize("harm", [Path.unlink, lambda file: file.write_bytes(b"other bytes")])
def test_a_file_that_is_gone_or_harmed_is_a_fault_and_is_not_handed_out(
    portal, reference, now, harm
) -> None:
    add(portal, reference, now, ("a.png", pictures.PNG), ("b.pdf", pictures.PDF))
    first, second = files_of(loaded(portal, reference), customer=True)
    harm(portal.settings.upload_dir / first.id)
    (fault,) = fsck.file_faults(portal.store, portal.settings.upload_dir)
    assert first.id in fault
    with pytest.raises(StoreUnavailable):
        content(portal, first)
    assert content(portal, second) == pictures.PDF


def test_operators_are_told_of_missing_files_and_of_orphans(portal, reference, now) -> None:
    add(portal, reference, now, ("a.png", pictures.PNG))
    assert run(portal, "fsck").output == "sound\n"
    (kept,) = on_disk(portal)
    kept.unlink()
    checked = run(portal, "fsck")
    assert checked.exit_code == 1
    assert f"{reference}: the file {kept.name} is missing" in checked.output
    folder.keep(portal.settings.upload_dir, "0" * 32, b"left over")
    day_ago = time.time() - folder.ORPHANS_AFTER_SECONDS - 60
    os.utime(portal.settings.upload_dir / ("0" * 32), (day_ago, day_ago))
    assert "removed 1 files that no case mentions" in run(portal, "sweep").output
    assert on_disk(portal) == []


def test_a_row_that_is_gone_is_a_fault(portal, reference, now) -> None:
    add(portal, reference, now, ("a.png", pictures.PNG))
    portal.store.write(lambda connection: connection.execute(delete(uploads)))
    assert fsck.faults(portal.store) == [f"{reference}: its events name other files than its rows"]


def test_only_an_id_ever_becomes_a_path(tmp_path) -> None:
    place = tmp_path / "uploads"
    place.mkdir()
    (tmp_path / "secret").write_bytes(b"x")
    for name in ("../secret", "secret", "", ".", "A" * 32, "a" * 31, f"{'a' * 32}/"):
        with pytest.raises(StoreUnavailable):
            folder.keep(place, name, b"y")
        with pytest.raises(StoreUnavailable):
            folder.read(place, name, "")
    assert (tmp_path / "secret").read_bytes() == b"x"
    assert list(place.iterdir()) == []


PROGRAM = """
import pickle, sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from forms_api import handling, kinds, service
from forms_api.portal import open_portal
from forms_api.settings import Settings
from forms_api.uploads import folder
from forms_api.uploads.incoming import Given, receive
from service_policy.actors import CUSTOMER
from service_policy.cases.messages.contact import AddInformation
from tests.support.pictures import photo
from tests.support.submissions import COMPLAINT

url, place, policy = sys.argv[1:]
environ = {"PORTAL_DATABASE_URL": url, "PORTAL_VAR_DIR": place, "PORTAL_SECRET_KEY": "x"}
portal = open_portal(Settings.from_environ(environ), pickle.loads(Path(policy).read_bytes()))
reference = ""
for number in range(1000):
    if number % 5 == 0:
        # A case takes ten files: five messages.
        complaint = kinds.of("complaint").read(COMPLAINT, portal.policy, datetime.now(UTC))
        filed = service.file_case(portal, complaint, None, datetime.now(UTC))
        reference = filed.reference
    given = [Given("a.jpg", BytesIO(photo())), Given("b.jpg", BytesIO(photo(3)))]
    files = receive(given)
    command = AddInformation(CUSTOMER, text=str(number))
    handling.execute(portal, reference, command, datetime.now(UTC), files=files)
    print(*(one.id for one in files), flush=True)
"""


def test_after_kill_9_every_acknowledged_file_is_there_and_more_are_only_orphans(
    portal, policy, tmp_path
) -> None:
    pickled = tmp_path / "policy"
    pickled.write_bytes(pickle.dumps(policy))
    arguments = [portal.store.url, str(tmp_path), str(pickled)]
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments], cwd=PROJECT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(15)]
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.readlines()
        assert process.wait() == -signal.SIGKILL
    acknowledged = {one for line in lines if line.endswith(b"\n") for one in line.decode().split()}
    stored = portal.store.read(lambda c: set(c.scalars(select(uploads.c.id))))
    assert len(acknowledged) >= 30
    assert acknowledged <= stored <= {one.name for one in on_disk(portal)}
    assert sound(portal)


def test_killed_between_file_and_transaction_only_an_orphan_is_left(portal, reference, now) -> None:
    program = (
        "import sys; from pathlib import Path; from forms_api.uploads import folder; "
        "folder.keep(Path(sys.argv[1]), 'f' * 32, b'a photo'); print('on disk', flush=True); "
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(portal.settings.upload_dir)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"on disk\n"
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert [one.name for one in on_disk(portal)] == ["f" * 32]
    assert loaded(portal, reference).files == ()
    assert sound(portal)
    add(portal, reference, now, ("a.png", pictures.PNG))
    assert sound(portal)


def test_an_event_from_before_there_were_files_is_still_read(portal, reference, now) -> None:
    add(portal, reference, now, ("a.png", pictures.PNG))
    old = {"type": "information_added", "at": now.isoformat(), "by": CUSTOMER.model_dump()}
    assert read_event(old).files == ()


def test_the_stream_of_a_form_is_read_once_whatever_its_place() -> None:
    stream = BytesIO(pictures.PNG)
    stream.seek(50)
    (file,) = receive([Given("a.png", stream)])
    assert file.data == pictures.PNG
