"""The kinds of complaint with their deadlines: their own, or those of a promise."""

from collections.abc import Mapping

from plugins.model import House


def variables(house: House) -> Mapping[str, object]:
    """Return what the page shows: (category, promise of an answer, promise of a resolution)."""
    policy, day = house.library.policy, house.day
    return {
        "categories": tuple(
            (
                one,
                policy.ordinary("complaint", "answered", one.id, day),
                policy.ordinary("complaint", "resolved", one.id, day),
            )
            for one in policy.categories
        )
    }
