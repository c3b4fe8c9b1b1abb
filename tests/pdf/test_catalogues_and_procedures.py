"""Catalogues and warranty procedures on paper say what their pages say."""

import io
from dataclasses import replace
from pathlib import Path

from pypdf import PdfReader

from plugins.pdf import issue_pdf
from plugins.pdf.press import Press, first_drawings
from plugins.pdf.typst_pdf import pdf
from service_policy.text import nfc
from tests.pdf.conftest import Papers
from tests.support.pdf import pictures_of, text_of
from tests.support.site import SITE_URL
from tooling.paths import CONTENT


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_catalogue_names_every_product_with_the_data_of_its_label(papers: Papers) -> None:
    library = papers.press.library
    for catalogue in library.catalogues:
        text = text_of(papers.of(catalogue.id, catalogue.version)["pdf"])
        assert nfc(text) == text
        for code in catalogue.products:
            product = library.product(code)
            assert product is not None
            label = product.label
            facts = (label.power, label.standard, label.origin, label.contents, *label.warnings)
            for said in (code, product.name, *product.specs, *facts):
                assert words(said) in text
            for part in product.parts:
                assert words(part.name) in text
            assert f"{product.warranty_months} tháng, {product.service_place_name}" in text


def test_every_product_of_a_catalogue_is_pictured_and_the_picture_is_said(papers: Papers) -> None:
    library = papers.press.library
    said = pictures_of(papers.of("CT-TONG-HOP", 2)["pdf"])
    for product in library.products:
        shown = product.status == "current"
        assert (nfc(product.images[0].alt) in map(nfc, said)) == shown


def test_a_photograph_stands_in_a_catalogue_as_well_as_a_drawing(
    papers: Papers, tmp_path: Path
) -> None:
    library = papers.press.library
    hob = next(one for one in library.products if one.id == "BT-40D")
    photographed = hob.model_copy(
        update={"images": tuple(one for one in hob.images if one.file.endswith(".png"))}
    )
    library = replace(library, products=(photographed,))
    drawings = first_drawings(library, CONTENT / "san-pham" / "hinh", tmp_path)
    catalogue = next(one for one in library.catalogues if one.id == "CT-BEP")
    issue = papers.issue("CT-BEP", catalogue.version)
    made = pdf(issue_pdf.catalogue(Press(library, SITE_URL, drawings), issue, catalogue))
    assert photographed.images[0].alt in pictures_of(made)
    assert [
        image.image.width for page in PdfReader(io.BytesIO(made)).pages for image in page.images
    ]


def test_a_catalogue_holds_no_price(papers: Papers) -> None:
    text = text_of(papers.of("CT-TONG-HOP", 2)["pdf"])
    assert " đ " not in text
    for sheet in papers.press.library.price_sheet_versions:
        if sheet.series == "ban-le":
            assert not {f"{line.price_vnd:,}".replace(",", ".") for line in sheet.lines} & set(
                text.split()
            )


def test_a_procedure_says_every_step_exclusion_and_right(papers: Papers) -> None:
    library = papers.press.library
    for procedure in library.warranty:
        text = text_of(papers.of(procedure.id, procedure.version)["pdf"])
        assert words(procedure.title) in text
        for step in procedure.steps:
            for said in (step.who, step.what, str(step.deadline), step.customer_sees or ""):
                assert words(said) in text
        for exclusion in procedure.exclusions:
            assert words(exclusion.case) in text
            assert words(exclusion.evidence) in text
        for right in procedure.rights:
            assert words(right.text) in text
            assert words(library.legal.words(right.law)) in text
        for needed in (*procedure.information_needed, *procedure.not_required):
            assert words(needed) in text
