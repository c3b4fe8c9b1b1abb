"""What holds for every PDF: it can be read aloud, checked by phone, and made again."""

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from plugins.pdf.prose import blocks
from plugins.pdf.typst_pdf import MOST, PdfCache, PdfContext, PdfError, pdf
from tests.pdf.conftest import Papers
from tests.support.pdf import colours, pages_of, shows_qr, tags_of, text_of
from tests.support.site import SITE_URL


def test_every_pdf_is_tagged_and_says_its_language_title_and_author(papers: Papers) -> None:
    company = papers.press.library.company.name
    for one in (("BG-2026.11", 2), ("BG-2026.05", 1), ("CT-BEP", 2), ("BHP-03", 1)):
        issue, content = papers.issue(*one), papers.of(*one)["pdf"]
        reader = PdfReader(io.BytesIO(content))
        root = reader.trailer["/Root"]
        assert root["/Lang"] == "vi"
        assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  (an object of pypdf)
        assert {"H1", "Figure", "P"} <= tags_of(content)
        assert reader.metadata is not None
        assert (reader.metadata.title, reader.metadata.author) == (issue.title, company)
        assert reader.metadata.creation_date is not None
        assert reader.metadata.creation_date.date() == issue.issued_on
        fonts = {
            str(font.get_object()["/BaseFont"]).partition("+")[2]
            for page in reader.pages
            for font in page["/Resources"]["/Font"].values()
        }
        assert all(font.startswith("BeVietnamPro") for font in fonts)


def test_tables_tell_a_screen_reader_their_heads(papers: Papers) -> None:
    assert {"Table", "TR", "TH", "TD"} <= tags_of(papers.of("BG-2026.11", 2)["pdf"])
    assert {"Table", "TH", "L", "LI"} <= tags_of(papers.of("BHP-01", 1)["pdf"])


def test_every_page_has_its_number_and_every_paper_its_banner_and_address(papers: Papers) -> None:
    company = papers.press.library.company
    for issue in papers.issues:
        pages = pages_of(papers.of(issue.id, issue.version)["pdf"])
        for number, page in enumerate(pages, 1):
            assert f"Trang {number}/{len(pages)}" in page
            assert company.banner in page
            assert f"{SITE_URL}{issue.permalink}" in page
        assert company.name in pages[0]
        assert company.hotline in pages[0]
        assert all(f"{issue.id}, phiên bản {issue.version}" in page for page in pages[1:])


@pytest.mark.parametrize(
    ("document_id", "version"), [("BG-2026.11", 2), ("BG-2026.05", 1), ("BHP-02", 2)]
)
def test_the_code_on_the_paper_is_the_permalink(
    papers: Papers, tmp_path: Path, document_id: str, version: int
) -> None:
    url = f"{SITE_URL}/tai-lieu/{document_id.lower()}/?v={version}"
    content = papers.of(document_id, version)["pdf"]
    assert shows_qr(content, url, tmp_path)
    assert not shows_qr(content, url.replace(str(version), "9"), tmp_path)


def test_the_same_paper_is_the_same_to_the_byte(papers: Papers, tmp_path: Path) -> None:
    again = Papers(papers.press, PdfCache(tmp_path))
    for document_id, version in (("BG-2026.11", 2), ("CT-BEP", 2), ("BHP-01", 1)):
        assert again.of(document_id, version) == papers.of(document_id, version)


def paper(text: str = "Chào") -> PdfContext:
    company = {"name": "Nhã Khê", "tagline": "–", "lines": [], "banner": None}
    frame = {
        "company": company, "colours": colours(),
        "kind": "Thử", "title": "Tờ thử", "id": "T", "version": 1,
        "summary": text, "facts": [], "notice": None, "checking": "–",
    }  # fmt: skip
    data = {
        "frame": frame, "needed": [text], "not_required": [], "steps": [], "exclusions": [],
        "rights": [], "body": blocks(text, SITE_URL),
    }  # fmt: skip
    return PdfContext("procedure", data, date(2026, 11, 1), SITE_URL)


def test_what_an_editor_writes_is_never_run_as_source() -> None:
    wicked = '#panic("x") #read("base.typ") $x$ *a* _b_ `c` // d "e" \\n {f} [g] @h <i>'
    assert " ".join(wicked.split()) in text_of(pdf(paper(wicked)))


def test_prose_keeps_its_headings_lists_tables_and_links() -> None:
    text = (
        "Một **đậm** và *nghiêng*.\n\n## Đầu mục\n\n- gạch\n- [giá](/bang-gia/)\n\n"
        "1. bước\n\n| A | B |\n|---|---|\n| x | y |\n\n> trích\n"
    )
    made = pdf(paper(text))
    words = text_of(made)
    for expected in ("Một đậm và nghiêng.", "Đầu mục", "• gạch", "1. bước", "A B x y", "trích"):
        assert expected in words
    assert {"H1", "L", "Table", "Link"} <= tags_of(made)
    links = [
        annotation.get_object()["/A"]["/URI"]
        for page in PdfReader(io.BytesIO(made)).pages
        for annotation in page.get("/Annots", [])
    ]
    assert f"{SITE_URL}/bang-gia/" in links


def test_a_broken_template_stops_the_build_with_its_name() -> None:
    with pytest.raises(PdfError, match=r"^catalogue\.typ: "):
        pdf(PdfContext("catalogue", {"frame": {}}, date(2026, 11, 1), SITE_URL))


def test_the_shelf_gives_what_was_made_and_forgets_the_oldest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = PdfCache(tmp_path)
    first = shelf.pdf(paper())
    assert shelf.pdf(paper()) == first
    assert shelf.pdf(paper("Khác")) != first
    assert len(list(tmp_path.iterdir())) == 2
    monkeypatch.setattr("plugins.pdf.typst_pdf.MOST", 1)
    shelf.tidy()
    assert MOST > 1
    assert len(list(tmp_path.iterdir())) == 1
