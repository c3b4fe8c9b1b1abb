"""Catalogues and warranty procedures on paper say what their pages say."""

from service_policy.text import nfc
from tests.papers.conftest import Papers
from tests.support.pdf import text_of


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
            for said in (code, product.name, label.power, label.standard, label.origin):
                assert words(said) in text
            for part in product.parts:
                assert words(part.name) in text
            assert f"{product.warranty_months} tháng, {product.service_place_name}" in text


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
