"""The sample company with another face: menu, footer, tasks, hours, logo, colours, fewer pages."""

import re
from pathlib import Path

GONE = (
    "trang/ho-tro/kenh-chinh-thuc.md",
    "trang/san-pham/doc-nhan.md",
    "trang/phap-ly/tieu-chi-tim-kiem.md",
    "trang/ho-tro/tai-lieu.md",
    "trang/khieu-nai/khong-dong-y.md",
    "trang/san-pham/ngung-ban.md",
)
"""Pages that the theme links by itself and that this company does not have."""
BLUE = {
    "link": ("#0b4f9e", "#9cc4ff"),
    "link-hover": ("#072f60", "#c4dcff"),
    "action": ("#0b4f9e", "#9cc4ff"),
    "action-hover": ("#083a75", "#c4dcff"),
    "deep": ("#0a2a55", "#0a2a55"),
    "wave": ("#3b5f92", "#3b5f92"),
    "son": ("#9a1f6a", "#ff9ad6"),
    "brand": ("#0b4f9e", "#3f86dc"),
}
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 48">'
    '<rect width="96" height="48" rx="8" fill="#0b4f9e"/></svg>'
)
_LINKS = {
    "menu": [("Hứa gì", "/cam-ket/"), ("Hỏi", "/hoi-dap/"), ("Xem phiếu", "/ho-so/")],
    "footer": [("Ngày nghỉ", "/lich-nghi/"), ("Nghị định", "https://example.com/nghi-dinh/")],
}


def take_another_look(content: Path) -> None:
    """Change a copy of the sample's content, as an editor would, in content files alone."""
    _leave_out(content)
    chrome = content / "giao-dien.yaml"
    text = chrome.read_text(encoding="utf-8")
    text = _block(text, "menu", _list(_LINKS["menu"]))
    text = re.sub(
        r"^action: .*$", "action: {title: Hỏi ngay, url: /gui/cau-hoi/}", text, flags=re.M
    )
    column = "  - title: Xem thêm\n    note: Trả lời trong ngày.\n    links:\n"
    text = _block(text, "footer", column + _list(_LINKS["footer"], 6))
    text = _block(text, "partners", "")
    text = text.replace("partners:\n", "")
    task = "{title: Gọi thợ, url: /gui/cau-hoi/, icon: phone, text: Thợ đến trong ngày.}"
    text = re.sub(r"^  tasks:\n(    - .*\n)+", f"  tasks:\n    - {task}\n", text, flags=re.M)
    text = re.sub(r"^  commitments: .*$", "  commitments: [CK-01, CK-05]", text, flags=re.M)
    text = re.sub(r"^  questions: .*$", "  questions: [KT-01]", text, flags=re.M)
    text = re.sub(r"^  logo_dark: .*\n", "  logo_says_name: true\n", text, flags=re.M)
    text = text.replace("name: Cổng cam kết, short_name: Cam kết", "name: Lời hứa, short_name: Hứa")
    for token, (light, dark) in BLUE.items():
        text = re.sub(rf"^(    {token}: )\[.*?\]", rf'\1["{light}", "{dark}"]', text, flags=re.M)
    chrome.write_text(text, encoding="utf-8")
    (content / "thuong-hieu" / "logo.svg").write_text(LOGO, encoding="utf-8")
    (content / "thuong-hieu" / "logo-toi.svg").unlink()
    company = content / "cong-ty.yaml"
    text = company.read_text(encoding="utf-8")
    text = text.replace("[mon, tue, wed, thu, fri]", "[mon, tue, wed, thu, fri, sat]")
    text = text.replace('    - {opens: "08:00", closes: "12:00"}\n', "", 1)
    text = text.replace('{opens: "13:00", closes: "17:00"}', '{opens: "07:30", closes: "17:30"}')
    company.write_text(text, encoding="utf-8")


def _leave_out(content: Path) -> None:
    """Take out the pages, and send what named them elsewhere."""
    urls = []
    for name in GONE:
        file = content / name
        urls += re.findall(r"^url: (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
        file.unlink()
    link = re.compile(rf"({'|'.join(map(re.escape, urls))})(#[\w-]*)?(?=[)\s,}}])")
    for file in (*content.rglob("*.md"), *content.glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        if file.name != "HUONG-DAN.md" and link.search(text):
            file.write_text(link.sub("/hoi-dap/", text), encoding="utf-8")


def _list(links: list[tuple[str, str]], indent: int = 2) -> str:
    return "".join(f"{' ' * indent}- {{title: {title}, url: {url}}}\n" for title, url in links)


def _block(text: str, name: str, lines: str) -> str:
    """Replace what stands indented below a field."""
    found, count = re.subn(
        rf"^{name}:.*\n(?:[ ].*\n)+", f"{name}:\n{lines}", text, count=1, flags=re.MULTILINE
    )
    assert count == 1, name
    return found
