"""Compensation: what a missed promise costs, to the đồng.

Everything is computed in integers and fractions: in floats 7 490 000 × (1 − 48/84) comes out a
thousand đồng too high after rounding up.
"""

from dataclasses import dataclass

from service_policy.promises.compensation_facts import Facts, MissingFact
from service_policy.promises.compensation_kinds import Rule
from service_policy.text import vnd

__all__ = ["Facts", "MissingFact", "Owed", "Rule", "amount", "at_the_miss"]

ROUND_UP_TO = 1000
"""Every amount owed is rounded up to a full thousand đồng, in the customer's favour."""


@dataclass(frozen=True)
class Owed:
    """What is owed: ``vnd`` đồng and the calculation in words that a customer can follow."""

    vnd: int
    formula: str


def amount(rule: Rule, facts: Facts, *, multiple: int = 1) -> Owed:
    """Compute what is owed under ``rule``: rounded up to a thousand, never above the cap.

    ``multiple`` multiplies amount and cap for priority customers.

    Raises:
        MissingFact: the rule needs a fact that ``facts`` does not have.
    """
    total = rule.raw(facts)
    due, words = total.amount * multiple, total.words
    if multiple != 1:
        words += f"; × {multiple} (khách ưu tiên)"
    rounded = -(-due.numerator // (due.denominator * ROUND_UP_TO)) * ROUND_UP_TO
    if total.cap is not None and rounded > total.cap * multiple:
        capped = total.cap * multiple
        return Owed(capped.numerator // capped.denominator, f"{words}; {total.cap_words}")
    if rounded != due:
        words += f"; làm tròn lên {vnd(rounded)}"
    return Owed(rounded, words)


def at_the_miss(rule: Rule, *, multiple: int = 1) -> int | None:
    """Return what is owed the moment a promise is missed, or None when it depends on the case."""
    try:
        return amount(rule, Facts(), multiple=multiple).vnd or None
    except MissingFact:
        return None
