"""The tasks of whoever writes the content: check it, begin a file, move in, bring it up to date."""

from pathlib import Path

from invoke.context import Context
from invoke.exceptions import Exit

from tooling import paths
from tooling.words import optional, task


@task(
    positional=optional("check", "path"),
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

    faults, errors = report(Path(path or paths.CONTENT), drafts=drafts)
    for fault in faults:
        print(annotation(fault) if annotations else fault)
    if errors:
        raise Exit(f"{errors} lỗi, {len(faults) - errors} cảnh báo", code=1)
    print(f"Không có lỗi, {len(faults)} cảnh báo")


@task(
    help={
        "month": "2026-11; the last month that has ended when not given",
        "orders": "a CSV file of orders, for K1 and K6",
        "as_of": "the moment to measure at; the closing of the month when not given",
    }
)
def scorecard(_: Context, month: str = "", orders: str = "", as_of: str = "") -> None:
    """Measure a month from the desk's events and write content/ket-qua/<month>.json."""
    from tooling.scorecard import scorecard as run

    file, lines = run(month, orders, as_of)
    print("\n".join([*lines, str(file)]))


@task(
    positional=["kind", "name"],
    help={
        "kind": "cam-ket, bao-hanh, bang-gia, catalogue, san-pham, hoi-dap, doi-tac or trang",
        "name": "a-z, 0-9 and hyphens: the address of the page",
    },
)
def new(_: Context, kind: str, name: str) -> None:
    """Begin a content file as a draft, with every field in it: inv new hoi-dap gia-han."""
    from tooling.new import new as begin

    print(*begin(kind, name), sep="\n")


@task(
    name="map",
    positional=["file"],
    help={
        "file": "an export of another system, CSV or XLSX",
        "table": "the table of the ledger that it fills; guessed from its columns when not given",
        "sheet": "the sheet of a workbook; the first one when not given",
    },
)
def map_file(_: Context, file: str, table: str = "", sheet: str = "") -> None:
    """Propose a mapping for a file of another system: inv map so-ban-hang.xlsx > misa.yaml."""
    from tooling.ledger_map import propose

    print(propose(Path(file), table, sheet), end="")


@task(
    positional=["folder"],
    help={
        "folder": "an empty or new folder; it may be a repository of its own",
        "answers": "a YAML file with the answers; docs/adopting.md has one. Asked when not given",
    },
)
def adopt(_: Context, folder: str, answers: str = "") -> None:
    """Write the smallest valid content of another company: inv adopt ../cong-ty-toi."""
    from tooling.adoption.adopt import adopt as move_in

    adopted = move_in(Path(folder), Path(answers) if answers else None)
    for line in (*adopted.warnings, *adopted.decisions):
        print(line)
    print(f"Đã viết {adopted.files} tệp; {len(adopted.decisions)} chỗ cần quyết định kể ở trên")
    print(f"Xem trang: PORTAL_CONTENT_DIR={Path(folder).absolute()} inv serve")


@task(
    positional=optional("migrate-content", "path"),
    help={
        "path": "a content folder; the one of PORTAL_CONTENT_DIR when not given",
        "write": "write what is shown",
    },
)
def migrate_content(_: Context, path: str | None = None, write: bool = False) -> None:
    """Show what this version of the software wants to be another in the content, and write it."""
    from tooling.migration.migrate import migrate

    made = migrate(Path(path or paths.CONTENT), write=write)
    print("\n".join([*made.differences, *(f"{one.version}: {one.title}" for one in made.done)]))
    for fault in made.faults:
        print(fault)
    print(f"{made.wrong} lỗi trước, {len(made.faults)} lỗi sau, phải sửa tay")
    hint = "; thêm --write để ghi" if made.files and not write else ""
    print(f"{'Đã ghi' if write else 'Sẽ đổi'} {len(made.files)} tệp{hint}")
    if made.faults:
        raise Exit(code=1)


@task(help={"external": "ask the other sites that we link to as well"})
def weekly_check(_: Context, external: bool = False) -> None:
    """Try every link and document, tell the editors what is wrong, keep the date (for cron)."""
    from tooling.weekly_check import weekly_check as run

    file, result = run(external=external)
    for one in result.findings:
        print(f"{one.where}: {one.what} [{one.kind}]")
    print(f"{file}: {result.documents_right}/{result.documents} tài liệu đúng")
    if result.findings:
        raise Exit(f"{len(result.findings)} việc cần làm", code=1)


@task(help={"words": "what was searched for", "topic": "the topic of the entry: bao-hanh, dai-ly…"})
def gaps(_: Context, words: str, topic: str) -> None:
    """Begin a FAQ file from a search without an answer (`flask … gaps` lists them)."""
    from tooling.gaps import draft

    print(draft(words, topic))


@task(
    help={
        "file": "the YAML file of the quote; docs/quotes.md explains it",
        "out": "the folder for the PDF; beside the file when not given",
    }
)
def quote(_: Context, file: str, out: str = "") -> None:
    """Make the PDF of a project quote from its YAML file (private: never part of the site)."""
    from tooling.quote import make_quote

    made = make_quote(Path(file), Path(out) if out else None)
    print("\n".join([*made.warnings, str(made.pdf)]))


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

    codes = [code.strip().upper() for code in confirm.split(",") if code.strip()]
    for path in run(Path(file), sheet, codes, sure=yes):
        print(path)
