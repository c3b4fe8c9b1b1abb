"""The downloads of the built site, and the register that lists them for machines."""

import hashlib
import json

from tests.support.site import BuiltSite
from theme.filters import file_size_vi


def register_of(site: BuiltSite) -> dict[str, object]:
    return json.loads(site.text("tai-lieu/so-tai-lieu.json"))


def test_the_register_lists_every_issue_and_each_file_as_it_was_written(
    built_site: BuiltSite,
) -> None:
    register = register_of(built_site)
    assert register["built_on"] == "2026-11-23"
    listed = set()
    for document in register["documents"]:
        asked = f"/tai-lieu/{document['id'].lower()}/?v={document['version']}"
        lasting = f"/cam-ket/{document['id'].lower()}/phien-ban-{document['version']}/"
        assert document["permalink"] == (lasting if document["id"].startswith("CK-") else asked)
        page = built_site.pages[document["permalink"].partition("?")[0]]
        assert document["id"] in page.one("h1").text or document["id"] in page.one("title").text
        for name, file in document["files"].items():
            content = (built_site.output / file["url"].lstrip("/")).read_bytes()
            assert len(content) == file["bytes"]
            assert hashlib.sha256(content).hexdigest() == file["sha256"]
            assert file["url"].endswith(f"{document['id']}-v{document['version']}.{name}")
            listed.add(file["url"])
    written = {
        built_site.url_of(path)
        for kind in ("pdf", "xlsx", "csv")
        for folder in ("bang-gia", "catalogue", "bao-hanh", "cam-ket")
        for path in (built_site.output / folder).rglob(f"*.{kind}")
    }
    assert listed == written


def test_a_version_whose_file_is_gone_still_has_its_record(built_site: BuiltSite) -> None:
    documents = register_of(built_site)["documents"]
    old = next(one for one in documents if (one["id"], one["version"]) == ("CT-BEP", 1))
    assert (old["files"], old["replaced_on"]) == ({}, "2026-11-01")
    assert {one["kind"] for one in documents} == {"bang-gia", "catalogue", "bao-hanh", "cam-ket"}


def test_each_promise_offers_its_paper_with_its_size_and_version(built_site: BuiltSite) -> None:
    sizes = {
        file["url"]: file["bytes"]
        for document in register_of(built_site)["documents"]
        for file in document["files"].values()
    }
    for url, paper in (
        ("/cam-ket/", "/cam-ket/BCK-2026.07.01-v1.pdf"),
        ("/cam-ket/ck-03/", "/cam-ket/ck-03/CK-03-v1.pdf"),
        ("/cam-ket/ck-03/phien-ban-1/", "/cam-ket/ck-03/CK-03-v1.pdf"),
    ):
        page = built_site.pages[url]
        assert paper in set(page.targets())
        said = f"PDF, {file_size_vi(sizes[paper])}, số {paper.split('/')[-1].split('-v1')[0]}"
        assert f"{said}, phiên bản 1" in page.one("main").text
