"""The PDF of a quote. It is for one customer and never part of the site."""

from plugins.pdf.issue_pdf import company_frame
from plugins.pdf.press import Press
from plugins.pdf.typst_pdf import PdfContext
from service_policy.price_sheets import PriceSheet
from service_policy.quotes import VALID_DAYS, Quote, QuoteLine
from service_policy.register import Issue
from theme.filters import date_vi, number_vi, percent_vi


def paper(press: Press, quote: Quote, sheet: PriceSheet, issue: Issue) -> PdfContext:
    """Return what the PDF of a quote is made from.

    Args:
        press: the content and the public address.
        quote: the quote.
        sheet: the price sheet it is based on.
        issue: the sheet's entry in the register; the QR code leads to its page.
    """
    data = {
        "frame": _frame(press, quote, sheet),
        "customer": quote.customer.model_dump(),
        "lines": [_line(number, one) for number, one in enumerate(quote.lines, 1)],
        "net": number_vi(quote.net_vnd),
        "vat": [[percent_vi(rate), number_vi(vnd)] for rate, vnd in quote.vat_by_rate],
        "total": number_vi(quote.total_vnd),
        "words": quote.total_in_words,
        "delivery": [[one.what, one.when] for one in quote.delivery],
        "payment": [
            [percent_vi(part.percent), number_vi(vnd), part.when] for part, vnd in quote.instalments
        ],
        "warranty": list(quote.warranty),
        "exclusions": list(quote.exclusions),
        "changes": [
            [date_vi(rate.valid_from), percent_vi(rate.percent)]
            for rate in quote.rates_to_come(press.library.vat)
        ],
        "made_by": [
            quote.made_by.name,
            quote.made_by.role,
            f"{quote.made_by.phone}; {quote.made_by.email}",
        ],
    }
    return PdfContext("quote", data, quote.dated, press.address(issue.permalink))


def _frame(press: Press, quote: Quote, sheet: PriceSheet) -> dict[str, object]:
    segment = press.library.policy.matrix.segment(quote.segment or "")
    return {
        **company_frame(press),
        "kind": f"Báo giá {segment.inside}" if segment else "Báo giá",
        "title": quote.title,
        "id": quote.id,
        "version": None,
        "summary": None,
        "facts": [
            ("Số", quote.id),
            ("Ngày", date_vi(quote.dated)),
            ("Hiệu lực", f"{VALID_DAYS} ngày, đến hết {date_vi(quote.valid_to)}"),
            ("Căn cứ", f"{sheet.title} ({sheet.id}, phiên bản {sheet.version})"),
        ],
        "notice": {
            "gone": False,
            "headline": "Báo giá này chưa phải hợp đồng",
            "instead": "Hai bên chỉ bị ràng buộc khi đã ký hợp đồng.",
        },
        "checking": "Bảng giá niêm yết làm căn cứ. Quét mã, hoặc mở địa chỉ:",
    }


def _line(number: int, line: QuoteLine) -> dict[str, object]:
    warranty = f"Bảo hành {line.warranty_months} tháng." if line.warranty_months else None
    return {
        "name": line.name,
        "code": line.product_code,
        "notes": [note for note in (line.note, warranty) if note],
        "number": str(number),
        "cells": [
            line.unit,
            number_vi(line.quantity),
            number_vi(line.net_vnd),
            number_vi(line.total_vnd),
            percent_vi(line.vat_percent),
            number_vi(line.vat_vnd),
        ],
    }
