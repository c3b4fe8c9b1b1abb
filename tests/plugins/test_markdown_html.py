import pytest

from plugins.markdown_html import first_words, plain_text, render
from service_policy.content.prose import ALLOWED_TAGS
from service_policy.text import slugify


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("Đường dây nóng", "duong-day-nong"),
        ("Đổi trả, hoàn tiền", "doi-tra-hoan-tien"),
        ("Thủy điện & “bếp từ”", "thuy-dien-bep-tu"),
        ("  CK-03: 7 ngày  ", "ck-03-7-ngay"),
    ],
)
def test_an_anchor_keeps_every_letter_of_a_vietnamese_heading(title: str, anchor: str) -> None:
    assert slugify(title) == anchor


def test_headings_get_anchors_and_the_contents_list_them() -> None:
    rendered = render("## Đường dây nóng\n\nGọi.\n\n### Giờ\n\n## Đường dây nóng\n")
    assert '<h2 id="duong-day-nong">' in rendered.html
    assert [title for title, _ in rendered.toc] == ["Đường dây nóng", "Đường dây nóng"]
    assert len({anchor for _, anchor in rendered.toc}) == 2


def test_one_text_does_not_change_the_anchors_of_the_next() -> None:
    assert render("## Một").toc == render("## Một").toc


@pytest.mark.parametrize(
    "unsafe",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&#58;alert(1))",
        '<div style="position:fixed" class="notice">x</div>',
        "<iframe src=//example.org></iframe>",
        "<svg><script>alert(1)</script></svg>",
    ],
)
def test_unsafe_markup_never_reaches_the_page(unsafe: str) -> None:
    html = render(f"Trước.\n\n{unsafe}\n\nSau.").html.lower()
    for danger in ("<script", "onerror", "javascript:", "style=", "<iframe", "notice"):
        assert danger not in html
    assert "trước." in html
    assert "sau." in html


@pytest.mark.parametrize("tag", sorted(ALLOWED_TAGS - {"br", "hr", "img"}))
def test_what_the_checker_allows_the_sanitizer_keeps(tag: str) -> None:
    inside = f"<{tag}>chữ</{tag}>"
    # Parts of a table or list are kept only where a browser would keep them.
    wraps = {
        "td": "<table><tbody><tr>{}</tr></tbody></table>",
        "th": "<table><tbody><tr>{}</tr></tbody></table>",
        "tr": "<table><tbody>{}</tbody></table>",
        "tbody": "<table>{}</table>",
        "thead": "<table>{}</table>",
    }
    assert f"<{tag}" in render(wraps.get(tag, "{}").format(inside)).html


def test_a_table_scrolls_names_its_columns_and_has_no_inline_style() -> None:
    html = render("| Tên | Giá |\n|---|---:|\n| NC-10M | 590.000 |\n").html
    assert (
        '<div aria-label="Bảng: Tên, Giá" class="table-scroll" role="region" tabindex="0">' in html
    )
    assert '<th scope="col">Tên</th>' in html
    assert '<td class="number">590.000</td>' in html
    assert "style" not in html


def test_plain_text_keeps_words_apart() -> None:
    html = render("Có.\n\n- một\n- hai\n\n| a | b |\n|---|---|\n| c | d |\n").html
    assert plain_text(html) == "Có. một hai a b c d"


@pytest.mark.parametrize("old", ["~~590.000 đ~~", "<del>590.000 đ</del>", "<s>590.000\nđ</s>"])
def test_plain_text_does_not_say_what_is_struck(old: str) -> None:
    assert plain_text(render(f"Giá {old} 490.000 đ.").html) == "Giá 490.000 đ."


def test_a_description_is_cut_between_words() -> None:
    assert first_words("một hai ba", 7) == "một…"
    assert first_words("một hai", 7) == "một hai"
