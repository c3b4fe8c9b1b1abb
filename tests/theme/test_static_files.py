"""Static files: versions in addresses, vendored copies, bundles true to their sources."""

import gzip
import re

import pytest

from theme import bundle, vendor
from theme.assets import STATIC, asset


def test_an_address_carries_the_version_of_the_file() -> None:
    assert re.fullmatch(r"/theme/css/site\.css\?v=[0-9a-f]{10}", asset("css/site.css"))


def test_a_misspelt_file_stops_the_build() -> None:
    with pytest.raises(FileNotFoundError, match="stie"):
        asset("css/stie.css")


def test_scripts_share_one_version_because_they_load_each_other() -> None:
    assert asset("js/main.js").partition("?")[2] == asset("js/modules/print.js").partition("?")[2]


def test_vendored_files_are_the_ones_of_the_manifest() -> None:
    assert vendor.faults() == []


def test_the_font_comes_with_its_licence() -> None:
    licence = (STATIC / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License, Version 1.1" in licence


def test_the_bundles_are_made_from_the_style_sheets() -> None:
    for name, content in bundle.bundles().items():
        written = (STATIC / "css" / name).read_text(encoding="utf-8")
        assert written == content, f"{name} is stale: run python -m theme.bundle"


def test_all_styles_together_stay_small() -> None:
    size = sum(len(gzip.compress(text.encode(), 9)) for text in bundle.bundles().values())
    assert size < 14 * 1024


def test_squeezing_keeps_what_white_space_means() -> None:
    css = "a > b , c :hover {\n  /* why */\n  margin: calc(1px + 2px) 0 ;\n}\n"
    assert bundle.squeeze(css) == "a>b,c :hover{margin: calc(1px + 2px) 0}\n"


def test_no_script_is_unknown_to_the_loader() -> None:
    main = (STATIC / "js" / "main.js").read_text(encoding="utf-8")
    known = set(re.findall(r'^  "([a-z-]+)",$', main, re.MULTILINE))
    modules = {path.stem for path in (STATIC / "js" / "modules").glob("*.js")}
    # The search box is made of three files; only the first is named in markup.
    assert known == modules - {"search-finder", "search-misses", "search-panel"}


def test_the_lock_of_the_browser_libraries_names_no_address() -> None:
    lock = (vendor.ROOT / "package-lock.json").read_text(encoding="utf-8")
    # npm adds "funding" links by itself; they are deleted by hand after a change.
    assert "http" not in lock
