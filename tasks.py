"""The tasks of the project: `inv --list` shows them, `inv --help NAME` explains one.

The first group keeps the names that Pelican users know. Each task is a name and a sentence;
the work is done by a function of `tooling` or `theme`.
"""

from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit

from tooling import paths
from tooling.content_tasks import (  # noqa: F401 - invoke finds them among our names
    adopt,
    check,
    gaps,
    import_prices,
    map_file,
    migrate_content,
    new,
    quote,
    scorecard,
    weekly_check,
)
from tooling.words import in_words, optional, port_of, task


@in_words
def _build(settings: str = "pelicanconf.py") -> None:
    """Build the site; faults of the content end the task with a list an editor can use."""
    from tooling.build import build
    from tooling.check import check as read
    from tooling.check import judge

    built = build(settings=paths.ROOT / settings)
    for warning in judge(read(), paths.CONTENT):
        print(warning)
    print(f"Built {built.pages} pages into {built.output} in {built.seconds:.1f} s", flush=True)


@task()
def clean(_: Context) -> None:
    """Remove the built site."""
    from tooling.build import clean as remove

    remove()


@task()
def build(_: Context) -> None:
    """Check the content and build the site into output/ (the last good site stays on a fault)."""
    _build()


@task(clean)
def rebuild(_: Context) -> None:
    """Remove the built site, then build it."""
    _build()


@task()
def regenerate(_: Context) -> None:
    """Build after every change of a source file."""
    from tooling.preview import regenerate as keep_building

    keep_building(_build_and_carry_on)


@task()
def serve(_: Context, host: str = "127.0.0.1", port: str = "8000") -> None:
    """Serve the site and the forms; builds first when something changed."""
    from tooling.preview import serve as run

    run(host, port_of(port))


@task()
def reserve(context: Context, host: str = "127.0.0.1", port: str = "8000") -> None:
    """Build, then serve the site and the forms."""
    _build()
    serve(context, host=host, port=port)


@task()
def preview(_: Context) -> None:
    """Build the site as it will be published (needs PORTAL_SITE_URL)."""
    _build("publishconf.py")


@task(help={"drafts": "show drafts and what is to be published later as well"})
def livereload(
    _: Context, host: str = "127.0.0.1", port: str = "8000", drafts: bool = False
) -> None:
    """Show pages as they are being written: each change reloads the browser within a second."""
    from tooling.livereload import livereload as run

    run(host, port_of(port), drafts=drafts)


@task()
def cms(_: Context, port: int = 8000) -> None:
    """Write the content of this folder in the browser at /quan-tri/, without git or an editor."""
    from tooling.livereload import cms as run

    run(port)


@task(help={"to": "a folder, or host:/folder; what is not of the site is removed there"})
def publish(_: Context, to: str = "") -> None:
    """Build for publication and copy to a folder, or to a host with rsync: --to host:/srv/site/."""
    from tooling.check import check as read
    from tooling.publish import copy_site, remember, target_of
    from tooling.weekly_check import take_over

    target = target_of(to) if to else ""
    try:
        for file in take_over():
            print(f"{file}: kiểm tra của máy chủ, hãy đưa vào git")
    except OSError as error:
        print(f"{error.filename}: không ghi được lần kiểm tra của máy chủ ({error.strerror})")
    _build("publishconf.py")
    if target:
        copy_site(target)
        print(remember(read()) or "Đã xuất bản", flush=True)


@task()
def vendor(_: Context) -> None:
    """Copy the locked browser libraries from node_modules into the theme, with a manifest."""
    from theme.vendor import copy_all

    copy_all()


@task(help={"upgrade": "move every version forward"})
def lock(_: Context, upgrade: bool = False) -> None:
    """Write the hashed locks under requirements/ from pyproject.toml."""
    from tooling.lock import lock as run
    from tooling.lock import write_bill

    for path in (*run(upgrade=upgrade), write_bill()):
        print(path.relative_to(paths.ROOT))


@task()
def sbom(_: Context) -> None:
    """Write what an installation is made of, from the locks, as CycloneDX JSON."""
    from tooling.lock import write_bill

    print(write_bill().relative_to(paths.ROOT))


@task(name="test")
def run_tests(context: Context, args: str = "") -> None:
    """Run the tests (`make test` also installs what they need)."""
    context.run(f".venv/bin/python -m pytest {args}")


@task(
    positional=optional("bench", "name"),
    help={"data": "folder of a development set that lies outside the checkout, for `search`"},
)
def bench(_: Context, name: str | None = None, data: str | None = None) -> None:
    """Measure against peers and write bench/results/NAME.json: one (inv bench search) or all."""
    from bench import BENCHES, run

    if name is not None and name not in BENCHES:
        raise Exit(f"No bench {name}; there are: {', '.join(BENCHES)}", code=1)
    for chosen in BENCHES if name is None else [name]:
        for missed in run(chosen, Path(data) if data else None):
            print(f"Missed {missed}")


@task()
def mutate(_: Context) -> None:
    """Change the rules one expression at a time and count what no test notices (an hour)."""
    from bench.mutation import bench as run

    for missed in run():
        print(f"Missed {missed}")


@task()
def lint(_: Context) -> None:
    """Style, types, who may import whom, security."""
    from tooling.lint import lint as run

    failed = run()
    if failed:
        raise Exit(f"Failed: {', '.join(failed)}", code=1)


@task()
def patterns(_: Context, host: str = "127.0.0.1", port: str = "8000") -> None:
    """Serve a page that shows every component of the theme once."""
    from tooling.patterns import serve_patterns

    serve_patterns(host, port_of(port))


@task()
def screenshots(_: Context, folder: str = "var/screenshots") -> None:
    """Take pictures of each kind of page at three widths, light and dark."""
    from tooling.page_kinds import screenshots as run

    for path in run(Path(folder)):
        print(path)


def _build_and_carry_on() -> None:
    """Join the style sheets and build; say what is wrong without ending the watch."""
    from theme.bundle import main as join_styles

    join_styles()
    try:
        _build()
    except Exit as fault:
        print(fault.message)
