"""One page of every kind, for whoever wants to look at all of them: tests, screenshots."""

from tooling.paths import CONTENT

_FILES = (CONTENT / "cam-ket").glob("*.md")
_COMMITMENT = f"/cam-ket/{max(_FILES, key=lambda file: file.stat().st_size).stem}/"
"""The page of the commitment that has most to say."""

PAGES = {
    "home": "/",
    "commitments": "/cam-ket/",
    "commitment": _COMMITMENT,
    "versions": "/cam-ket/phien-ban/",
    "warranty-index": "/bao-hanh/",
    "warranty": "/bao-hanh/mat-phieu/",
    "price-index": "/bang-gia/",
    "price-archive": "/bang-gia/luu-tru/",
    "price-sheet": "/bang-gia/ban-le-2026-11/",
    "price-version": "/bang-gia/ban-le-2026-11/v1/",
    "document": "/tai-lieu/bg-2026.11/",
    "catalogue-index": "/catalogue/",
    "catalogue": "/catalogue/bep/",
    "product-index": "/san-pham/",
    "product": "/san-pham/bt-40d/",
    "product-compare": "/san-pham/so-sanh/",
    "product-manual": "/san-pham/bt-40d/huong-dan/",
    "faq-index": "/hoi-dap/",
    "faq": "/hoi-dap/mat-phieu-bao-hanh/",
    "partner-index": "/doi-tac/",
    "partner": "/doi-tac/xu-ly-su-co/",
    "scorecard": "/ket-qua/",
    "scorecard-month": "/ket-qua/2026-06/",
    "page": "/phap-ly/bao-mat/",
    "not-found": "/404.html",
}
"""Address by kind (`page.kind` of the builders)."""

TEMPLATES = {
    "calendar": "/lich-nghi/",
    "channels": "/kenh-chinh-thuc/",
    "chain": "/ve-chung-toi/day-chuyen/",
    "complaints": "/khieu-nai/",
    "discontinued": "/san-pham/nc-15c/",
    "end-of-sale": "/san-pham/ngung-ban/",
    "elements": "/yeu-to-dich-vu/",
    "section": "/phap-ly/",
    "documents": "/tai-lieu/",
    "announced-sheet": "/bang-gia/phi-dich-vu/v2/",
    "expired-sheet": "/bang-gia/ban-le-2026-05/",
    "terms": "/thuat-ngu/",
    "version": f"{_COMMITMENT}phien-ban-1/",
}
"""Pages of a known kind that show more than its other pages."""

ALL = {**PAGES, **TEMPLATES}
