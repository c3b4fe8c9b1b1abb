"""What a decision against a customer needs: proof, and somebody whom the pages name for it.

Law 19/2023, article 69: the seller proves to be without fault. A line that staff typed proves that
they typed it; so at least one piece is a file, or an event that did not come from their hands.
"""

from typing import Protocol

from service_policy.actors import Actor
from service_policy.cases.core.case import Case
from service_policy.cases.core.command import need
from service_policy.cases.core.facts import Evidence, FileFact
from service_policy.company import Decider


class Concluding(Protocol):
    """A command that concludes something on evidence."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The pieces of evidence."""

    @property
    def files(self) -> tuple[FileFact, ...]:
        """The files that go with it."""


def proven(case: Case, command: Concluding, *, readable: bool = False) -> tuple[str, ...]:
    """Return the ids of the evidence of a command, one of which proves something.

    Raises:
        CommandRefused: it is typed lines alone, or names an event that is none of this case's, or
            (with ``readable``) the customer can read none of what proves it.
    """
    need(command.evidence, "evidence", "Cần bằng chứng kèm theo.")
    for one in command.evidence:
        known = one.kind != "event" or one.number in case.exhibits
        need(known, "event", "Không có sự kiện nào như vậy trong phiếu, hoặc do nhân viên tự ghi.")
    proving = ("event", "file") if command.files else ("event",)
    proofs = [one for one in command.evidence if one.kind in proving]
    need(
        proofs,
        "evidence",
        "Một dòng ghi tay chưa phải bằng chứng: gửi kèm tệp (ảnh, văn bản), hoặc chọn một sự kiện "
        "máy đã ghi trong phiếu.",
    )
    shown = not readable or any(one.readable_by_customer for one in proofs)
    need(shown, "evidence", "Cần ít nhất một bằng chứng mà khách đọc được, là tệp hoặc sự kiện.")
    return tuple(one.id for one in command.evidence)


def need_decider(decider: Decider, actor: Actor, what: str) -> None:
    """Refuse what somebody else decides according to the published pages.

    Raises:
        CommandRefused: the actor's role or department is another one.
    """
    need(decider.fits(actor.role, actor.department), "actor", f"Chỉ {decider.title} được {what}.")
