"""When a promise that was missed owes no compensation: what is published, and what it rests on.

An exemption excuses money alone. It refuses nothing, and the miss stays in every score.
"""

from typing import Literal

from service_policy.values import Model, Name, Text

Ground = Literal[
    "question_unanswered", "customer_asked", "customer_unreachable", "public_notice", "own_record"
]
"""What an exemption speaks of, so that the rules can look whether it is in the case.

A question delivered and not answered when the time ran out; a wish of the customer; a call or a
letter that did not arrive; something published by an authority; a record of the company's own.
The last two happen outside a case and are proved by a file.
"""


class Exemption(Model):
    """When no compensation is owed, what it rests on, and what the company itself must show."""

    id: Name
    text: Text
    evidence: Text
    needs: Ground
