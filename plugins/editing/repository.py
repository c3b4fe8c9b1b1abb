"""Where the content is kept with git, for people who write it in the browser (``PORTAL_CMS``)."""

import re
from dataclasses import dataclass
from typing import Any, Final

SETTING: Final = "PORTAL_CMS"
SIGN_IN: Final = "PORTAL_CMS_SIGN_IN"
LOCAL: Final = "local"
"""The value of ``PORTAL_CMS`` for a folder of this machine and no server; `inv cms` sets it."""

_EXAMPLES: Final = (
    "github:ten/kho@main, gitlab:nhom/kho@main hoặc gitea:https://git.cong-ty.example/ten/kho@main"
)
_PLACE: Final = re.compile(
    r"(?P<service>github|gitlab|gitea):"
    r"(?:(?P<host>https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?)/)?"
    r"(?P<path>[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+)"
    r"(?:@(?P<branch>[A-Za-z0-9_](?:[A-Za-z0-9_./-]*[A-Za-z0-9_])?))?"
)
_HOSTS: Final = {"github": "https://github.com", "gitlab": "https://gitlab.com", "gitea": ""}
_API: Final = {"github": "/api/v3", "gitlab": "/api/v4", "gitea": "/api/v1"}
_APPLICATION: Final = re.compile(r"[A-Za-z0-9_-]{8,128}")
_AUTHENTICATOR: Final = re.compile(r"https://[a-z0-9][a-z0-9.-]*(?::[0-9]{1,5})?")


class BadRepository(ValueError):
    """A setting that names no repository; the message is for whoever set it."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository and how its editors sign in.

    Attributes:
        service: github, gitlab, gitea (also Forgejo), or local: a folder of this machine.
        host: scheme and host of the service's pages, without a slash at the end.
        path: owner and name.
        sign_in: an application's id (GitLab, Gitea) or an authenticator's address (GitHub);
            "" when editors paste an access token of their own.
    """

    service: str
    host: str = ""
    path: str = "tren/may-nay"
    branch: str = "main"
    sign_in: str = ""

    @property
    def reviewed(self) -> bool:
        """Whether each change waits in a branch of its own until it is checked and merged."""
        return self.service in ("github", "gitlab")

    @property
    def api(self) -> str:
        """The address of the service's interface."""
        if self.host == _HOSTS["github"]:
            return "https://api.github.com"
        return f"{self.host}{_API[self.service]}"

    @property
    def asked(self) -> tuple[str, ...]:
        """The hosts that the editors' page talks to."""
        if self.service == LOCAL:
            return ()
        return ("https://api.github.com" if self.host == _HOSTS["github"] else self.host,)

    def backend(self) -> dict[str, Any]:
        """Return the repository as the configuration of the editors' program says it."""
        if self.service == LOCAL:
            # The program wants a server also where it only reads a folder; it never gets to ask it.
            return {"name": "gitea", "repo": self.path, "auth_methods": ["token"]}
        told: dict[str, Any] = {
            "name": self.service,
            "repo": self.path,
            "branch": self.branch,
            "api_root": self.api,
            "auth_methods": ["oauth", "token"] if self.sign_in else ["token"],
        }
        if self.service != "github":
            told["base_url"] = self.host
        if self.sign_in:
            told |= self._signing_in()
        return told

    def _signing_in(self) -> dict[str, str]:
        if self.service == "github":
            return {"base_url": self.sign_in}
        application = {"app_id": self.sign_in}
        return {**application, "auth_type": "pkce"} if self.service == "gitlab" else application


def repository(place: str, sign_in: str = "") -> Repository | None:
    """Return the repository that the settings name; None without one.

    Raises:
        BadRepository: a setting cannot be understood.
    """
    place, sign_in = place.strip(), sign_in.strip()
    if not place:
        return None
    if place == LOCAL:
        return Repository(LOCAL)
    found = _PLACE.fullmatch(place)
    if found is None:
        raise BadRepository(f"{SETTING}: không hiểu “{place}”; viết như {_EXAMPLES}")
    service = found["service"]
    host = found["host"] or _HOSTS[service]
    if not host:
        raise BadRepository(f"{SETTING}: thiếu địa chỉ máy chủ Gitea; viết như {_EXAMPLES}")
    if service != "gitlab" and found["path"].count("/") != 1:
        raise BadRepository(f"{SETTING}: kho của {service} có đúng hai phần, ví dụ ten/kho")
    _check_sign_in(service, sign_in)
    return Repository(service, host, found["path"], found["branch"] or "main", sign_in)


def _check_sign_in(service: str, sign_in: str) -> None:
    if not sign_in:
        return
    if service == "github" and not _AUTHENTICATOR.fullmatch(sign_in):
        what = "với GitHub phải là địa chỉ https của dịch vụ đăng nhập, không có đường dẫn"
        raise BadRepository(f"{SIGN_IN}: {what}")
    if service != "github" and not _APPLICATION.fullmatch(sign_in):
        raise BadRepository(f"{SIGN_IN}: với {service} phải là mã ứng dụng (application id)")
