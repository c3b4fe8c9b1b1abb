"""The tasks of the project: `inv --list` shows them, `inv --help NAME` explains one.

The first group keeps the names that Pelican users know. Each task is a name and a sentence;
the work is done by a function of `tooling` or `theme`.
"""

import sys
from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit
from invoke.tasks import task

from tooling import paths
from tooling.words import in_words, port_of


def _optional(task_name: str, argument: str) -> list[str]:
    """Make an argument positional when the command line gives it without its name.

    Invoke has no optional positional arguments: one that is declared has to be given.
    """
    _, given, after = "\0".join(sys.argv[1:]).partition(f"{task_name}\0")
    return [argument] if given and not after.startswith("-") else []


def _build(settings: str = "pelicanconf.py") -> None:
    """Build the site; faults of the content end the task with a list an editor can use."""
    from tooling.build import build
    from tooling.check import check as read
    from tooling.judge import judge

    def run() -> None:
        built = build(settings=paths.ROOT / settings)
        for warning in judge(read(), paths.CONTENT):
            print(warning)
        print(f"Built {built.pages} pages into {built.output} in {built.seconds:.1f} s", flush=True)

    in_words(run)


@task
def clean(_: Context) -> None:
    """Remove the built site."""
    from tooling.build import clean as remove

    in_words(remove)


@task
def build(_: Context) -> None:
    """Check the content and build the site into output/ (the last good site stays on a fault)."""
    _build()


@task(clean)
def rebuild(_: Context) -> None:
    """Remove the built site, then build it."""
    _build()


@task
def regenerate(_: Context) -> None:
    """Build after every change of a source file."""
    from tooling.preview import regenerate as keep_building

    in_words(lambda: keep_building(_build_and_carry_on))


@task
def serve(_: Context, host: str = "127.0.0.1", port: str = "8000") -> None:
    """Serve the site and the forms; builds first when something changed."""
    from tooling.serve import serve as run

    in_words(lambda: run(host, port_of(port)))


@task
def reserve(context: Context, host: str = "127.0.0.1", port: str = "8000") -> None:
    """Build, then serve the site and the forms."""
    _build()
    serve(context, host=host, port=port)


@task
def preview(_: Context) -> None:
    """Build the site as it will be published (needs PORTAL_SITE_URL)."""
    _build("publishconf.py")


@task(help={"drafts": "show drafts and what is to be published later as well"})
def livereload(
    _: Context, host: str = "127.0.0.1", port: str = "8000", drafts: bool = False
) -> None:
    """Show pages as they are being written: each change reloads the browser within a second."""
    from tooling.livereload import livereload as run

    in_words(lambda: run(host, port_of(port), drafts=drafts))


@task
def cms(_: Context, port: int = 8000) -> None:
    """Write the content of this folder in the browser at /quan-tri/, without git or an editor."""
    from tooling.cms import cms as run

    in_words(lambda: run(port))


@task(help={"to": "a folder, or host:/folder; what is not of the site is removed there"})
def publish(_: Context, to: str = "") -> None:
    """Build for publication and copy to a folder, or to a host with rsync: --to host:/srv/site/."""
    from tooling.check import check as read
    from tooling.publish import NotPublished, copy_site, remember, target_of

    def run() -> None:
        target = target_of(to) if to else ""
        _build("publishconf.py")
        if target:
            copy_site(target)
            print(remember(read()) or "Đã xuất bản", flush=True)

    in_words(run, NotPublished)


@task(
    positional=_optional("check", "path"),
    help={
        "drafts": "check drafts as well",
        "annotations": "for a workflow of GitHub: faults appear at their lines of the change",
    },
)
def check(
    _: Context, path: str | None = None, drafts: bool = False, annotations: bool = False
) -> None:
    """Check content/ (or another folder: inv check PATH) and list every fault."""
    from tooling.check import annotation, report

    def run() -> None:
        faults, errors = report(Path(path or paths.CONTENT), drafts=drafts)
        for fault in faults:
            print(annotation(fault) if annotations else fault)
        if errors:
            raise Exit(f"{errors} lỗi, {len(faults) - errors} cảnh báo", code=1)
        print(f"Không có lỗi, {len(faults)} cảnh báo")

    in_words(run)


@task
def vendor(_: Context) -> None:
    """Copy the locked browser libraries from node_modules into the theme, with a manifest."""
    from theme.vendor import copy_all

    in_words(copy_all)


