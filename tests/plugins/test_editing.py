"""`/quan-tri/`: its setting, its forms, and who is asked for what they need."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from plugins.editing.configuration import configuration, keys_in_use
from plugins.editing.fields import ADDED_BY_THE_READER
from plugins.editing.page import ADDRESS, content_security_policy, place_of
from plugins.editing.repository import BadRepository, repository
from service_policy.content import check, guide, read
from service_policy.content.guide import GUIDE, read_guide
from service_policy.content.reading import DATA, DOCUMENTS
from tests.support.html import Document
from tests.support.site import BUILD_EPOCH, BuiltSite
from tooling.build import build
from tooling.live_site import LiveSite
from tooling.paths import CONTENT, ROOT
from tooling.words import Refused

TODAY = date(2026, 11, 23)
SCHEMA = ROOT / "node_modules/@sveltia/cms/schema/sveltia-cms.json"
EVERYWHERE = (
    "github:cong-ty/noi-dung@main",
    "gitlab:nhom/con/noi-dung",
    "gitea:https://git.cong-ty.example/cong-ty/noi-dung@ban-thao",
    "local",
)


def made(place: str = "local", content: Path = CONTENT, sign_in: str = "") -> dict[str, Any]:
    """Return the configuration for a repository and a content folder."""
    found = repository(place, sign_in)
    assert found is not None
    keys = keys_in_use(read(content, TODAY))
    return configuration(found, read_guide(content), keys, content.name, "")


def forms(told: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield every form: the folder or file it writes, and its fields."""
    for collection in told["collections"]:
        if "files" in collection:
            yield from ((one["file"], one["fields"]) for one in collection["files"])
        else:
            yield collection["folder"], collection["fields"]


