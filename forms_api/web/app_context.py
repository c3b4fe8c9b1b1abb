"""What every view needs, put together once by ``create_app`` and found through the application."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Flask, current_app
from jinja2 import Environment

from forms_api.portal import Portal
from forms_api.web.finder import Finder
from service_policy.content import Library
from service_policy.promises.policy import Policy
from theme.context import Site

NAME = "desk"


@dataclass(frozen=True)
class AppContext:
    """The portal, the content, the templates and the clock.

    ``now`` gives the present as aware UTC; tests pass a clock of their own.
    """

    portal: Portal
    library: Library
    environment: Environment
    site: Site
    finder: Finder
    now: Callable[[], datetime]

    @property
    def policy(self) -> Policy:
        """The rules."""
        return self.portal.policy

    @property
    def letters_wait(self) -> bool:
        """Whether letters lie in the outbox because there is no mail server."""
        return self.portal.settings.mail == "none"


def of(app: Flask) -> AppContext:
    """Return the desk of an application."""
    return cast(AppContext, app.extensions[NAME])


def app_context() -> AppContext:
    """Return the desk of the application that answers this request."""
    return of(current_app)