@task(help={"upgrade": "move every version forward"})
def lock(_: Context, upgrade: bool = False) -> None:
    """Write the hashed locks under requirements/ from pyproject.toml."""
    from tooling.lock import lock as run
    from tooling.sbom import write

    def lock_all() -> None:
        for path in (*run(upgrade=upgrade), write()):
            print(path.relative_to(paths.ROOT))

    in_words(lock_all)


@task
def sbom(_: Context) -> None:
    """Write what an installation is made of, from the locks, as CycloneDX JSON."""
    from tooling.sbom import write

    print(write().relative_to(paths.ROOT))


@task(
    help={
        "month": "2026-11; the last month that has ended when not given",
        "orders": "a CSV file of orders, for K1 and K6",
        "as_of": "the moment to measure at; the closing of the month when not given",
    }
)
def scorecard(_: Context, month: str = "", orders: str = "", as_of: str = "") -> None:
    """Measure a month from the desk's events and write content/ket-qua/<month>.json."""
    from forms_api.errors import StoreUnavailable
    from forms_api.settings import SettingsError
    from service_policy.scorecard.orders import BadOrders
    from tooling.scorecard import BadMonth
    from tooling.scorecard import scorecard as run

    def measure() -> None:
        file, lines = run(month, orders, as_of)
        print("\n".join([*lines, str(file)]))

    in_words(measure, BadMonth, BadOrders, SettingsError, StoreUnavailable)


@task(
    positional=["kind", "name"],
    help={
        "kind": "cam-ket, bao-hanh, bang-gia, catalogue, san-pham, hoi-dap, doi-tac or trang",
        "name": "a-z, 0-9 and hyphens: the address of the page",
    },
)
def new(_: Context, kind: str, name: str) -> None:
    """Begin a content file as a draft, with every field in it: inv new hoi-dap gia-han."""
    from tooling.new import NotBegun
    from tooling.new import new as begin

    in_words(lambda: print(*begin(kind, name), sep="\n"), NotBegun)


@task(
    positional=["folder"],
    help={
        "folder": "an empty or new folder; it may be a repository of its own",
        "answers": "a YAML file with the answers; docs/adopting.md has one. Asked when not given",
    },
)
def adopt(_: Context, folder: str, answers: str = "") -> None:
    """Write the smallest valid content of another company: inv adopt ../cong-ty-toi."""
    from tooling.adoption.adopt import NotAdopted
    from tooling.adoption.adopt import adopt as move_in

    def write() -> None:
        adopted = move_in(Path(folder), Path(answers) if answers else None)
        for line in (*adopted.warnings, *adopted.decisions):
            print(line)
        print(f"Đã viết {adopted.files} tệp; {len(adopted.decisions)} chỗ cần quyết định kể ở trên")
        print(f"Xem trang: PORTAL_CONTENT_DIR={Path(folder).absolute()} inv serve")

    in_words(write, NotAdopted)


@task(
    positional=_optional("migrate-content", "path"),
    help={
        "path": "a content folder; the one of PORTAL_CONTENT_DIR when not given",
        "write": "write what is shown",
    },
)
def migrate_content(_: Context, path: str | None = None, write: bool = False) -> None:
    """Show what this version of the software wants to be another in the content, and write it."""
    from tooling.migration.migrate import migrate

    def run() -> None:
        made = migrate(Path(path or paths.CONTENT), write=write)
        print("\n".join([*made.differences, *(f"{one.version}: {one.title}" for one in made.done)]))
        for fault in made.faults:
            print(fault)
        print(f"{made.wrong} lỗi trước, {len(made.faults)} lỗi sau, phải sửa tay")
        hint = "; thêm --write để ghi" if made.files and not write else ""
        print(f"{'Đã ghi' if write else 'Sẽ đổi'} {len(made.files)} tệp{hint}")
        if made.faults:
            raise Exit(code=1)

    in_words(run)


