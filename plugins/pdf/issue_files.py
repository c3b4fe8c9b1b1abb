"""Every file of the register, and the register itself for machines."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Final

from plugins.pdf import issue_pdf
from plugins.pdf.press import Press
from plugins.pdf.price_sheet_files import to_csv, to_xlsx
from plugins.pdf.price_table import price_table
from plugins.pdf.promise_pdf import promise_paper
from plugins.pdf.typst_pdf import PdfCache
from service_policy.register import Issue

REGISTER: Final = "tai-lieu/so-tai-lieu.json"
"""Where the machine-readable register stands in the output."""

Formats = Mapping[str, bytes]
"""The files of one issue by format: `pdf`, `xlsx`, `csv`."""


def all_files(press: Press, shelf: PdfCache) -> dict[str, bytes]:
    """Return the content of every file by its path in the output, the register included.

    Raises:
        PdfError: a template is broken.
    """
    files: dict[str, bytes] = {}
    documents = []
    for issue in press.library.register.issues:
        made = issue_files(press, issue, shelf) if issue.has_files else {}
        files.update({url.lstrip("/"): made[name] for name, url in issue.files.items()})
        documents.append(_entry(issue, made))
    shelf.tidy()
    built_on = press.library.today.isoformat()
    register = {"built_on": built_on, "documents": documents}
    text = json.dumps(register, ensure_ascii=False, indent=1)
    return {**files, REGISTER: f"{text}\n".encode()}


def issue_files(press: Press, issue: Issue, shelf: PdfCache) -> Formats:
    """Return the files of one issue in every format of its kind.

    Raises:
        PdfError: a template is broken.
    """
    library = press.library
    if issue.kind == "cam-ket":
        return {"pdf": shelf.pdf(promise_paper(press, issue))}
    if issue.kind == "catalogue":
        catalogue = next(one for one in library.catalogues if one.id == issue.id)
        return {"pdf": shelf.pdf(issue_pdf.catalogue(press, issue, catalogue))}
    if issue.kind == "bao-hanh":
        procedure = next(one for one in library.warranty if one.id == issue.id)
        return {"pdf": shelf.pdf(issue_pdf.procedure(press, issue, procedure))}
    versions = library.price_sheet_versions
    sheet = next(one for one in versions if (one.id, one.version) == (issue.id, issue.version))
    validity = press.validity(issue)
    table = price_table(sheet, library, withdrawn=validity.withdrawn)
    return {
        "pdf": shelf.pdf(issue_pdf.price_sheet(press, issue, sheet, table)),
        "xlsx": to_xlsx(press, issue, sheet, table),
        "csv": to_csv(validity, table),
    }


def _entry(issue: Issue, made: Formats) -> dict[str, object]:
    """Return what the register says of an issue; days are ISO, None where nothing is decided."""
    return {
        "id": issue.id,
        "version": issue.version,
        "kind": issue.kind,
        "series": issue.series,
        "title": issue.title,
        "url": issue.url,
        "permalink": issue.permalink,
        "issued_on": issue.issued_on.isoformat(),
        "valid_from": issue.valid_from.isoformat(),
        "valid_to": issue.valid_to.isoformat() if issue.valid_to else None,
        "replaced_on": issue.replaced_on.isoformat() if issue.replaced_on else None,
        "files": dict(_files(issue, made)),
    }


def _files(issue: Issue, made: Formats) -> Iterator[tuple[str, dict[str, object]]]:
    for name, url in issue.files.items():
        content = made[name]
        digest = hashlib.sha256(content).hexdigest()
        yield name, {"url": url, "bytes": len(content), "sha256": digest}
