"""Placeholders: a number in prose comes from the promise's data, never from the keyboard.

``{{ target.… }}`` in a commitment's own file, with the commitment's id in front elsewhere.
"""

import re
from collections.abc import Container, Mapping
from difflib import get_close_matches

from service_policy.company import Company
from service_policy.content.tree import Fault, Path, Tree
from service_policy.products import Product
from service_policy.promises.commitment import Commitment
from service_policy.segments import Matrix
from service_policy.text import vnd

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")

Names = Mapping[str, str]
_HANDLING = (
    "confirm_within pause_longest pause_total appeal_within sign_within reopen_within"
    " follow_up_after"
).split()
_DECISIONS = ("refuse", "sign", "review")
_COMPANY = "name short_name hotline email address representative tax_code safety_line".split()
"""Fields whose words a placeholder of the same name shows."""


def commitment_names(commitment: Commitment, matrix: Matrix) -> dict[str, str]:
    """Return every placeholder of one commitment with its text, without the id in front."""
    names: dict[str, str] = {
        "late_payment_add": vnd(commitment.late_payment_add_vnd),
        "pay_within": str(commitment.pay_within),
        **_target_names(commitment, matrix),
    }
    for rule in commitment.compensation:
        for segment in rule.segments:
            names[f"compensation.{segment}"] = rule.describe()
            names[f"cap.{segment}"] = rule.cap_words()
    multiples = {getattr(rule, "multiple", None) for rule in commitment.compensation}
    if len(multiples) == 1 and (multiple := multiples.pop()) is not None:
        names["multiple"] = "gấp đôi" if multiple == 2 else f"gấp {multiple} lần"
    for name, term in commitment.terms.items():
        names[f"term.{name}"] = str(term)
    for number, worst in enumerate(commitment.worst_cases, 1):
        names[f"worst.{number}.deadline"] = str(worst.deadline)
    return names


def _target_names(commitment: Commitment, matrix: Matrix) -> dict[str, str]:
    """Name each target; what all product groups of a segment have alike needs no group."""
    names: dict[str, str] = {}
    alike: dict[str, set[str]] = {}
    for cell in commitment.cells(matrix):
        if cell.applies:
            row, group = cell.row, cell.group
            stem = ".".join(filter(None, ("target", cell.segment, row.condition, row.place)))
            names.setdefault(f"{stem}.{group}" if group else stem, cell.words)
            if not row.product_groups:
                alike.setdefault(stem, set()).add(cell.words)
    return {stem: words.pop() for stem, words in alike.items() if len(words) == 1} | names


def company_names(company: Company) -> dict[str, str]:
    """Return the placeholders of the company's own facts."""
    return {
        **company.hours.names(),
        **{f"handling.{name}": str(getattr(company.handling, name)) for name in _HANDLING},
        **{f"decisions.{name}": getattr(company.decisions, name).title for name in _DECISIONS},
        **{f"company.{name}": getattr(company, name) for name in _COMPANY},
        "company.registration_number": company.registration.number,
        "company.registration_date": company.registration.issued_on.strftime("%d/%m/%Y"),
        "company.registration_office": company.registration.issued_by,
        "discretion_limit": vnd(company.payment.discretion_limit_vnd),
        "pay_within": str(company.payment.pay_within),
        "notify_within": str(company.payment.notify_within),
        "late_payment_add": vnd(company.payment.late_payment_add_vnd),
    }


def product_names(product: Product, price_vnd: int | None) -> dict[str, str]:
    """Return the placeholders of a product; without a current price the reader is sent to it."""
    return {
        f"{product.id}.price": "xem bảng giá hiện hành" if price_vnd is None else vnd(price_vnd),
        f"{product.id}.warranty": f"{product.warranty_months} tháng",
    }


def fill(tree: Tree, names: Names, ignored: Container[str] = frozenset()) -> list[Fault]:
    """Replace every placeholder in ``tree`` in place and report the unknown ones.

    A placeholder of an id in ``ignored`` (in small letters; a file with faults of its own) is left
    without a report: its cause is reported already.
    """
    faults: list[Fault] = []
    for path, text in tree.strings():
        if "{{" not in text and "}}" not in text:
            continue

        def replace(match: re.Match[str], path: Path = path, text: str = text) -> str:
            name = match.group(1)
            if name in names:
                return names[name]
            # A name with a capital stands at the beginning of a sentence.
            if (plain := name[:1].lower() + name[1:]) in names:
                return names[plain][:1].upper() + names[plain][1:]
            if name.partition(".")[0].lower() not in ignored:
                faults.append(_unknown(tree, path, text[: match.start()].count("\n"), name, names))
            return "…"

        filled = PLACEHOLDER.sub(replace, text)
        if "{{" in filled or "}}" in filled:
            faults.append(
                tree.fault(path, "broken_placeholder", "dấu {{ }} không đủ cặp", "viết {{ tên }}")
            )
        tree.put(path, filled)
    return faults


def _unknown(tree: Tree, path: Path, line: int, name: str, names: Names) -> Fault:
    near = get_close_matches(name, names, n=5, cutoff=0.5)
    known = ", ".join(near or sorted({one.partition(".")[0] for one in names}))
    message = f"không có số liệu tên “{name}”"
    fix = f"chọn một trong: {known}"
    return tree.fault(path, "unknown_placeholder", message, fix, lines_down=line)
