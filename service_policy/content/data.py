"""The data files of the content folder, read together: documents need all of them."""

from dataclasses import dataclass
from typing import Any

from service_policy.banks import Banks
from service_policy.chrome import Chrome
from service_policy.company import Company
from service_policy.content.cross_segments import add_former_ids, unknown_segments
from service_policy.content.placeholders import company_names, fill
from service_policy.content.reading import DATA, Reading
from service_policy.data_files import ComplaintCategories, HolidayList, ServiceElements, Synonyms
from service_policy.families import Topics
from service_policy.handling import OutsideBodies
from service_policy.legal import LegalReferences
from service_policy.printed_stock import PrintedStock
from service_policy.segments import Matrix
from service_policy.terms import Terms
from service_policy.vat import VatTable


@dataclass(frozen=True)
class Data:
    """The data files, all of them valid; the fields stand in the order of ``DATA``."""

    company: Company
    matrix: Matrix
    topics: Topics
    legal: LegalReferences
    categories: ComplaintCategories
    holidays: HolidayList
    elements: ServiceElements
    synonyms: Synonyms
    outside: OutsideBodies
    vat: VatTable
    terms: Terms
    printed: PrintedStock
    chrome: Chrome
    banks: Banks


def read_data_files(reading: Reading) -> Data | None:
    """Return the data files, or None when one of them is broken; faults go to ``reading``."""
    company = reading.model(Company, reading.data["cong-ty.yaml"])
    if company is not None:
        names = company_names(company)
        for tree in reading.data.values():
            reading.faults += fill(tree, names)
    found: dict[str, Any] = {
        name: reading.model(model, reading.data[name]) for name, model in DATA.items()
    }
    if None in found.values():
        return None
    _know_segments(reading, found["phan-khuc.yaml"])
    found["phan-khuc.yaml"] = matrix = reading.model(Matrix, reading.data["phan-khuc.yaml"])
    return None if matrix is None else Data(*found.values())


def _know_segments(reading: Reading, matrix: Matrix) -> None:
    """Report unknown segments, and give what is said of a segment to its former ids, too.

    A file that names a segment nobody declared is not read on: its numbers are for nobody.
    """
    tree = reading.data["phan-khuc.yaml"]
    for one in (tree, *reading.documents["cam-ket"], *reading.documents["hoi-dap"]):
        faults = unknown_segments(one, matrix)
        add_former_ids(one, matrix)
        if faults:
            reading.faults += faults
            reading.broken.add(id(one))
