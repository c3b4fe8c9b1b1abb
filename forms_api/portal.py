"""The portal: what every command needs, opened once by whoever runs the program."""

from dataclasses import dataclass
from pathlib import Path

from forms_api.codes import Codes
from forms_api.settings import PROJECT, Settings
from forms_api.store import Store, open_store
from service_policy.promises.policy import Policy

SITE = PROJECT / "output"
"""Where the site is built unless somebody says otherwise."""


@dataclass(frozen=True)
class Portal:
    """Settings, rules, store and codes; passed to each function of ``service``.

    ``site`` is the folder of the built site, whose documents letters enclose.
    """

    settings: Settings
    policy: Policy
    store: Store
    codes: Codes
    site: Path = SITE

    @property
    def mail_domain(self) -> str:
        """The domain of the company's mail address, for Message-IDs."""
        return self.policy.company.email.rpartition("@")[2]

    def close(self) -> None:
        """Finish the accepted commands and let go of the database."""
        self.store.close()


def open_portal(settings: Settings, policy: Policy, site: Path = SITE) -> Portal:
    """Open the store and make the codes; in development a missing secret is made and kept."""
    settings = settings.with_secret()
    store, codes = open_store(settings.database_url), Codes(settings.secret_key)
    return Portal(settings, policy, store, codes, site)
