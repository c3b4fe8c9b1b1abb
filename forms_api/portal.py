"""The portal: what every command needs, opened once by whoever runs the program."""

from dataclasses import dataclass

from forms_api.codes import Codes
from forms_api.settings import Settings
from forms_api.store import Store, open_store
from service_policy.policy import Policy


@dataclass(frozen=True)
class Portal:
    """Settings, rules, store and codes; passed to each function of ``service``."""

    settings: Settings
    policy: Policy
    store: Store
    codes: Codes

    @property
    def mail_domain(self) -> str:
        """The domain of the company's mail address, for Message-IDs."""
        return self.policy.company.email.rpartition("@")[2]

    def close(self) -> None:
        """Finish the accepted commands and let go of the database."""
        self.store.close()


def open_portal(settings: Settings, policy: Policy) -> Portal:
    """Open the store and make the codes; in development a missing secret is made and kept."""
    settings = settings.with_secret()
    return Portal(settings, policy, open_store(settings.database_url), Codes(settings.secret_key))