def parts(fields: list[dict[str, Any]], above: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every field of a form and inside its fields, with its path."""
    for field in fields:
        path = f"{above}{field['name']}"
        yield path, field
        inner = [*field.get("fields", ()), *field.get("types", ())]
        yield from parts(inner, f"{path}.")


@pytest.mark.parametrize("place", EVERYWHERE)
def test_the_program_knows_every_option_that_it_is_given(place: str) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(made(place))


def test_there_is_a_form_for_every_folder_and_every_data_file() -> None:
    kinds = [f"content/{name}" for name in (*DOCUMENTS, *DATA)]
    assert [place for place, _ in forms(made())] == kinds


def test_every_field_of_a_model_is_in_its_form_and_is_asked_for_when_it_is_needed() -> None:
    for place, fields in forms(made()):
        kind = place.removeprefix("content/")
        model = {**DOCUMENTS, **DATA}[kind]
        by_name = {one["name"]: one for one in fields}
        for name, info in model.model_fields.items():
            if name in ADDED_BY_THE_READER or (kind, name) == ("bang-gia", "lines"):
                continue
            assert by_name[name]["required"] is info.is_required(), (kind, name)


def test_every_field_and_every_choice_has_words_of_the_guide() -> None:
    named_by_editors = ("terms.", "abbreviations.")
    chosen_elsewhere = {"family", "topic", "id", "indicators"}
    for place, fields in forms(made()):
        for path, field in parts(fields):
            if path.startswith(named_by_editors):
                continue
            assert field["label"] != field["name"], (place, path)
            if field["name"] not in chosen_elsewhere:
                told = {str(one["label"]) == one["value"] for one in field.get("options", ())}
                assert True not in told, (place, path)


@pytest.mark.parametrize("place", EVERYWHERE)
def test_no_group_is_offered_in_which_there_is_nothing_to_fill_in(place: str) -> None:
    for _, fields in forms(made(place)):
        assert [path for path, field in parts(fields) if field.get("fields") == []] == []


def test_the_words_of_a_form_change_with_the_guide(tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    file = content / GUIDE
    text = guide._SAMPLE.read_text(encoding="utf-8")
    row = "| `question` | có | câu hỏi, giọng khách |"
    assert row in text
    file.write_text(text.replace(row, "| `question` | có | điều khách hỏi, một câu |"), "utf-8")
    form = dict(forms(made(content=content)))["content/hoi-dap"]
    asked = next(one for one in form if one["name"] == "question")
    assert (asked["label"], asked["hint"]) == ("Điều khách hỏi", "điều khách hỏi, một câu")


def test_a_hint_speaks_of_other_fields_by_their_words() -> None:
    found = dict(parts(dict(forms(made()))["content/cam-ket"]))
    assert found["scope"]["hint"] == "các phân khúc, các nhóm hàng, các kênh"
    assert found["owner"]["hint"] == (
        "ai chịu trách nhiệm: vai trò, không phải tên người, mã phòng"
    )
    hints = [field.get("hint", "") for _, fields in forms(made()) for _, field in parts(fields)]
    assert [hint for hint in hints if "`" in hint] == []


def test_a_field_that_names_something_of_another_file_lets_choose_it_there() -> None:
    form = dict(forms(made()))["content/cam-ket"]
    found = dict(parts(form))
    owner = found["owner.department"]
    assert (owner["collection"], owner["file"]) == ("du-lieu", "cong-ty")
    assert owner["value_field"] == "departments.*.id"
    assert found["targets.segments"]["multiple"] is True
    assert {one["name"] for one in found["compensation"]["types"]} > {"fixed", "stepped"}


def test_what_has_versions_is_never_deleted() -> None:
    kept = {one["name"] for one in made()["collections"] if one.get("delete") is False}
    assert kept == {"cam-ket", "bang-gia"}


@pytest.mark.parametrize(
    ("place", "sign_in", "expected"),
    [
        (EVERYWHERE[0], "", {"name": "github", "repo": "cong-ty/noi-dung", "branch": "main"}),
        (EVERYWHERE[0], "", {"api_root": "https://api.github.com", "auth_methods": ["token"]}),
        (EVERYWHERE[0], "https://dang-nhap.example", {"base_url": "https://dang-nhap.example"}),
        ("github:https://ghe.example/a/b", "", {"api_root": "https://ghe.example/api/v3"}),
        (EVERYWHERE[1], "0123456789abcdef", {"auth_type": "pkce", "app_id": "0123456789abcdef"}),
        (EVERYWHERE[1], "", {"api_root": "https://gitlab.com/api/v4"}),
        (EVERYWHERE[2], "", {"api_root": "https://git.cong-ty.example/api/v1"}),
        (EVERYWHERE[2], "", {"branch": "ban-thao", "base_url": "https://git.cong-ty.example"}),
        (EVERYWHERE[2], "id-cua-ung-dung", {"auth_methods": ["oauth", "token"]}),
    ],
)
def test_a_repository_is_told_as_the_program_wants_it(
    place: str, sign_in: str, expected: dict[str, object]
) -> None:
    assert expected.items() <= made(place, sign_in=sign_in)["backend"].items()


@pytest.mark.parametrize(
    ("place", "sign_in", "said"),
    [
        ("cong-ty/noi-dung", "", "không hiểu “cong-ty/noi-dung”"),
        ("github:noi-dung", "", "không hiểu"),
        ("github:a/b@", "", "không hiểu"),
        ("gitea:cong-ty/noi-dung", "", "thiếu địa chỉ máy chủ Gitea"),
        ("gitea:http://git.example/a/b", "", "không hiểu"),
        ("github:a/b/c", "", "đúng hai phần"),
        ("github:a/b", "http://dang-nhap.example", "PORTAL_CMS_SIGN_IN"),
        ("gitlab:a/b", "ngắn", "mã ứng dụng"),
    ],
)
def test_a_wrong_setting_is_told_in_words_with_an_example(
    place: str, sign_in: str, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(BadRepository, match=said):
        repository(place, sign_in)
    monkeypatch.setenv("PORTAL_CMS", place)
    monkeypatch.setenv("PORTAL_CMS_SIGN_IN", sign_in)
    with pytest.raises(Refused, match=said):
        build(tmp_path / "output")


def test_without_the_setting_there_is_no_page(built_site: BuiltSite) -> None:
    assert repository("") is None
    assert not (built_site.output / "quan-tri").exists()
    assert not (built_site.output / ".headers.json").exists()


def test_changes_wait_for_their_check_wherever_the_service_can_hold_them() -> None:
    modes = {place: made(place)["publish_mode"] for place in EVERYWHERE}
    assert list(modes.values()) == ["editorial_workflow", "editorial_workflow", "simple", "simple"]


def test_the_page_may_ask_its_own_service_and_nobody_else() -> None:
    hosts = {
        place: [word for word in content_security_policy(found).split() if "://" in word]
        for place in EVERYWHERE
        if (found := repository(place))
    }
    assert list(hosts.values()) == [
        ["https://api.github.com;"],
        ["https://gitlab.com;"],
        ["https://git.cong-ty.example;"],
        [],
    ]


def test_the_page_brings_its_policy_and_tells_it_to_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_CMS", EVERYWHERE[0])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", BUILD_EPOCH)
    edition = LiveSite(tmp_path).edition

    def text(name: str) -> str:
        found = edition.read(name)
        assert found is not None, name
        return found.decode()

    found = repository(EVERYWHERE[0])
    assert found is not None
    policy = content_security_policy(found)
    page = Document(text("quan-tri/index.html"))
    named = {one.get("http-equiv"): one.get("content") for one in page.elements}
    assert named["Content-Security-Policy"] == policy
    sent = json.loads(text(".headers.json"))[ADDRESS]
    assert sent["Content-Security-Policy"] == f"{policy}; frame-ancestors 'none'"
    scripts = [one.get("src") for one in page.elements if one.tag == "script"]
    assert scripts == ["sveltia-cms.js"]
    assert "MIT License" in text("quan-tri/sveltia-cms.LICENSE.txt")
    assert json.loads(text("quan-tri/config.json"))["backend"]["repo"] == "cong-ty/noi-dung"
    program = text("quan-tri/sveltia-cms.js")
    assert [host for host in ("unpkg.com", "jsdelivr.net") if host in program] == []


def test_a_folder_without_a_guide_has_the_words_of_the_samples(tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    assert not (content / GUIDE).exists()
    without = made(content=content)
    shutil.copy(guide._SAMPLE, content / GUIDE)
    assert check(content, TODAY) == check(CONTENT, TODAY)
    assert made(content=content) == without


def test_content_in_a_repository_of_its_own_is_found_in_it(tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "kho/viet/content"))
    assert place_of(content) == "content"
    (tmp_path / "kho/.git").mkdir()
    assert place_of(content) == "viet/content"
    (content / ".git").write_text("gitdir: elsewhere", encoding="utf-8")
    assert place_of(content) == "."
    found = repository("local")
    assert found is not None
    told = configuration(found, read_guide(content), {}, ".", "")
    places = [place for place, _ in forms(told)]
    assert places == [*DOCUMENTS, *DATA]
    assert told["media_folder"] == "san-pham/hinh"
