"""The PDF of a quote. It is for one customer and never part of the site."""

from plugins.pdf.issue_pdf import company_frame
from plugins.pdf.press import Press
from plugins.pdf.typst_pdf import Data, PdfContext
from service_policy.price_sheets import PriceSheet
from service_policy.quotes import VALID_DAYS, Quote, QuoteCustomer, QuoteLine
from service_policy.register import Issue
from theme.filters import date_vi, number_vi, percent_vi

_TEMPLATE = "quote"


def paper(press: Press, quote: Quote, sheet: PriceSheet, issue: Issue) -> PdfContext:
    """Return what the PDF of a quote is made from.

    Args:
        press: the content and the public address.
        quote: the quote.
        sheet: the price sheet it is based on.
        issue: the sheet's entry in the register; the QR code leads to its page.
    """
    data = _data(press, quote, sheet)
    return PdfContext(_TEMPLATE, data, quote.dated, press.address(issue.permalink))


def _data(press: Press, quote: Quote, sheet: PriceSheet) -> Data:
    return {
        "frame": _frame(press, quote, sheet),
        "customer": _customer(quote.customer),
        "lines": [_line(number, one) for number, one in enumerate(quote.lines, 1)],
        "totals": _totals(quote),
        "words": quote.total_in_words,
        "delivery": [[one.what, one.when] for one in quote.delivery],
        "payment": [
            [percent_vi(part.percent), number_vi(vnd), part.when] for part, vnd in quote.instalments
        ],
        "warranty": list(quote.warranty),
        "exclusions": list(quote.exclusions),
        "terms": _terms(press, quote),
        "made_by": [
            quote.made_by.name,
            quote.made_by.role,
            f"{quote.made_by.phone}; {quote.made_by.email}",
        ],
    }


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


def _customer(customer: QuoteCustomer) -> list[tuple[str, str]]:
    pairs = [
        ("Khách hàng", customer.name),
        ("Địa chỉ", customer.address),
        ("Mã số thuế", customer.tax_code),
        ("Người liên hệ", customer.contact),
        ("Điện thoại", customer.phone),
        ("Thư điện tử", customer.email),
    ]
    return [(name, value) for name, value in pairs if value]


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


def _totals(quote: Quote) -> list[tuple[str, str]]:
    return [
        ("Cộng, chưa thuế", number_vi(quote.net_vnd)),
        *(
            (f"Thuế giá trị gia tăng {percent_vi(rate)}", number_vi(vnd))
            for rate, vnd in quote.vat_by_rate
        ),
        ("Tổng cộng, đã gồm thuế", number_vi(quote.total_vnd)),
    ]


def _terms(press: Press, quote: Quote) -> list[str]:
    """Return what holds for every quote, and the changes of tax that are decided already."""
    told = [
        f"Từ {date_vi(rate.valid_from)} nhóm hàng đang chịu thuế thấp hơn chịu thuế suất "
        f"{percent_vi(rate.percent)}."
        for rate in quote.rates_to_come(press.library.vat)
    ]
    law = (
        "Thuế suất đổi theo luật trước ngày xuất hóa đơn thì chỉ phần thuế đổi theo; "
        "giá chưa thuế giữ nguyên."
    )
    return [
        "Đơn giá bằng đồng Việt Nam, chưa gồm thuế; thuế suất là mức của ngày lập báo giá.",
        law,
        *told,
    ]
