"""The one way in which the rules say no."""


class CommandRefused(Exception):
    """The rules refuse a command: the field at fault and a Vietnamese message."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


def need(condition: object, field: str, message: str) -> None:
    """Refuse unless ``condition`` holds.

    Raises:
        CommandRefused: it does not.
    """
    if not condition:
        raise CommandRefused(field, message)
