"""`inv quote`: the PDF says what the quote says, and stays out of what is public."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from service_policy.content.quotes import read_quote
from tests.pdf.conftest import Papers
from tests.support.pdf import shows_qr, tags_of, text_of
from tests.support.site import BUILD_EPOCH, SITE_URL
from theme.filters import number_vi, percent_vi
from tooling.paths import CONTENT, OUTPUT, ROOT
from tooling.quote import make_quote
from tooling.words import Refused

SAMPLE = ROOT / "tests" / "company" / "bao-gia" / "BG-DA-2026-0001.yaml"


@pytest.fixture(autouse=True)
def site_of_a_day_in_autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_SITE_URL", SITE_URL)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", BUILD_EPOCH)


def test_the_pdf_says_every_line_sum_and_term(papers: Papers, tmp_path: Path) -> None:
    quote, _ = read_quote(SAMPLE, papers.press.library)
    made = make_quote(SAMPLE, tmp_path)
    assert (made.pdf, made.warnings) == (tmp_path / "BG-DA-2026-0001.pdf", ())
    content = made.pdf.read_bytes()
    text = text_of(content)
    for line in quote.lines:
        assert line.name in text
        cells = (
            line.unit,
            number_vi(line.quantity),
            number_vi(line.net_vnd),
            number_vi(line.total_vnd),
            percent_vi(line.vat_percent),
            number_vi(line.vat_vnd),
        )
        assert " ".join(" ".join(cells).split()) in text
    for said in (
        "Cộng, chưa thuế 133.732.500",
        "Thuế giá trị gia tăng 8 % 8.994.600",
        "Thuế giá trị gia tăng 10 % 2.130.000",
        "Tổng cộng, đã gồm thuế 144.857.100",
        f"Bằng chữ: {quote.total_in_words}.",
        "Báo giá này chưa phải hợp đồng",
        "30 ngày, đến hết 23/12/2026",
        "BG-2026.11, phiên bản 2",
        *(one.what for one in quote.delivery),
        *(number_vi(vnd) for _, vnd in quote.instalments),
        *quote.exclusions,
        *quote.warranty,
        quote.customer.name,
        quote.made_by.name,
    ):
        assert said in text
    assert {"Table", "TH", "H1", "Figure"} <= tags_of(content)
    assert shows_qr(content, f"{SITE_URL}/tai-lieu/bg-2026.11/?v=2", tmp_path)


def test_a_decided_change_of_tax_is_told(tmp_path: Path) -> None:
    file = tmp_path / "late.yaml"
    text = SAMPLE.read_text(encoding="utf-8").replace("dated: 2026-11-23", "dated: 2026-12-15")
    file.write_text(text, encoding="utf-8")
    told = text_of(make_quote(file).pdf.read_bytes())
    assert "Từ 01/01/2027 nhóm hàng đang chịu thuế thấp hơn chịu thuế suất 10 %." in told


def test_a_quote_is_the_same_to_the_byte(tmp_path: Path) -> None:
    first = make_quote(SAMPLE, tmp_path / "a").pdf.read_bytes()
    assert make_quote(SAMPLE, tmp_path / "b").pdf.read_bytes() == first


@pytest.mark.parametrize("folder", [CONTENT / "bang-gia", OUTPUT / "bao-gia"])
def test_a_quote_is_never_written_where_the_public_looks(folder: Path) -> None:
    with pytest.raises(Refused, match="public"):
        make_quote(SAMPLE, folder)
    assert not list(folder.glob("BG-DA-*"))


def test_no_quote_reaches_the_site_or_its_content() -> None:
    private = [path for path in CONTENT.rglob("*") if "BG-DA-" in path.name]
    assert private == []


def test_a_file_inside_the_content_is_refused(tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    file = Path(shutil.copy(SAMPLE, content / "quote.yaml"))
    with pytest.raises(Refused, match="public"):
        make_quote(file, tmp_path, content)


def inv_quote(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "invoke", "quote", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_task_writes_the_pdf_or_names_every_fault(tmp_path: Path) -> None:
    done = inv_quote(str(SAMPLE), "--out", str(tmp_path), PORTAL_SITE_URL="")
    assert done.returncode == 0, done.stderr
    assert "PORTAL_SITE_URL is not set" in done.stdout
    assert str(tmp_path / "BG-DA-2026-0001.pdf") in done.stdout
    bad = tmp_path / "bad.yaml"
    text = SAMPLE.read_text(encoding="utf-8")
    bad.write_text(text.replace("percent: 60", "percent: 61").replace("CN-BT8", "CN-XX"), "utf-8")
    done = inv_quote(str(bad))
    assert done.returncode == 1
    assert "bad.yaml:15: lines.1.product_code: không có sản phẩm CN-XX" in done.stderr
    assert not (tmp_path / "bad.pdf").exists()
