"""Settings are checked all at once, and a slip never passes silently."""

import stat
from pathlib import Path

import pytest

from forms_api.errors import SettingsError
from forms_api.settings import NAMES, Settings
from tests.support.together import together

STRONG = "pU7vQ2xK9mR4tW8zB3nF6hJ1cD5gL0sY"
PRODUCTION = {
    "PORTAL_ENV": "production",
    "PORTAL_SECRET_KEY": STRONG,
    "PORTAL_SMTP_URL": "smtp://mail.example:25",
}


def faults_of(environ: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as failure:
        Settings.from_environ(environ)
    return [fault.partition(":")[0] for fault in failure.value.faults]


def test_development_needs_no_setting_at_all() -> None:
    settings = Settings.from_environ({"PATH": "/bin", "PORTAL_ENV": ""})
    assert settings.env == "development"
    assert settings.database_url.startswith("sqlite:///")
    assert settings.database_url.endswith("/var/portal.db")
    assert settings.smtp_url is None
    assert settings.ratelimit is False


def test_every_fault_is_named_at_once() -> None:
    assert faults_of(
        {
            "PORTAL_ENV": "production",
            "PORTAL_DATABASE_URL": "mysql://x/y",
            "PORTAL_SITE_URL": "camket.example",
            "PORTAL_SMTP_URL": "http://mail",
            "PORTAL_RATELIMIT": "maybe",
            "PORTAL_SECRET": "x",
            "PORTAL_COLOUR": "red",
        }
    ) == [
        "PORTAL_COLOUR",
        "PORTAL_SECRET",
        "PORTAL_DATABASE_URL",
        "PORTAL_SECRET_KEY",
        "PORTAL_SITE_URL",
        "PORTAL_SMTP_URL",
        "PORTAL_RATELIMIT",
    ]


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "short",
        "x" * 64,
        "abcabcabcabcabcabcabcabcabcabcabcabc",
        "my-very-long-Secret-" + STRONG,
    ],
)
def test_production_refuses_missing_and_weak_secrets(secret) -> None:
    environ = {**PRODUCTION, "PORTAL_SECRET_KEY": secret}
    assert faults_of(environ) == ["PORTAL_SECRET_KEY"]


def test_production_refuses_a_weak_database_password() -> None:
    environ = dict(PRODUCTION)
    environ["PORTAL_DATABASE_URL"] = "postgresql://portal:portal@db/portal"
    assert faults_of(environ) == ["PORTAL_DATABASE_URL"]


def test_production_starts_with_strong_secrets() -> None:
    settings = Settings.from_environ(
        {
            **PRODUCTION,
            "PORTAL_DATABASE_URL": "postgresql://portal@/portal?host=/run/postgresql",
            "PORTAL_SITE_URL": "https://camket.example/",
            "PORTAL_TRUSTED_HOSTS": "camket.example, www.camket.example",
        }
    )
    assert settings.production
    assert settings.ratelimit is True
    assert settings.database_url.startswith("postgresql+psycopg://")
    assert settings.site_url == "https://camket.example"
    assert settings.trusted_hosts == ("camket.example", "www.camket.example")


@pytest.mark.parametrize(
    "url",
    [
        *("sqlite://", "sqlite:///:memory:", "nonsense", "oracle://x"),
        *("postgresql://u:p@db:port/portal", "postgresql://db:/portal:5432", "postgresql://[::1/x"),
    ],
)
def test_a_database_that_forgets_or_is_unknown_is_refused(url) -> None:
    assert faults_of({"PORTAL_DATABASE_URL": url}) == ["PORTAL_DATABASE_URL"]


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = Settings.from_environ(
        {
            "PORTAL_SECRET_KEY": STRONG,
            "PORTAL_DATABASE_URL": "postgresql://portal:hidden-word@db/portal",
            "PORTAL_SMTP_URL": "smtp://user:hidden-word@mail.example",
        }
    )
    assert STRONG not in repr(settings)
    assert "hidden-word" not in repr(settings)
    assert "hidden-word" in settings.database_url


