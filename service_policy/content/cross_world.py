"""Cross-checks of what a company says it has: families, groups, topics and service elements.

Each is declared once, by an id that does not repeat; whoever names another has made a slip.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from service_policy.content.cross_references import Sources
from service_policy.content.faults import Fault
from service_policy.content.library import Library, page_urls
from service_policy.content.tree import Path, Tree

MATRIX, TOPICS, ELEMENTS = "phan-khuc.yaml", "chu-de.yaml", "yeu-to-dich-vu.yaml"

Named = tuple[Tree, Path, str]
"""A file, a field of it, and the id that it names."""


def _declared_once(library: Library, sources: Sources) -> Iterator[Fault]:
    matrix, topics = library.policy.matrix, library.policy.topics
    for file, section, field, values in (
        (MATRIX, "product_groups", "id", matrix.groups),
        (MATRIX, "families", "id", [one.id for one in matrix.families]),
        (TOPICS, "topics", "id", [one.id for one in topics]),
        (TOPICS, "topics", "prefix", [one.prefix for one in topics]),
        (ELEMENTS, "elements", "number", [str(one.number) for one in library.elements]),
    ):
        tree, own = sources.of(file), list(values)
        for index, value in enumerate(own):
            if value in own[:index]:
                first = tree.place((section, own.index(value), field))[1]
                message = f"“{value}” đã dùng ở dòng {first}"
                path: Path = (section, index, field)
                yield tree.fault(path, "duplicate_id", message, "đặt giá trị khác")


def _named_things_exist(library: Library, sources: Sources) -> Iterator[Fault]:
    matrix = library.policy.matrix
    families = [one.id for one in matrix.families]
    topics = [one.id for one in library.policy.topics]
    for what, file, known, named in (
        ("nhóm hàng", MATRIX, matrix.groups, _groups_named(library, sources)),
        ("họ sản phẩm", MATRIX, families, _families_named(library, sources)),
        ("chủ đề", TOPICS, topics, _topics_named(library, sources)),
    ):
        yield from _unknown(what, file, known, named)


def _unknown(what: str, file: str, known: Sequence[str], named: Iterable[Named]) -> Iterator[Fault]:
    for tree, path, name in named:
        if name not in known:
            fix = f"chọn {', '.join(known)}" if known else "khai báo trước"
            message = f"không có {what} “{name}” trong {file}"
            yield tree.fault(path, "unknown_reference", message, f"{fix}; hoặc thêm vào {file}")


def _groups_named(library: Library, sources: Sources) -> Iterator[Named]:
    tree = sources.of(MATRIX)
    for number, row in enumerate(library.policy.matrix.matrix):
        for place, cell in enumerate(row.cells):
            for index, group in enumerate(cell.product_groups):
                yield tree, ("matrix", number, "cells", place, "product_groups", index), group
    for product in library.products:
        yield sources.of(product.id), ("product_group",), product.product_group
    for one in library.policy.versions:
        tree = sources.of(f"{one.id}/{one.version}")
        for index, group in enumerate(one.scope.product_groups):
            yield tree, ("scope", "product_groups", index), group
        for number, target in enumerate(one.targets):
            for index, group in enumerate(target.product_groups):
                yield tree, ("targets", number, "product_groups", index), group


def _families_named(library: Library, sources: Sources) -> Iterator[Named]:
    for product in library.products:
        yield sources.of(product.id), ("family",), product.family
    for catalogue in library.catalogues:
        if catalogue.family is not None:
            yield sources.of(catalogue.id), ("family",), catalogue.family


def _topics_named(library: Library, sources: Sources) -> Iterator[Named]:
    for entry in library.faq:
        yield sources.of(entry.id), ("topic",), entry.topic


def _codes_have_their_shape(library: Library, sources: Sources) -> Iterator[Fault]:
    pattern = library.policy.matrix.product_code
    for product in library.products:
        if not re.fullmatch(pattern, product.id):
            message = f"mã {product.id} không theo mẫu {pattern} của {MATRIX}"
            fix = "sửa mã, hoặc sửa product_code trong tệp đó"
            yield sources.of(product.id).fault(("id",), "wrong_code", message, fix)
    for entry in library.faq:
        topic = library.policy.topic(entry.topic)
        if topic is not None and entry.id.rpartition("-")[0] != topic.prefix:
            message = f"mã {entry.id} không bắt đầu bằng {topic.prefix}-, chữ của “{topic.name}”"
            fix = f"đặt mã {topic.prefix}-…, hoặc sửa topic"
            yield sources.of(entry.id).fault(("id",), "wrong_prefix", message, fix)


def _energy_labels_are_told(library: Library, sources: Sources) -> Iterator[Fault]:
    wanted = {one.id: one for one in library.policy.matrix.families if one.energy_label}
    for product in library.products:
        family = wanted.get(product.family)
        if family is not None and product.label.energy is None:
            law = library.legal.get(family.law or "")
            yield sources.of(product.id).fault(
                (),
                "no_energy_label",
                f"nhãn thiếu energy (nhãn năng lượng, theo {law.short if law else family.law})",
                "thêm label.energy: mức trên nhãn năng lượng, hoặc vì sao không có",
            )


def _elements_lead_somewhere(library: Library, sources: Sources) -> Iterator[Fault]:
    tree = sources.of(ELEMENTS)
    known = page_urls(library)
    commitments = {one.id for one in library.policy.versions}
    for index, element in enumerate(library.elements):
        if element.page not in known:
            message = f"không có trang {element.page}"
            fix = "viết trang đó hoặc sửa đường dẫn"
            yield tree.fault(("elements", index, "page"), "unknown_page", message, fix)
        for position, target in enumerate(element.commitments):
            if target not in commitments:
                path: Path = ("elements", index, "commitments", position)
                yield tree.fault(path, "unknown_reference", f"không có {target}", "sửa mã")


WORLD_CHECKS: tuple[Callable[[Library, Sources], Iterator[Fault]], ...] = (
    _declared_once,
    _named_things_exist,
    _codes_have_their_shape,
    _energy_labels_are_told,
    _elements_lead_somewhere,
)
"""The checks of this module, in the order in which their faults are listed."""
