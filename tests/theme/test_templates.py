"""Every template compiles, keeps to the documented variables, and is safe by default."""

import re
from collections.abc import Iterator

import pytest
from jinja2 import Environment, UndefinedError, meta, nodes

from tests.theme.contract import COMMON, COMMON_DYNAMIC, DYNAMIC, PAGES
from theme.env import GLOBALS, TEMPLATES, build_environment

NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
PAGE_NAMES = [
    name
    for name in NAMES
    if not name.startswith(("macros/", "partials/")) and name not in ("base.html",)
]


@pytest.fixture(scope="module")
def environment() -> Environment:
    return build_environment()


@pytest.mark.parametrize("name", NAMES)
def test_every_template_compiles(environment: Environment, name: str) -> None:
    environment.get_template(name)


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_a_template_uses_only_documented_variables(environment: Environment, name: str) -> None:
    used, defined, ancestors = set(), set(), []
    for ancestor in with_ancestors(environment, name):
        tree = _tree(environment, ancestor)
        used |= meta.find_undeclared_variables(tree)
        defined |= set(_top_level_names(tree))
        ancestors.append(ancestor.removesuffix(".html"))
    documented = set(COMMON).union(*(PAGES.get(ancestor, {}) for ancestor in ancestors))
    if any(ancestor in DYNAMIC for ancestor in ancestors):
        documented |= COMMON_DYNAMIC
    assert used - defined - set(GLOBALS) <= documented


def test_the_contract_names_no_template_that_is_missing() -> None:
    assert {f"{name}.html" for name in PAGES} <= set(PAGE_NAMES)


def test_no_template_has_inline_styles_scripts_or_handlers() -> None:
    for name in NAMES:
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        assert " style=" not in text, name
        assert "<style" not in text, name
        assert not re.search(r" on[a-z]+=", text), name
        for script in text.split("<script")[1:]:
            opening = script.split(">")[0]
            assert " src=" in opening or "application/ld+json" in opening, name


def test_markup_in_a_value_is_escaped(environment: Environment) -> None:
    template = environment.from_string("<title>{{ title }}</title>")
    assert template.render(title="<b>x</b>") == "<title>&lt;b&gt;x&lt;/b&gt;</title>"


def test_a_misspelt_variable_is_an_error(environment: Environment) -> None:
    with pytest.raises(UndefinedError):
        environment.from_string("{{ compny }}").render(company="x")


def _tree(environment: Environment, name: str) -> nodes.Template:
    assert environment.loader is not None
    return environment.parse(environment.loader.get_source(environment, name)[0])


def with_ancestors(environment: Environment, name: str | None) -> Iterator[str]:
    while name is not None:
        yield name
        extends = next(_tree(environment, name).find_all(nodes.Extends), None)
        name = None if extends is None else str(extends.template.as_const())


def _top_level_names(tree: nodes.Template) -> Iterator[str]:
    """Names that imports, macros and assignments outside blocks give to the blocks."""
    for node in tree.body:
        if isinstance(node, nodes.Import):
            yield node.target
        elif isinstance(node, nodes.FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in node.names)
        elif isinstance(node, nodes.Macro):
            yield node.name
        elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            yield node.target.name