def test_a_development_secret_is_made_once_kept_and_private(tmp_path: Path) -> None:
    settings = Settings.from_environ({"PORTAL_VAR_DIR": str(tmp_path / "var")})
    made = together([lambda: settings.with_secret().secret_key] * 8)
    assert len(set(made)) == 1
    assert len(made[0]) >= 32
    assert [file.name for file in (tmp_path / "var").iterdir()] == ["secret-key"]
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600


def test_a_given_secret_is_never_written_down(tmp_path: Path) -> None:
    environ = {"PORTAL_VAR_DIR": str(tmp_path / "var"), "PORTAL_SECRET_KEY": "mine"}
    assert Settings.from_environ(environ).with_secret().secret_key == "mine"
    assert not (tmp_path / "var").exists()


def test_every_setting_is_known_by_name_and_explained() -> None:
    assert NAMES.keys() == {
        "DATABASE_URL",
        "SECRET_KEY",
        "SIGNING_KEY_FILE",
        "SITE_URL",
        "SMTP_URL",
        "UPLOAD_DIR",
        "CONTENT_DIR",
        "VAR_DIR",
        "ENV",
        "RATELIMIT",
        "RATELIMIT_URL",
        "TRUSTED_HOSTS",
        "TRUSTED_PROXIES",
        "HSTS_SUBDOMAINS",
        "CLAMD_URL",
        "LEDGER_KEYS",
        "CMS",
        "CMS_SIGN_IN",
    }
    assert all(NAMES.values())


@pytest.mark.parametrize("given", [None, "", "  ", "http://mail", "smtp://", "smtp://[::1", "null"])
def test_production_refuses_to_start_without_a_mail_server(given) -> None:
    environ = PRODUCTION | {"PORTAL_SMTP_URL": given}
    assert faults_of({k: v for k, v in environ.items() if v is not None}) == ["PORTAL_SMTP_URL"]


@pytest.mark.parametrize("given", ["none", "None", " NONE "])
def test_production_may_say_in_so_many_words_that_there_is_no_mail_server(given) -> None:
    settings = Settings.from_environ(PRODUCTION | {"PORTAL_SMTP_URL": given})
    assert (settings.mail, settings.production) == ("none", True)


def test_the_content_is_the_samples_or_a_folder_that_exists(tmp_path: Path) -> None:
    assert Settings.from_environ({}).content_dir.name == "content"
    given = {"PORTAL_CONTENT_DIR": str(tmp_path)}
    assert Settings.from_environ(given).content_dir == tmp_path
    assert faults_of({"PORTAL_CONTENT_DIR": str(tmp_path / "none")}) == ["PORTAL_CONTENT_DIR"]


def test_settings_say_where_letters_go() -> None:
    assert Settings.from_environ(PRODUCTION).mail == "smtp"
    assert Settings.from_environ({}).mail == "console"


def test_trusted_proxies_are_addresses_and_networks() -> None:
    text = "10.0.0.7, 192.168.0.0/16,fd00::/8, [::1]"
    found = Settings.from_environ({"PORTAL_TRUSTED_PROXIES": text}).trusted_proxies
    assert [str(one) for one in found] == [
        "10.0.0.7/32",
        "192.168.0.0/16",
        "fd00::/8",
        "::1/128",
    ]
    assert Settings.from_environ({}).trusted_proxies == ()


@pytest.mark.parametrize("text", ["nginx", "10.0.0.5/24", "10.0.0.0/33", "*", "1.2.3.4;5.6.7.8"])
def test_what_is_no_address_is_no_trusted_proxy(text) -> None:
    assert faults_of({"PORTAL_TRUSTED_PROXIES": f"127.0.0.1,{text}"}) == ["PORTAL_TRUSTED_PROXIES"]
