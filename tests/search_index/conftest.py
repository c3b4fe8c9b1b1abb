"""A small company's documents, and its indexes as the tests use them."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from search_index import server
from search_index.documents import Document
from search_index.language import data
from service_policy.data_files import SynonymGroup, Synonyms

ROOT = Path(__file__).parent.parent.parent

DOCUMENTS = (
    Document(
        "hoi-dap:BH-01",
        "Tôi làm mất phiếu bảo hành thì có được bảo hành không?",
        "Có. Mất phiếu, tem hay hộp không làm mất quyền bảo hành.",
        ("mat phieu bao hanh co dc bh k", "mất giấy bh thì sao ạ"),
        "/hoi-dap/mat-phieu-bao-hanh/",
    ),
    Document(
        "hoi-dap:HD-01",
        "Khi nào tôi nhận được hóa đơn điện tử?",
        "Hóa đơn được gửi qua thư trong ngày giao hàng.",
        ("bao gio co hoa don",),
        "/hoi-dap/khi-nao-co-hoa-don/",
    ),
    Document(
        "hoi-dap:HD-03",
        "Hóa đơn ghi sai mã số thuế thì sửa thế nào?",
        "Quý khách báo mã số thuế đúng, chúng tôi lập hóa đơn thay thế.",
        ("hd sai mst",),
        "/hoi-dap/sai-ma-so-thue/",
    ),
    Document(
        "hoi-dap:GH-01",
        "Giao hàng mất bao lâu?",
        "Nội thành trong ngày; tỉnh xa từ ba ngày làm việc. Phí: 30k/lần (24/7).",
        ("ship bao lâu", "mấy ngày thì tới"),
        "/hoi-dap/giao-hang-bao-lau/",
    ),
    Document(
        "cam-ket:CK-06",
        "Bảo hành không cần phiếu",
        "Thiếu giấy tờ không phải là lý do từ chối bảo hành.",
        ("CK-06",),
        "/cam-ket/ck-06/",
    ),
    Document(
        "san-pham:NC-10M",
        'Nồi cơm <img src=x onerror="alert(1)"> NC-10M',
        "Nồi cơm điện 1,0 lít. Hộp gồm cốc đong 🙂 và xửng hấp.",
        (),
        "/san-pham/nc-10m/",
    ),
)

LANGUAGE = data(
    Synonyms(
        abbreviations={
            "bh": ("bảo hành", "bao giờ"),
            "hd": ("hóa đơn", "hợp đồng"),
            "mst": ("mã số thuế",),
            "k": ("không",),
            "dc": ("được", "địa chỉ"),
            "ship": ("giao hàng",),
        },
        groups=(
            SynonymGroup(words=("phiếu bảo hành", "giấy bảo hành")),
            SynonymGroup(words=("hỏng", "hư")),
        ),
    )
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both indexes of the documents above."""
    place = tmp_path_factory.mktemp("search-index")
    server.build(DOCUMENTS, LANGUAGE, place)
    return place


def node(script: str, *arguments: str, given: str = "") -> str:
    """What a script of this repository (or an option of Node) prints; it must not fail."""
    program = shutil.which("node")
    assert program is not None, "Node is needed"
    path = script if script.startswith("--") else str(ROOT / script)
    command = [program, path, *arguments]
    done = subprocess.run(
        command, input=given, capture_output=True, text=True, check=False, timeout=180
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def rank(place: Path, *queries: str, **options: Any) -> list[list[str]]:
    """The ids that the browser's engine finds for each query."""
    return [answer["ids"] for answer in answers(place, *queries, **options)]


def answers(place: Path, *queries: str, **options: Any) -> list[dict[str, Any]]:
    """What the browser's engine answers to each query."""
    lines = [json.dumps({"qid": str(n), "q": q, **options}) for n, q in enumerate(queries)]
    meta, *found = node("search_index/rank.mjs", str(place), given="\n".join(lines)).splitlines()
    assert "meta" in json.loads(meta)
    return [json.loads(answer) for answer in found]


def put(files: dict[str, bytes], folder: Path) -> None:
    """Write files of a site into its output folder."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