@task(help={"external": "ask the other sites that we link to as well"})
def weekly_check(_: Context, external: bool = False) -> None:
    """Try every link and document, tell the editors what is wrong, keep the date (for cron)."""
    from forms_api.errors import StoreUnavailable
    from forms_api.settings import SettingsError
    from tooling.weekly_check import NotBuilt
    from tooling.weekly_check import weekly_check as run

    def check_now() -> None:
        file, result = run(external=external)
        for one in result.findings:
            print(f"{one.where}: {one.what} [{one.kind}]")
        print(f"{file}: {result.documents_right}/{result.documents} tài liệu đúng")
        if result.findings:
            raise Exit(f"{len(result.findings)} việc cần làm", code=1)

    in_words(check_now, NotBuilt, SettingsError, StoreUnavailable)


@task(help={"words": "what was searched for", "topic": "the topic of the entry: bao-hanh, dai-ly…"})
def gaps(_: Context, words: str, topic: str) -> None:
    """Begin a FAQ file from a search without an answer (`flask … gaps` lists them)."""
    from forms_api.errors import StoreUnavailable
    from forms_api.settings import SettingsError
    from tooling.gaps import draft
    from tooling.new import NotBegun

    in_words(lambda: print(draft(words, topic)), NotBegun, SettingsError, StoreUnavailable)


@task(
    help={
        "file": "the YAML file of the quote; docs/quotes.md explains it",
        "out": "the folder for the PDF; beside the file when not given",
    }
)
def quote(_: Context, file: str, out: str = "") -> None:
    """Make the PDF of a project quote from its YAML file (private: never part of the site)."""
    from tooling.quote import QuoteRefused, make_quote

    def run() -> None:
        made = make_quote(Path(file), Path(out) if out else None)
        print("\n".join([*made.warnings, str(made.pdf)]))

    in_words(run, QuoteRefused)


@task(
    positional=["file"],
    help={
        "file": "the company's table of prices, .xlsx or .csv",
        "sheet": "the id of the price sheet, when the table fits several: BG-2026.11",
        "confirm": "codes whose prices may differ many times from before: NC-10M,QT-16",
        "yes": "write without asking; doubtful prices still have to be confirmed",
    },
)
def import_prices(
    _: Context, file: str, sheet: str = "", confirm: str = "", yes: bool = False
) -> None:
    """Show what a table of prices changes in its price sheet, and write it after a yes."""
    from tooling.prices.importing import import_prices as run
    from tooling.prices.table import NotImported

    def write() -> None:
        codes = [code.strip().upper() for code in confirm.split(",") if code.strip()]
        for path in run(Path(file), sheet, codes, sure=yes):
            print(path)

    in_words(write, NotImported)


@task(name="test")
def run_tests(context: Context, args: str = "") -> None:
    """Run the tests (`make test` also installs what they need)."""
    context.run(f".venv/bin/python -m pytest {args}")


@task(
    positional=_optional("bench", "name"),
    help={"data": "folder of a development set that lies outside the checkout, for `search`"},
)
def bench(_: Context, name: str | None = None, data: str | None = None) -> None:
    """Measure against peers and write bench/results/NAME.json: one (inv bench search) or all."""
    from bench import BENCHES

    if name is not None and name not in BENCHES:
        raise Exit(f"No bench {name}; there are: {', '.join(BENCHES)}", code=1)
    for chosen in BENCHES if name is None else [name]:
        for missed in BENCHES[chosen](Path(data) if data else None):
            print(f"Missed {missed}")


@task
def mutate(_: Context) -> None:
    """Change the rules one expression at a time and count what no test notices (an hour)."""
    from bench.mutation import bench as run

    for missed in run():
        print(f"Missed {missed}")


@task
def lint(_: Context) -> None:
    """Style, types, who may import whom, security."""
    from tooling.lint import lint as run

    failed = run()
    if failed:
        raise Exit(f"Failed: {', '.join(failed)}", code=1)


@task
def patterns(_: Context, host: str = "127.0.0.1", port: str = "8000") -> None:
    """Serve a page that shows every component of the theme once."""
    from tooling.patterns import serve_patterns

    in_words(lambda: serve_patterns(host, port_of(port)))


@task
def screenshots(_: Context, folder: str = "var/screenshots") -> None:
    """Take pictures of each kind of page at three widths, light and dark."""
    from tooling.screenshots import screenshots as run

    def take() -> None:
        for path in run(Path(folder)):
            print(path)

    in_words(take)


def _build_and_carry_on() -> None:
    """Join the style sheets and build; say what is wrong without ending the watch."""
    from theme.bundle import main as join_styles

    join_styles()
    try:
        _build()
    except Exit as fault:
        print(fault.message)
