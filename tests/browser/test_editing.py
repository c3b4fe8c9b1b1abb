"""Somebody without git writes at `/quan-tri/`: what the program saves is what the checker takes.

`inv cms` serves the page, as an editor starts it. The folder that a person would choose is one of
the browser's own here (the origin private file system), filled with the content beforehand; the
program reads and writes both through the same interface.
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from plugins.editing.page import place_of
from service_policy.content import check, read
from tests.support.company import environment
from tests.support.site import BUILD_EPOCH
from tooling.paths import CONTENT, ROOT

TODAY = date(2026, 11, 23)
PATIENCE_MS = 120_000
PLACE = place_of(CONTENT)
"""Where the content stands in this repository, as the program writes it there."""
FILL = """async (files) => {
  const root = await navigator.storage.getDirectory();
  await root.getDirectoryHandle(".git", { create: true });
  for (const [path, text] of Object.entries(files)) {
    let folder = root;
    const parts = path.split("/");
    const name = parts.pop();
    for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
    const file = await folder.getFileHandle(name, { create: true });
    const stream = await file.createWritable();
    await stream.write(text);
    await stream.close();
  }
}"""
SAVED = """async (path) => {
  let folder = await navigator.storage.getDirectory();
  const parts = path.split("/");
  const name = parts.pop();
  for (const part of parts) folder = await folder.getDirectoryHandle(part);
  try {
    return await (await (await folder.getFileHandle(name)).getFile()).text();
  } catch {
    return "";
  }
}"""
WORDS: dict[str, str] = json.loads((ROOT / "theme/cms/vi.json").read_text(encoding="utf-8"))
CHOOSE = "window.showDirectoryPicker = () => navigator.storage.getDirectory();"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Run `inv cms` as an editor does; give the address that it names."""
    process = subprocess.Popen(
        [sys.executable, "-m", "invoke", "cms", "--port", "0"],
        cwd=ROOT,
        env=environment(SOURCE_DATE_EPOCH=BUILD_EPOCH),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said: list[str] = []
    try:
        for line in process.stdout:
            said.append(line)
            if line.startswith("Ready: "):
                yield line.removeprefix("Ready: ").strip()
                break
        else:
            raise AssertionError(f"inv cms ended: {said}")
    finally:
        process.terminate()
        process.wait(timeout=120)
        process.stdout.close()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """Open the editors' page on a folder with the content; no page may report an error."""
    texts = {
        f"{PLACE}/{file.relative_to(CONTENT).as_posix()}": file.read_text(encoding="utf-8")
        for file in CONTENT.rglob("*")
        if file.suffix in (".md", ".yaml")
    }
    context = chromium.new_context(
        locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(CHOOSE)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(address)
    page.evaluate(FILL, texts)
    page.get_by_role("button", name="Làm việc với kho mã nguồn cục bộ").click()
    expect(page.get_by_text("CK-01 ·")).to_be_visible(timeout=PATIENCE_MS)
    yield page
    context.close()
    assert problems == []


def part(page: Page, path: str) -> Locator:
    """Return the field of a form by its path in the file."""
    return page.locator(f'[data-key-path="{path}"]').first


def save(page: Page, path: str) -> str:
    """Press "save" and return the file of the content once it is written."""
    path = f"{PLACE}/{path}"
    before: str = page.evaluate(SAVED, path)
    page.get_by_role("button", name="Lưu").first.click()
    deadline = time.monotonic() + PATIENCE_MS / 1000
    # A file that is being written may be empty for a moment.
    while (text := page.evaluate(SAVED, path)) in ("", before):
        assert time.monotonic() < deadline, f"{path} was not written"
        page.wait_for_timeout(100)
    assert isinstance(text, str)
    return text


def faults_with(tmp_path: Path, path: str, text: str) -> list[str]:
    """Return what the checker says of the content with one more or another file."""
    content = Path(shutil.copytree(CONTENT, tmp_path / "content", dirs_exist_ok=True))
    (content / path).write_text(text, encoding="utf-8")
    return [str(fault) for fault in check(content, TODAY)]


def test_a_new_question_is_saved_as_the_checker_takes_it(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(f"{address}#/collections/hoi-dap/new")
    part(page, "id").locator("input").fill("BH-99")
    part(page, "slug").locator("input").fill("doi-mau-vo-noi")
    part(page, "topic").get_by_role("combobox").click()
    page.get_by_role("option").first.click()
    part(page, "segment").get_by_role("radio", name="Hộ gia đình").click()
    question = "Tôi muốn đổi màu vỏ nồi: có được không?"
    part(page, "question").locator("textarea").fill(question)
    for number, words in enumerate(("doi mau vo noi", "vo noi khac: co ko", "09", "thay vo")):
        part(page, "hoi_cach_khac").get_by_role("button", name="Thêm").click()
        part(page, f"hoi_cach_khac.{number}").locator("input").fill(words)
    part(page, "source").get_by_role("radio", name="Zalo").click()
    part(page, "last_reviewed").locator("input").first.fill("2026-11-20")
    part(page, "last_reviewed").scroll_into_view_if_needed()
    page.mouse.move(600, 600)
    page.mouse.wheel(0, 5000)
    part(page, "body").locator("textarea").fill(
        "**Không.** Vỏ nồi chỉ có một màu.\n\n- Hạn trả lời: {{ CK-02.target.household }}.\n"
    )
    written = save(page, "hoi-dap/bh-99.md")
    assert faults_with(tmp_path, "hoi-dap/bh-99.md", written) == []
    entry = {one.id: one for one in read(tmp_path / "content", TODAY).faq}["BH-99"]
    assert (entry.question, entry.source, entry.segment) == (question, "zalo", "household")
    assert entry.hoi_cach_khac == ("doi mau vo noi", "vo noi khac: co ko", "09", "thay vo")
    assert entry.last_reviewed == date(2026, 11, 20)
    assert "8 giờ làm việc" in entry.body


def test_a_new_commitment_is_saved_as_the_checker_takes_it(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(f"{address}#/collections/cam-ket/entries/ck-02")
    part(page, "id").wait_for()
    page.get_by_role("button", name=WORDS["show_editor_options"]).first.click()
    page.get_by_role("menuitem", name=WORDS["duplicate_entry"]).click()
    part(page, "id").locator("input").fill("CK-19")
    part(page, "title").locator("input").fill("Trả lời thư: có nội dung")
    part(page, "measure").locator("textarea").fill("Số thư: trả lời đúng hạn")
    written = save(page, "cam-ket/ck-19-v1.md")
    assert faults_with(tmp_path, "cam-ket/ck-19-v1.md", written) == []
    versions = {one.id: one for one in read(tmp_path / "content", TODAY).policy.versions}
    assert versions["CK-19"].measure == "Số thư: trả lời đúng hạn"
    changed = {"id", "title", "measure", "path"}
    copied = versions["CK-19"].model_dump(exclude=changed)
    assert copied == versions["CK-02"].model_dump(exclude=changed)


def test_a_data_file_keeps_everything_that_was_not_changed(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(f"{address}#/collections/du-lieu/entries/cong-ty")
    part(page, "tagline").locator("input").fill("Hứa một lời: giữ một lời.")
    written = save(page, "cong-ty.yaml")
    assert faults_with(tmp_path, "cong-ty.yaml", written) == []
    company = read(tmp_path / "content", TODAY).company
    assert company.tagline == "Hứa một lời: giữ một lời."
    before: dict[str, Any] = read(CONTENT, TODAY).company.model_dump(exclude={"tagline"})
    assert company.model_dump(exclude={"tagline"}) == before
