"""The desk: takes complaints and inquiries, keeps them for good, hands out receipts."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from forms_api.settings import Settings

__all__ = ["create_app"]


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Return the Flask application; ``flask --app forms_api`` calls this.

    The web face is loaded only here, so that the rest of the room is usable without Flask.
    """
    from forms_api.web.app import create_app as make

    return make(settings)
