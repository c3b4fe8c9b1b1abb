"""The data files of the content folder, read together: documents need all of them."""

from dataclasses import dataclass

from service_policy.chrome import Chrome
from service_policy.company import Company
from service_policy.content.cross_segments import add_former_ids, unknown_segments
from service_policy.content.placeholders import company_names, fill
from service_policy.content.reading import Reading
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
    """The data files, all of them valid."""

    company: Company
    matrix: Matrix
    legal: LegalReferences
    categories: ComplaintCategories
    holidays: HolidayList
    elements: ServiceElements
    synonyms: Synonyms
    outside: OutsideBodies
    vat: VatTable
    terms: Terms
    printed: PrintedStock
    topics: Topics
    chrome: Chrome


def read_data_files(reading: Reading) -> Data | None:
    """Return the data files, or None when one of them is broken; faults go to ``reading``."""
    company = reading.model(Company, reading.data["cong-ty.yaml"])
    if company is not None:
        names = company_names(company)
        for tree in reading.data.values():
            reading.faults += fill(tree, names)
        company = reading.model(Company, reading.data["cong-ty.yaml"])
    matrix = reading.model(Matrix, reading.data["phan-khuc.yaml"])
    legal = reading.model(LegalReferences, reading.data["can-cu.yaml"])
    categories = reading.model(ComplaintCategories, reading.data["khieu-nai.yaml"])
    holidays = reading.model(HolidayList, reading.data["lich-nghi.yaml"])
    elements = reading.model(ServiceElements, reading.data["yeu-to-dich-vu.yaml"])
    synonyms = reading.model(Synonyms, reading.data["tu-dong-nghia.yaml"])
    outside = reading.model(OutsideBodies, reading.data["noi-khieu-nai.yaml"])
    vat = reading.model(VatTable, reading.data["thue.yaml"])
    terms = reading.model(Terms, reading.data["thuat-ngu.yaml"])
    printed = reading.model(PrintedStock, reading.data["ton-an-pham.yaml"])
    topics = reading.model(Topics, reading.data["chu-de.yaml"])
    chrome = reading.model(Chrome, reading.data["giao-dien.yaml"])
    if company is None or matrix is None or legal is None or outside is None:
        return None
    if categories is None or holidays is None or elements is None or synonyms is None:
        return None
    if vat is None or terms is None or printed is None or topics is None or chrome is None:
        return None
    matrix = _with_known_segments(reading, matrix)
    if matrix is None:
        return None
    return Data(
        company, matrix, legal, categories, holidays, elements, synonyms, outside, vat, terms,
        printed, topics, chrome,
    )  # fmt: skip


def _with_known_segments(reading: Reading, matrix: Matrix) -> Matrix | None:
    """Report unknown segments; returns the matrix with former ids, None when it names one.

    A document that names a segment nobody declared is not read on: its numbers are for nobody.
    """
    tree = reading.data["phan-khuc.yaml"]
    for one in (tree, *reading.documents["cam-ket"], *reading.documents["hoi-dap"]):
        faults = unknown_segments(one, matrix)
        add_former_ids(one, matrix)
        if faults:
            reading.faults += faults
            reading.broken.add(id(one))
    return reading.model(Matrix, tree)
