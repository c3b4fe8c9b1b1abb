"""Pages say the families, groups, topics and elements that the content declares, and no others."""

import shutil
from pathlib import Path

import pytest

from plugins.model import PageFile
from service_policy.content import Library, read
from tests.plugins.test_pages import VALID, html, pages_on
from tests.service_policy.test_other_worlds import another_world, elements, everywhere
from tooling.page_kinds import pages, special_pages
from tooling.paths import CONTENT

World = tuple[Library, dict[str, PageFile]]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Build the pages of a company with another family, group, topic and few elements."""
    content = Path(shutil.copytree(CONTENT, tmp_path_factory.mktemp("world") / "content"))
    another_world(content)
    everywhere("phan-khuc.yaml", "name: Máy giặt, drawing: pot", "name: Máy giặt, drawing: tools")(
        content
    )
    elements(22, 3, 15)(content)
    library = read(content, VALID)
    return library, pages_on(library, VALID)


def seen(world: World, url: str) -> str:
    library, found = world
    return html(library, found[url])


def test_the_home_page_shows_the_family_and_its_drawing(world: World) -> None:
    home = seen(world, "/")
    assert 'href="/san-pham/#may-giat"' in home
    assert "<span>Máy giặt</span>" in home
    assert "M42 50 20 72" in home  # the tools
    assert "Nồi cơm</span>" not in home


@pytest.mark.parametrize(
    "url", ["/san-pham/", "/san-pham/so-sanh/", "/bao-hanh/", "/bang-gia/ban-le-2026-11/"]
)
def test_lists_of_products_are_grouped_by_the_family_s_name(world: World, url: str) -> None:
    text = seen(world, url)
    assert "Máy giặt" in text
    assert 'id="noi-com"' not in text


def test_a_group_with_a_long_id_is_called_by_its_name(world: World) -> None:
    product = next(one for one in world[0].products if one.product_group == "lon")
    assert "lon: Máy lớn" not in seen(world, product.url)
    assert "Máy lớn" in seen(world, product.url)
    promise = seen(world, "/cam-ket/ck-04/")
    assert "nhóm máy lớn" in promise
    assert "nhóm A (thiết yếu)" in promise
    assert "bếp công nghiệp)" not in promise
    assert "<b>Máy lớn</b>" in seen(world, "/cam-ket/")


def test_questions_stand_under_the_topics_of_the_company(world: World) -> None:
    text = seen(world, "/hoi-dap/")
    assert '<h2 id="sua-chua">Sửa chữa</h2>' in text
    assert 'id="bao-hanh"' not in text
    entry = next(one for one in world[0].faq if one.topic == "sua-chua")
    assert 'href="/hoi-dap/#sua-chua">Sửa chữa</a>' in seen(world, entry.url)


def test_the_page_of_the_elements_lists_those_there_are_in_their_order(world: World) -> None:
    text = seen(world, "/yeu-to-dich-vu/")
    places = [text.index(f'data-label="Số">{number}<') for number in (220, 30, 150)]
    assert places == sorted(places)
    assert text.count('data-label="Số"') == 3


def test_a_page_says_which_of_how_many_elements_it_answers(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path_factory.mktemp("few") / "content"))
    elements(22, 15)(content)
    everywhere("yeu-to-dich-vu.yaml", "number: 150,", "number: 15,")(content)
    library = read(content, VALID)
    text = html(library, pages_on(library, VALID)["/khieu-nai/"])
    assert "Trang này trả lời yếu tố 15 (xử lý thắc mắc và khiếu nại)" in text
    assert "2 yếu tố dịch vụ</a>" in text


def test_a_page_names_no_element_that_the_company_does_not_have(world: World) -> None:
    library, _ = world
    for page in library.pages:
        if page.elements:
            assert "Trang này trả lời" not in seen(world, page.url)


def test_there_is_a_page_of_every_kind_to_look_at(world: World) -> None:
    library, found = world
    kinds = pages(library)
    assert {kind: found[url].page.kind for kind, url in kinds.items()} == {
        kind: kind for kind in kinds
    }
    assert {page.page.kind for page in found.values()} == set(kinds)
    assert set(special_pages(library).values()) <= set(found)
