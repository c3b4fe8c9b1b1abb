"""Cross-checks of how promises are measured: the program can watch what a promise says it does."""

from collections.abc import Iterator

from service_policy.content.cross_references import Sources
from service_policy.content.library import Library
from service_policy.content.tree import Fault
from service_policy.obligations import RULES, Rule
from service_policy.promises.commitment import Commitment


def books_are_watched(library: Library, sources: Sources) -> Iterator[Fault]:
    """Whatever books prove is watched between events that the program knows, by all it needs."""
    for commitment in library.policy.versions:
        proof = commitment.proof
        if proof is None or not commitment.watched:
            continue
        tree = sources.of(commitment.path)
        rules = list(_rules(commitment))
        for index, events in enumerate(proof.also):
            if not any(one.events == events for one in rules):
                message = f"máy không theo dõi được {events.starts_on} → {events.stops_on} trong sổ"
                yield tree.fault(("proof", "also", index), "not_watched", message, _fix())
        if not rules:
            message = (
                f"measured: machine, mà máy không theo dõi được {commitment.starts_on} → "
                f"{commitment.stops_on} trong sổ"
            )
            fix = f"ghi measured: recorded hoặc reported; {_fix()}"
            yield tree.fault(("proof", "measured"), "not_watched", message, fix)
        for name in proof.lacks(dict.fromkeys(one for rule in rules for one in rule.needs)):
            message = f"facts thiếu {name}, mà máy cần cột này để biết có trễ hay không"
            yield tree.fault(("proof", "facts"), "fact_missing", message, f"thêm {name} vào facts")


def _rules(commitment: Commitment) -> Iterator[Rule]:
    return (one for one in RULES if one.events in commitment.watched)


def _fix() -> str:
    known = "; ".join(f"{one.events.starts_on} → {one.events.stops_on}" for one in RULES)
    return f"máy theo dõi được: {known}"


PROOF_CHECKS = (books_are_watched,)
