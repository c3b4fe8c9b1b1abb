"""Cross-checks of what a company says it has: families, groups, topics and service elements."""

import re
from collections.abc import Callable, Iterator

from service_policy.content.cross_references import Sources
from service_policy.content.faults import Fault
from service_policy.content.library import Library
from service_policy.content.tree import Path

MATRIX, TOPICS, ELEMENTS = "phan-khuc.yaml", "chu-de.yaml", "yeu-to-dich-vu.yaml"


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


def _codes_have_their_shape(library: Library, sources: Sources) -> Iterator[Fault]:
    pattern = library.policy.matrix.product_code
    for product in library.products:
        if not re.fullmatch(pattern, product.id):
            message = f"mã {product.id} không theo mẫu {pattern} của {MATRIX}"
            fix = "sửa mã, hoặc sửa product_code trong tệp đó"
            yield sources.of(product.path).fault(("id",), "wrong_code", message, fix)
    for entry in library.faq:
        topic = library.policy.topic(entry.topic)
        if topic is not None and entry.id.rpartition("-")[0] != topic.prefix:
            message = f"mã {entry.id} không bắt đầu bằng {topic.prefix}-, chữ của “{topic.name}”"
            fix = f"đặt mã {topic.prefix}-…, hoặc sửa topic"
            yield sources.of(entry.path).fault(("id",), "wrong_prefix", message, fix)


def _energy_labels_are_told(library: Library, sources: Sources) -> Iterator[Fault]:
    wanted = {one.id: one for one in library.policy.matrix.families if one.energy_label}
    for product in library.products:
        family = wanted.get(product.family)
        if family is not None and product.label.energy is None:
            law = library.legal.get(family.law or "")
            yield sources.of(product.path).fault(
                (),
                "no_energy_label",
                f"nhãn thiếu energy (nhãn năng lượng, theo {law.short if law else family.law})",
                "thêm label.energy: mức trên nhãn năng lượng, hoặc vì sao không có",
            )


WORLD_CHECKS: tuple[Callable[[Library, Sources], Iterator[Fault]], ...] = (
    _declared_once,
    _codes_have_their_shape,
    _energy_labels_are_told,
)
"""The checks of this module, in the order in which their faults are listed."""
