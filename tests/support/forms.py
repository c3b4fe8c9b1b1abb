"""Filling in the HTML forms of the running product without a browser."""

import re

import httpx

from tests.support.html import Document

COMPLAINT = {
    "category": "BH",
    "description": "Nồi cơm gửi trung tâm bảo hành đã mười hai ngày, chưa ai gọi lại.",
    "product_code": "NC-18C",
    "segment": "household",
    "name": "Nguyễn Thị Mẫu",
    "phone": "0912345678",
}

QUESTION = {
    "question": "Mất phiếu bảo hành mà máy mua ở chợ thì sao?",
    "name": "Nguyễn Thị Mẫu",
    "phone": "0912345678",
}

DOCUMENTS = {
    "document_ids-1-id": "BG-2026.11",
    "purpose": "quote",
    "quote_lines-1-product_code": "NC-18C",
    "quote_lines-1-quantity": "20",
    "send_by": "pick_up",
    "shop": "Cửa hàng Mẫu",
    "segment": "dealer",
    "name": "Trần Văn Mẫu",
    "phone": "0912345678",
}


def hidden(html: str, action: str) -> dict[str, str]:
    """Return the hidden fields of the form with an action."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', html, re.DOTALL)
    assert form is not None, f"no form for {action}"
    return {
        element.get("name"): element.get("value")
        for element in Document(form.group()).all("input")
        if element.get("type") == "hidden"
    }


def every_form_page(address: str) -> dict[str, str]:
    """Go the whole way of a complaint and return the HTML of every page on it, by name."""
    with httpx.Client(base_url=address, follow_redirects=True, timeout=180) as client:
        pages = {
            "complaint": client.get("/gui/khieu-nai/").text,
            "inquiry": client.get("/gui/hoa-don/").text,
            "question": client.get("/gui/cau-hoi/", params={"q": "mat phieu bao hanh"}).text,
            "documents": client.get("/gui/tai-lieu/", params={"ma": "BG-2026.11"}).text,
            "understood": client.get("/gui/gop-y/", params={"trang": "/", "co-ich": "co"}).text,
            "follow": client.get("/ho-so/").text,
            "search": client.get("/tim-kiem/", params={"q": "mat phieu bao hanh"}).text,
            "search-empty": client.get("/tim-kiem/").text,
            "search-nothing": client.get("/tim-kiem/", params={"q": "zzzz <b>"}).text,
            "not-found": client.get("/gui/khong-co/").text,
        }
        guard = hidden(pages["complaint"], "/gui/khieu-nai/")
        pages["errors"] = client.post("/gui/khieu-nai/", data=guard).text
        pages["check"] = client.post("/gui/khieu-nai/", data={**guard, **COMPLAINT}).text
        asked = {**guard, **hidden(pages["question"], "/gui/cau-hoi/"), **QUESTION}
        pages["question-errors"] = client.post("/gui/cau-hoi/", data={**asked, "name": ""}).text
        pages["question-check"] = client.post("/gui/cau-hoi/", data=asked).text
        asked = {**guard, **DOCUMENTS}
        pages["documents-errors"] = client.post("/gui/tai-lieu/", data={**asked, "name": ""}).text
        pages["documents-check"] = client.post("/gui/tai-lieu/", data=asked).text
        said = {**guard, "page_url": "/hoi-dap/"}
        pages["understood-errors"] = client.post("/gui/gop-y/", data=said).text
        pages["understood-done"] = client.post("/gui/gop-y/", data={**said, "useful": "no"}).text
        answers = hidden(pages["check"], "/gui/khieu-nai/xong/")
        pages["receipt"] = client.post("/gui/khieu-nai/xong/", data=answers).text
        held = hidden(pages["receipt"], "/ho-so/")
        pages["case"] = client.post("/ho-so/", data=held).text
        pages["wrong-code"] = client.post("/ho-so/", data={**held, "code": "AAAA"}).text
    return pages
