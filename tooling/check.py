"""Check the content, as `inv check` and every build do."""

from pathlib import Path

from service_policy.content import Library, read
from tooling.paths import CONTENT


def check(content: Path = CONTENT) -> Library:
    """Read and return the whole content.

    Raises `service_policy.content.ContentErrors` with all faults at once.
    """
    return read(content)
