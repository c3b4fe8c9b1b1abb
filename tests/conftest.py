"""What every room's tests may use."""

from hypothesis import settings

from tests.support import company  # noqa: F401  # Before anything asks whose content it is.

pytest_plugins = [
    "tests.support.case_states",
    "tests.support.checkout",
    "tests.support.disks",
    "tests.support.mailserver",
    "tests.support.postgres",
    "tests.support.site",
    "tests.support.browser",
    "tests.support.product",
]

# Speed is measured by `inv bench`, on purpose and in comparison, never by a deadline in a test.
settings.register_profile("product", deadline=None)
settings.load_profile("product")
