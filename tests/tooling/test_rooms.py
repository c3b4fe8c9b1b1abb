"""How the rooms hang together: few modules for one reader alone, and no way round in a circle."""

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tooling.paths import ROOT

PACKAGES = (
    "service_policy",
    "theme",
    "search_index",
    "plugins",
    "forms_api",
    "tooling",
    "bench",
)
SCRIPTS = ("tasks", "pelicanconf", "publishconf")
MOST_WITH_ONE_IMPORTER = 0.18
"""Of the modules of the desk; more of them hide that two are one."""
REGISTRY = "forms_api.web.staff.routes"
"""Each page of the desk is a module that this one alone imports, to bring its routes to the app."""
SEAMS = {
    "forms_api.uploads.jpeg": "a walker over one format of pictures; png and webp are its twins",
    "forms_api.uploads.png": "a walker over one format of pictures; jpeg and webp are its twins",
    "forms_api.uploads.webp": "a walker over one format of pictures; jpeg and png are its twins",
    "forms_api.uploads.admission": "the port to another program, the virus scanner",
    "forms_api.ledger.sheet_cells": "a walker over one part of a format; xlsx_rows opens the rest",
    "forms_api.ledger.xlsx_rows": "a walker over one format of tables; csv_rows is its twin",
    "forms_api.ledger.pushing": "the port through which other systems tell rows",
    "forms_api.web.api.pushes": "an address that is there only where such systems are named",
    "forms_api.cli_ledger": "the operators' door to the books; cli and cli_people are its twins",
    "forms_api.payments.statements": "the port through which the bank tells what it paid",
    "forms_api.scorecard": "the one door through which the tools read cases",
}
"""Modules that stand alone for a reason other than who imports them."""


def modules() -> dict[str, Path]:
    """Return every module of ours by its dotted name; migrations are loaded by Alembic alone."""
    found = {name: ROOT / f"{name}.py" for name in SCRIPTS}
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            parts = file.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def imported(file: Path, known: Mapping[str, Path]) -> Iterator[str]:
    """Yield what a file imports of ours, anywhere in it: at its top, in a function, for types."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            for one in node.names:
                # A room is imported by its own names only, not by those of its modules.
                name = f"{node.module}.{one.name}"
                yield from [there for there in (name, node.module) if there in known][:1]


def graph(known: Mapping[str, Path]) -> dict[str, set[str]]:
    """Return what each module imports."""
    return {name: set(imported(file, known)) - {name} for name, file in known.items()}


def faces(known: Mapping[str, Path]) -> dict[str, set[str]]:
    """Return, for each package that hands out names of its modules, those modules."""
    found: dict[str, set[str]] = {}
    for room, file in known.items():
        if file.name != "__init__.py":
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        handed = {
            text.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == "__all__"
            for text in ast.walk(node.value)
            if isinstance(text, ast.Constant)
        }
        found[room] = {
            str(node.module)
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and handed & {one.name for one in node.names}
        }
    return found


def test_few_modules_of_the_desk_exist_for_one_importer_alone() -> None:
    known = modules()
    importers: dict[str, set[str]] = {name: set() for name in known}
    for name, wanted in graph(known).items():
        for one in wanted:
            importers[one].add(name)
    for room, handed in faces(known).items():
        # Whoever takes a name from a room's face uses the module behind it.
        for one in handed:
            importers[one] |= importers[room]
    desk = [
        name
        for name, file in known.items()
        if name.startswith("forms_api.") and file.name != "__init__.py" and name not in SEAMS
    ]
    alone = sorted(
        name for name in desk if len(importers[name]) == 1 and REGISTRY not in importers[name]
    )
    assert len(alone) <= MOST_WITH_ONE_IMPORTER * len(desk), "\n".join(alone)


def test_no_module_is_reached_from_itself() -> None:
    try:
        TopologicalSorter(graph(modules())).prepare()
    except CycleError as circle:
        raise AssertionError(" -> ".join(circle.args[1])) from None


def test_each_folder_of_the_desk_says_what_lives_in_it() -> None:
    silent = [
        folder.relative_to(ROOT).as_posix()
        for folder in {file.parent for file in (ROOT / "forms_api").rglob("*.py")}
        if "migrations" not in folder.parts and not (folder / "README.md").is_file()
    ]
    assert silent == []
