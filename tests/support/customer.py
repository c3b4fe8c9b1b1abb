"""A customer with a receipt in front of the case page, and the desk that works behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from forms_api import handling
from forms_api.loading import Loaded, load
from forms_api.portal import Portal
from forms_api.uploads.incoming import Given, Incoming, receive
from service_policy.actors import Actor
from service_policy.cases import CaseCommand, Evidence
from service_policy.cases.holding.hand_off import NameOwner
from service_policy.cases.holding.work import Recategorise
from service_policy.cases.refusal.refusing import ProposeRefusal, SignRefusal, applicable
from service_policy.cases.resolution.proposing import ProposeResolution
from tests.support import pictures
from tests.support.visitor import Seen, Visitor

AGENT = Actor(id="NV-1", role="agent", department="kho-van")
LEAD = Actor(id="NV-2", role="lead", department="kho-van")
SECOND = Actor(id="NV-3", role="second_reader", department="phap-che")
REVIEWER = Actor(id="NV-4", role="second_reader", department="ban-giam-doc")
CLERK = Actor(id="NV-5", role="accountant", department="ke-toan")
TEXT = "Chúng tôi đã kiểm tra: xe giao chậm vì hỏng, mai giao bù và trả tiền bù."
SHOWN = Evidence(id="tep-1", readable_by_customer=True, kind="file")
"""Evidence that is a file; ``photo`` goes with it."""


def photo() -> tuple[Incoming, ...]:
    """Take a photo, as the desk's form does."""
    return receive([Given("biên bản.jpg", BytesIO(pictures.photo(5)))])


@dataclass
class Customer:
    """Somebody with a receipt, and the desk that works on the case behind the page."""

    portal: Portal
    clock: Callable[[], datetime]
    visitor: Visitor
    reference: str
    code: str

    def open(self) -> Seen:
        """Open the case page."""
        asked = self.visitor.get("/ho-so/")
        codes = {"reference": self.reference, "code": self.code}
        return self.visitor.press(asked, "Xem hồ sơ", codes)

    def press(self, page: Seen, button: str, **values: Any) -> Seen:
        """Press a button of a page; a form's text is given as ``text``."""
        for form in page.forms:
            if any(words == button for words, *_ in form.buttons):
                text = next((one for one in form.fields if one.endswith("-text")), "")
                typed = {text if name == "text" else name: one for name, one in values.items()}
                return self.visitor.press(page, button, typed)
        raise AssertionError(f"no button {button!r}")

    def staff(self, command: CaseCommand, **more: object) -> None:
        """Let the desk do something."""
        handling.execute(self.portal, self.reference, command, self.clock(), **more)

    @property
    def loaded(self) -> Loaded:
        return self.portal.store.read(lambda connection: load(connection, self.reference))

    @property
    def types(self) -> list[str]:
        return [one.type for one in self.loaded.events]

    def owned(self) -> None:
        """Name somebody who answers for the case."""
        self.staff(NameOwner(AGENT, owner=AGENT, display_name="Trần Thị Lan"))

    def proposed(self) -> None:
        """Let the desk propose a resolution."""
        self.owned()
        self.staff(ProposeResolution(AGENT, outcome="as_asked", text=TEXT))

    def refusal(self) -> None:
        """Let the desk propose a refusal: only what has published conditions can be refused."""
        self.staff(Recategorise(LEAD, category="HH", text="Hàng hỏng khi nhận."))
        proof = (Evidence(id="bc-1", readable_by_customer=True), SHOWN)
        more = {"evidence": {"bc-1": {"what": "Ảnh biên bản giao hàng số 12", "readable": True}}}
        clause = applicable(self.loaded.case, self.portal.policy)[0].id
        command = ProposeRefusal(LEAD, clause=clause, evidence=proof, text=TEXT)
        self.staff(command, private=more, files=photo())

    def refused(self) -> None:
        """Let the desk refuse, signed by a second reader."""
        self.owned()
        self.refusal()
        self.staff(SignRefusal(SECOND))
