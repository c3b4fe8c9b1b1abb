"""Settings from the environment: ``PORTAL_*`` names, checked all at once.

A name this product does not know is an error, so that a typing slip never passes silently.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from forms_api.errors import SettingsError
from forms_api.ledger import signing
from service_policy.addresses import wrong_site_address

PREFIX = "PORTAL_"
SECRET_FILE = "secret-key"  # noqa: S105 - the name of a file under VAR_DIR, no secret
PROJECT = Path(__file__).resolve().parent.parent

NAMES: Mapping[str, str] = {
    "ENV": "development (default) or production, which refuses missing and weak secrets",
    "SECRET_KEY": "at least 32 random characters; signs forms and derives the codes of cases",
    "DATABASE_URL": "sqlite:///file or postgresql://…; default: portal.db under VAR_DIR",
    "SITE_URL": "public address of the site, such as https://camket.example; no final slash",
    "SMTP_URL": (
        "smtp://host:port, smtps:// or smtp+starttls://, with user:password@ if needed; "
        "or none, which keeps every letter unsent in the outbox"
    ),
    "CONTENT_DIR": "folder of the company's content, which may be a repository of its own; "
    "default: content",
    "VAR_DIR": "folder of everything that changes; default: var",
    "UPLOAD_DIR": "folder of uploaded files; default: uploads under VAR_DIR",
    "CMS": "repository that /quan-tri/ writes to: github:owner/name@main; read by the build",
    "CMS_SIGN_IN": "how editors sign in there; read by the build, explained in docs/editing.md",
    "CLAMD_URL": "tcp://host:port or unix:///path of clamd, which scans every file; default: none",
    "LEDGER_KEYS": (
        "name:secret of each system that pushes rows of the ledger, separated by commas; a secret "
        "has at least 32 random characters; default: none, and no address for it"
    ),
    "SIGNING_KEY_FILE": "file of the key that signs receipts",
    "RATELIMIT": "on or off; default: on in production, off in development",
    "RATELIMIT_URL": "where several processes share their counts; default: memory",
    "TRUSTED_HOSTS": "host names that may be asked for, separated by commas",
    "TRUSTED_PROXIES": (
        "addresses or networks of the web servers in front, separated by commas, whose "
        "X-Forwarded-For and -Proto are believed; default: this machine"
    ),
    "HSTS_SUBDOMAINS": "on or off (default): whether subdomains are held to HTTPS as well",
}
"""Every setting and what it is; the web layer and the documentation read this table."""

_WEAK = ("secret", "changeme", "change-me", "change_me", "password", "example", "default", "test")
_POSTGRES = {"postgres", "postgresql", "postgresql+psycopg"}
_SMTP = {"smtp", "smtps", "smtp+starttls"}
NO_MAIL = "none"
"""The value of ``SMTP_URL`` that says in so many words that there is no mail server."""

Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Settings:
    """Checked settings. Secrets stay out of ``repr``."""

    env: Literal["development", "production"]
    secret_key: str = field(repr=False)
    database_url: str = field(repr=False)
    site_url: str
    smtp_url: str | None = field(repr=False)
    content_dir: Path
    var_dir: Path
    upload_dir: Path
    ratelimit: bool
    ratelimit_url: str | None = field(repr=False)
    trusted_hosts: tuple[str, ...]
    trusted_proxies: tuple[Network, ...]
    hsts_subdomains: bool
    clamd_url: str | None = None
    ledger_keys: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def mail(self) -> Literal["smtp", "console", "none"]:
        """Where letters go: to a server, to the console of a developer, or nowhere for now."""
        if self.smtp_url == NO_MAIL:
            return "none"
        return "console" if self.smtp_url is None else "smtp"

    @property
    def production(self) -> bool:
        """Whether this is a production installation."""
        return self.env == "production"

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read settings from an environment; an empty value counts as not set.

        Raises:
            SettingsError: with every fault at once.
        """
        given = {
            name.removeprefix(PREFIX): value.strip()
            for name, value in environ.items()
            if name.startswith(PREFIX) and value.strip()
        }
        faults = [
            f"{PREFIX}{name}: no such setting; known are "
            + ", ".join(PREFIX + known for known in NAMES)
            for name in sorted(given.keys() - NAMES.keys())
        ]
        production = _choice(given, "ENV", ("development", "production"), faults) == "production"
        var_dir = Path(given.get("VAR_DIR", PROJECT / "var")).absolute()
        url = _database_url(given, var_dir, production, faults)
        settings = cls(
            env="production" if production else "development",
            secret_key=_secret_key(given, production, faults),
            database_url=url,
            site_url=_web_url(given, faults),
            smtp_url=_smtp_url(given, production, faults),
            content_dir=_content_dir(given, faults),
            var_dir=var_dir,
            upload_dir=Path(given.get("UPLOAD_DIR", var_dir / "uploads")).absolute(),
            ratelimit=_choice(
                given, "RATELIMIT", ("on", "off") if production else ("off", "on"), faults
            )
            == "on",
            ratelimit_url=given.get("RATELIMIT_URL"),
            trusted_hosts=_listed(given.get("TRUSTED_HOSTS", "")),
            trusted_proxies=_proxies(given.get("TRUSTED_PROXIES", ""), faults),
            hsts_subdomains=_choice(given, "HSTS_SUBDOMAINS", ("off", "on"), faults) == "on",
            clamd_url=_address(given, "CLAMD_URL", _is_clamd, faults),
            ledger_keys=signing.keys_of(_listed(given.get("LEDGER_KEYS", "")), _is_weak, faults),
        )
        if faults:
            raise SettingsError(faults)
        return settings

    def with_secret(self) -> "Settings":
        """Return settings that have a secret key, made once and kept in development.

        Kept in ``VAR_DIR/secret-key`` (readable by the owner only), because codes given to
        customers must stay derivable after a restart. Production never gets here without one.
        """
        if self.secret_key:
            return self
        return replace(self, secret_key=_kept_secret(self.var_dir))

    @property
    def own_secret_file(self) -> Path | None:
        """The file that holds the secret key in use; None when the environment names the key."""
        file = self.var_dir / SECRET_FILE
        own = file.is_file() and file.read_text(encoding="ascii").strip() == self.secret_key
        return file if own else None


