"""A draft, a page of tomorrow and a page of yesterday stand nowhere in the built site."""

import shutil
from pathlib import Path

import pytest

from tests.service_policy.test_publication import add_entry
from tests.support.site import BUILD_EPOCH
from tooling.build import build
from tooling.paths import CONTENT

SECRETS = ("Mậtthưnháp", "Mậtthưngàymai", "Mậtthưhômqua")


def test_what_is_not_published_is_in_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", BUILD_EPOCH)
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    fields = ("draft: true", "publish_from: 2026-11-24", "publish_until: 2026-11-22")
    for number, (field, secret) in enumerate(zip(fields, SECRETS, strict=True)):
        add_entry(content, field, answer=f"Có. {secret} cũng được.")
        entry = content / "hoi-dap/bh-99.md"
        text = entry.read_text(encoding="utf-8").replace("BH-99", f"BH-9{number}")
        entry.unlink()
        (content / f"hoi-dap/bh-9{number}.md").write_text(
            text.replace("cau-hoi-moi", f"cau-hoi-moi-{number}"), "utf-8"
        )
    output = build(tmp_path / "output", content).output
    found = [
        (file.name, word)
        for file in output.rglob("*")
        if file.is_file()
        for word in (*(one.encode() for one in SECRETS), b"cau-hoi-moi")
        if word in file.read_bytes()
    ]
    assert found == []
