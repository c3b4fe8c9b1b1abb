"""The checker of a company's look: its files are there and safe, its colours can be read."""

from collections.abc import Iterator
from pathlib import Path

from service_policy.brand import FOLDER, SCHEMES, Brand
from service_policy.content.cross_references import Sources
from service_policy.content.library import Library
from service_policy.content.pictures import Refused, read_picture, unused
from service_policy.content.tree import Fault, Tree
from service_policy.contrast import WHITE, too_faint
from service_policy.pictures import PictureFile

_SIZES = {"preview": ("1200×630", (1200, 630)), "touch_icon": ("180×180", (180, 180))}
_KINDS = {"icon": ("svg",), "touch_icon": ("png",), "preview": ("png", "jpg")}
_FIELDS = ("logo", "logo_dark", "icon", "touch_icon", "preview")
_CALLED = {"light": "sáng", "dark": "tối"}


def read_brand(
    folder: Path, brand: Brand, tree: Tree
) -> tuple[tuple[PictureFile, ...], list[Fault]]:
    """Read the files that a brand names; ``tree`` is what it was read from."""
    named = {field: name for field in _FIELDS if (name := getattr(brand, field)) is not None}
    files: dict[str, PictureFile] = {}
    faults: list[Fault] = []
    for field, name in named.items():
        path = ("brand", field)
        try:
            file = read_picture(folder / FOLDER / name)
        except Refused as refused:
            faults.append(refused.at(tree, path, name))
            continue
        files[name] = file
        if file.kind not in _KINDS.get(field, (file.kind,)):
            fix = f"lưu thành {' hoặc '.join(_KINDS[field])}"
            faults.append(tree.fault(path, "wrong_picture_kind", f"{name} là {file.kind}", fix))
        words, size = _SIZES.get(field, ("", (file.width, file.height)))
        if size != (file.width, file.height):
            message = f"{name}: {file.width}×{file.height} điểm ảnh"
            faults.append(tree.fault(path, "wrong_picture_size", message, f"lưu lại cỡ {words}"))
    fix = "ghi tên tệp vào brand của giao-dien.yaml, hoặc xóa"
    faults += unused(folder, FOLDER, named.values(), "không ai dùng tệp này", fix)
    return tuple(files.values()), faults


def colours_can_be_read(library: Library, sources: Sources) -> Iterator[Fault]:
    """Report each text of the theme that its ground makes hard to read, in either scheme."""
    tree = sources.of("giao-dien.yaml")
    for place, scheme in enumerate(SCHEMES):
        colours = library.chrome.brand.scheme(scheme)
        for one in too_faint(colours, scheme):
            paper = one.ground == WHITE
            ground = "giấy trắng" if paper else f"{one.ground} {colours[one.ground]}"
            lacking = _vi(one.needs - one.ratio)
            yield tree.fault(
                ("brand", "colours", one.text, place),
                "too_faint",
                f"{one.text} {colours[one.text]} trên nền {ground}, "
                f"giao diện {_CALLED[scheme]}: tương phản {_vi(one.ratio)}, cần {_vi(one.needs)}, "
                f"thiếu {lacking}",
                f'màu gần nhất đạt: {one.text} là "{one.nearest}"',
            )


def _vi(number: float) -> str:
    return f"{number:.2f}".replace(".", ",")
