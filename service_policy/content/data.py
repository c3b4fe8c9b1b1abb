"""The data files of the content folder, read together: documents need all of them."""

from difflib import get_close_matches
from typing import Any

from service_policy.company import Company
from service_policy.content.placeholders import company_names, fill
from service_policy.content.reading import DATA, Data, Reading
from service_policy.content.tree import Fault, Path, Tree
from service_policy.segments import Matrix


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


def unknown_segments(tree: Tree, matrix: Matrix) -> list[Fault]:
    """Report every segment that a file names and ``phan-khuc.yaml`` does not declare."""
    known = [one.id for one in matrix.segments]
    faults = []
    for path, named in tree.strings():
        if _names_segment(path) and named.strip() not in known:
            near = get_close_matches(named, known, n=1, cutoff=0.6) or known
            fix = f"chọn {', '.join(near)}, hoặc khai thêm phân khúc trong phan-khuc.yaml"
            message = f"không có phân khúc “{named}”"
            faults.append(tree.fault(path, "unknown_segment", message, fix))
    return faults


def add_former_ids(tree: Tree, matrix: Matrix) -> None:
    """Give what a file says of a segment to the ids that old cases know it by, too."""
    former = {one.id: one.ids for one in matrix.segments if one.formerly}
    named: dict[Path, list[str]] = {}
    for path, text in tree.strings() if former else ():
        if path[-1] != "segment" and _names_segment(path):
            named.setdefault(path[:-1], []).extend(former.get(text.strip(), (text,)))
    for path, ids in named.items():
        tree.put(path, ids)


def _names_segment(path: Path) -> bool:
    """Say whether a value is the id of a segment: ``segment: x``, or an item of ``segments``."""
    return path[-1:] == ("segment",) or path[-2:-1] == ("segments",)
