"""The desk: takes complaints and inquiries, keeps them for good, hands out receipts."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from forms_api.settings import Settings

__all__ = ["create_app"]


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Return the Flask application; ``flask --app forms_api`` calls this.

    The web face is loaded only here, so that the rest of the room is usable without Flask.

    Raises:
        ClickException: for whoever gave a command, in place of the two below.
        SettingsError: with every bad setting.
        ContentErrors: with every fault of the content.
    """
    from click import ClickException, get_current_context

    from forms_api.errors import SettingsError
    from forms_api.web.app import create_app as make
    from service_policy.content import ContentErrors

    try:
        return make(settings)
    except (ContentErrors, SettingsError) as error:
        if get_current_context(silent=True) is None:
            raise
        raise ClickException(str(error)) from None
