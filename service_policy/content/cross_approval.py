"""Cross-checks of what stands behind a promise: who signed it, and what the law demands anyway."""

import re
from collections.abc import Iterator
from itertools import pairwise

from service_policy.content.cross_references import Sources
from service_policy.content.cross_versions import by_id
from service_policy.content.library import Library
from service_policy.content.tree import Fault, Path
from service_policy.promises.beside_the_law import beside
from service_policy.promises.coverage import coverage_of
from service_policy.promises.legal_minimum import keeps

_CLAIM = re.compile(r"(?:không|khỏi)\s+(?:phải|cần)\s+đòi|tự\s+động\s+(?:bù|trả|ghi|tính)", re.I)
"""Words that only a promise watched by a machine may say."""


def _each_version_is_signed(library: Library, sources: Sources) -> Iterator[Fault]:
    """A copy of an older file would bring its signature along: a new version has its own."""
    for versions in by_id(library.policy.versions):
        for before, after in pairwise(versions):
            if before.approved_on is None:
                continue
            tree = sources.of(after.path)
            if after.approved_on is None:
                message = f"phiên bản {before.version} có người duyệt, bản này chưa"
                fix = "thêm approved_by và approved_on của chính bản này"
                yield tree.fault(("version",), "not_approved", message, fix)
            elif after.approved_on <= before.approved_on:
                message = f"ngày duyệt là của phiên bản {before.version}"
                fix = "ghi ngày lãnh đạo duyệt chính bản này"
                yield tree.fault(("approved_on",), "old_approval", message, fix)


def _nobody_signs_beforehand(library: Library, sources: Sources) -> Iterator[Fault]:
    """What a page says of a signature is true on the day it is read."""
    for one in library.policy.versions:
        if one.approved_on is not None and one.approved_on > library.today:
            message = f"ngày duyệt {one.approved_on:%d/%m/%Y} chưa đến"
            fix = "duyệt xong rồi mới ghi approved_by và approved_on"
            yield sources.of(one.path).fault(("approved_on",), "approved_tomorrow", message, fix)


def _only_machines_need_no_claim(library: Library, sources: Sources) -> Iterator[Fault]:
    """Where nobody but a person notices a miss, the promise does not say that nobody must claim."""
    for one in library.policy.versions:
        if one.proof is None or coverage_of(one).by_machine:
            continue
        tree = sources.of(one.path)
        for path, text in tree.strings():
            if (said := _CLAIM.search(text)) is not None and path[:1] != ("staff_guide",):
                message = f"“{said.group()}”, mà không phải máy đo (measured: {one.proof.measured})"
                fix = "bỏ câu ấy, hoặc nối sổ rồi ghi measured: machine"
                down = text.count("\n", 0, said.start())
                yield tree.fault(path, "claims_a_machine", message, fix, lines_down=down)


def _nothing_is_below_the_law(library: Library, sources: Sources) -> Iterator[Fault]:
    policy = library.policy
    for commitment in policy.versions:
        tree = sources.of(commitment.path)
        for index, level in enumerate(commitment.legal_minimum):
            law = level.quantity
            if law is None:
                continue
            path: Path = ("legal_minimum", index)
            found = beside(commitment, level, policy.matrix)
            if not found:
                message = "cam kết này không có con số nào để so với mức ấy"
                fix = "ghi condition của một dòng targets, hoặc term là một tên trong terms"
                yield tree.fault(path, "nothing_beside", message, fix)
            for ours in found:
                kept = keeps(ours, law, policy.calendar, at_least=level.at_least)
                if kept is False:
                    message = f"hứa {ours}, thấp hơn luật định: {level.words}"
                    fix = "hứa ít nhất bằng luật, hoặc xem lại mức luật định"
                    yield tree.fault(path, "below_the_law", message, fix)


APPROVAL_CHECKS = (
    _each_version_is_signed,
    _nobody_signs_beforehand,
    _only_machines_need_no_claim,
    _nothing_is_below_the_law,
)
