"""Start the whole product: the site as it should be now, and the forms beside it."""

from tooling.build import build
from tooling.fingerprint import is_current
from tooling.paths import OUTPUT


def serve(host: str, port: int) -> None:
    """Build the site when its sources changed, then serve site and forms until interrupted.

    The server prints one line `Ready: http://HOST:PORT` once it answers. Raises what `build`
    raises.
    """
    if not is_current():
        print("Building the site", flush=True)
        built = build()
        print(f"Built {built.pages} pages in {built.seconds:.1f} s", flush=True)
    # The forms need Flask and a database driver; building the site needs neither.
    from forms_api import embedded

    embedded.main(host, port, OUTPUT)