def _kept_secret(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / SECRET_FILE
    if not file.exists():
        # Written aside and linked, so that two processes starting at once agree on one secret.
        with NamedTemporaryFile("w", dir=folder, prefix="secret-key-", encoding="ascii") as draft:
            draft.write(secrets.token_urlsafe(48))
            draft.flush()
            with suppress(FileExistsError):
                os.link(draft.name, file)
    return file.read_text(encoding="ascii").strip()


def _choice(
    given: Mapping[str, str], name: str, choices: tuple[str, ...], faults: list[str]
) -> str:
    value = given.get(name, choices[0]).lower()
    if value not in choices:
        faults.append(f"{PREFIX}{name}: must be {' or '.join(choices)}")
    return value


def _secret_key(given: Mapping[str, str], production: bool, faults: list[str]) -> str:
    key = given.get("SECRET_KEY", "")
    if production and (not key or _is_weak(key, 32)):
        wrong = "too weak" if key else "missing"
        faults.append(f"{PREFIX}SECRET_KEY: is {wrong}; production needs {NAMES['SECRET_KEY']}")
    return key


def _is_weak(secret: str, length: int) -> bool:
    lowered = secret.lower()
    few = len(set(secret)) < min(10, length)
    return len(secret) < length or few or any(word in lowered for word in _WEAK)


def _database_url(
    given: Mapping[str, str], var_dir: Path, production: bool, faults: list[str]
) -> str:
    text = given.get("DATABASE_URL", f"sqlite:///{var_dir / 'portal.db'}")
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):  # The second of a port that is no number.
        faults.append(f"{PREFIX}DATABASE_URL: is not a database address")
        return ""
    if url.drivername in _POSTGRES:
        url = url.set(drivername="postgresql+psycopg")
        if production and url.password is not None and _is_weak(str(url.password), 12):
            faults.append(f"{PREFIX}DATABASE_URL: its password is too weak (12 characters or more)")
    elif url.drivername != "sqlite" or url.database in (None, "", ":memory:"):
        faults.append(f"{PREFIX}DATABASE_URL: must be sqlite:///file or postgresql://…")
    return url.render_as_string(hide_password=False)


def _web_url(given: Mapping[str, str], faults: list[str]) -> str:
    text = given.get("SITE_URL", "").rstrip("/")
    if wrong := wrong_site_address(text):
        faults.append(wrong)
    return text


def _smtp_url(given: Mapping[str, str], production: bool, faults: list[str]) -> str | None:
    if production and "SMTP_URL" not in given:
        # Letters on a console are lost, and show customers' codes to whoever reads the log.
        faults.append(f"{PREFIX}SMTP_URL: is missing; production needs {NAMES['SMTP_URL']}")
    if given.get("SMTP_URL", "").lower() == NO_MAIL:
        return NO_MAIL
    return _address(given, "SMTP_URL", lambda one: one.scheme in _SMTP and _has_host(one), faults)


def _is_clamd(address: SplitResult) -> bool:
    if address.scheme == "unix":
        return address.path.startswith("/")
    return address.scheme == "tcp" and _has_host(address)


def _has_host(address: SplitResult) -> bool:
    return bool(address.hostname) and address.port != 0


def _address(
    given: Mapping[str, str], name: str, fits: Callable[[SplitResult], bool], faults: list[str]
) -> str | None:
    """Read an address whose parts fit, if there is one."""
    text = given.get(name)
    try:
        fine = text is None or fits(urlsplit(text))
    except ValueError:  # Of a port that is no number.
        fine = False
    if not fine:
        faults.append(f"{PREFIX}{name}: must be {NAMES[name]}")
    return text


def _content_dir(given: Mapping[str, str], faults: list[str]) -> Path:
    folder = Path(given.get("CONTENT_DIR", PROJECT / "content")).absolute()
    if not folder.is_dir():
        faults.append(f"{PREFIX}CONTENT_DIR: there is no folder {folder}")
    return folder


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(",") if one.strip())


def _proxies(text: str, faults: list[str]) -> tuple[Network, ...]:
    found: list[Network] = []
    for one in _listed(text):
        try:
            found.append(ip_network(one.removeprefix("[").removesuffix("]")))
        except ValueError:
            faults.append(
                f"{PREFIX}TRUSTED_PROXIES: {one} is no address and no network such as 10.0.0.0/24"
            )
    return tuple(found)
