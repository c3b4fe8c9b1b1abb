"""Orders, deliveries, invoices and payments of the sample ledger."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from tooling.sample_ledger.people import Customer, People
from tooling.sample_ledger.shop import FIRST, LAST, Goods, Row, Rows, Shop, moment

ORDERS: Final = 1_500
INVOICES: Final = 2_000
LATE: Final = (1, 2, 1, 3, 5, 1, 2, 4, 1, 2, 25, 1)
"""Working days by which the late orders came after their day."""
SHORT: Final = 5
TOLD: Final = 10
CANCELLED: Final = 20
_STORIES_FROM: Final = date(2026, 9, 7)
_TABLES = (
    *("orders", "order_lines", "deliveries", "delivery_lines", "tracking"),
    *("invoices", "invoice_lines", "payments", "serials"),
)


@dataclass
class Sold:
    """A unit that somebody bought: what the after-sales books begin with."""

    serial: str
    sku: str
    group: str
    customer: Customer
    on: date


@dataclass
class Sales:
    """The books of sales; ``run`` fills them."""

    shop: Shop
    people: People
    tables: dict[str, Rows] = field(default_factory=lambda: {name: [] for name in _TABLES})
    sold: list[Sold] = field(default_factory=list)

    def run(self) -> None:
        """Write every order with what followed, then what was sold over the counter."""
        stories = [("TRE", days) for days in LATE] + [("THIEU", 0)] * SHORT
        stories += [("BAO", 0)] * TOLD + [("HUY", 0)] * CANCELLED
        usual = [("", 0)] * (ORDERS - len(stories))
        days = self._days(len(usual))
        for number, day in enumerate(days, 1):
            self._order(f"DH26-{number:05d}", number, day, "", 0)
        counted: dict[str, int] = {}
        for number, (story, late) in enumerate(stories):
            counted[story] = counted.get(story, 0) + 1
            day = self.shop.working_day(_STORIES_FROM + timedelta(days=number))
            self._order(f"DH26-{story}-{counted[story]:02d}", number, day, story, late)
        for number, fault in ((200, "ours"), (450, "ours"), (700, "ours"), (950, "buyer")):
            self._replace(self.tables["invoices"][number], fault)
        for day in self._days(INVOICES - len(self.tables["invoices"])):
            customer = self.shop.chance.choice(self.people.of("usual"))
            goods = self.shop.chance.choice(self.shop.on(day, *self.shop.everyday))
            self._invoice(customer, None, self.shop.at(day, 510, 1000), [(goods, goods.net_vnd, 1)])
        self.tables["invoices"].sort(key=lambda row: str(row["number"]).zfill(8))

    def _days(self, count: int) -> list[date]:
        """Return working days of the books, in order, spread by chance."""
        span = (LAST - FIRST).days
        found = [FIRST + timedelta(days=self.shop.chance.randint(0, span)) for _ in range(count)]
        return sorted(min(self.shop.working_day(day), LAST) for day in found)

    def _order(self, order_no: str, number: int, day: date, story: str, late: int) -> None:
        kind = ("usual", "partner", "partner", "other")[number % 4]
        customer = self.shop.chance.choice(self.people.of(kind))
        received = self.shop.at(day, 485, 620)
        confirmed = received + timedelta(minutes=self.shop.chance.randint(15, 70))
        wait = {"usual": 1 if customer.area == "urban" else 4, "partner": 3, "other": 6}[kind]
        due = self.shop.working_day(day, wait)
        order: Row = {
            "order_no": order_no,
            "kind": "sale",
            "customer_id": customer.id,
            "received_at": moment(received),
            "confirmed_at": moment(confirmed),
            "due_on": due,
            "due_set_by": "customer" if kind == "other" else "us",
            "urgent": "false",
            "province": customer.province,
        }
        if kind == "partner" and not story and number % 20 == 1:
            order |= {
                "urgent": "true",
                "due_on": day,
                "due_at": moment(self.shop.at(day, 1020, 1020)),
            }
            due = day
        self.tables["orders"].append(order)
        lines = self._lines(order_no, customer, day, story, received)
        if story == "HUY":
            order["cancelled_at"] = moment(confirmed + timedelta(hours=2))
            order["cancelled_by"] = "customer" if number % 3 else "us"
            return
        came = self.shop.working_day(due, late) if late else due
        if came <= LAST:
            self._deliver(order_no, customer, came, lines)

    def _lines(
        self, order_no: str, customer: Customer, day: date, story: str, received: datetime
    ) -> list[tuple[Goods, int, int]]:
        """Write the lines of an order; return goods, price before tax, and what will come."""
        groups = self.shop.groups if customer.kind == "other" else self.shop.everyday
        choices = self.shop.on(day, *groups)
        goods = self.shop.chance.sample(choices, self.shop.chance.choice((1, 2, 3)))
        least, most = {"usual": (1, 1), "partner": (4, 12), "other": (2, 10)}[customer.kind]
        lines = []
        for line_no, one in enumerate(goods, 1):
            ordered = self.shop.chance.randint(least, most)
            price = one.net_vnd if customer.kind == "usual" else one.net_vnd * 82 // 100
            row: Row = {
                "order_no": order_no,
                "line_no": line_no,
                "sku": one.sku,
                "qty_ordered": ordered,
                "qty_confirmed": ordered,
                "unit_price_vnd": price,
                "vat_rate": one.vat,
            }
            if story in ("THIEU", "BAO") and line_no == 1:
                ordered = max(ordered, 3)
                row |= {"qty_ordered": ordered, "qty_confirmed": ordered - 1, "qty_short": 1}
                row |= self._told(order_no, day, received, in_time=story == "BAO")
            self.tables["order_lines"].append(row)
            lines.append((one, price, int(str(row["qty_confirmed"]))))
        return lines

    def _told(self, order_no: str, day: date, received: datetime, *, in_time: bool) -> Row:
        """Say when a customer heard of a shortage: soon, two days late, or not at all."""
        back = self.shop.working_day(day, 8)
        if in_time:
            told = received + timedelta(minutes=self.shop.chance.randint(20, 100))
        elif order_no.endswith(("1", "3")):
            return {}
        else:
            told = self.shop.at(self.shop.working_day(day, 2), 500, 680)
        return {"shortage_told_at": moment(told), "restock_on": back}

    def _deliver(
        self, order_no: str, customer: Customer, day: date, lines: list[tuple[Goods, int, int]]
    ) -> None:
        number = len(self.tables["deliveries"]) + 1
        delivered = self.shop.at(day, 780, 930)
        row: Row = {
            "delivery_no": f"GH26-{number:05d}",
            "order_no": order_no,
            "reason": "sale",
            "route": customer.route,
            "planned_on": day,
            "shipped_at": moment(self.shop.at(day, 420, 470)),
            "delivered_at": moment(delivered),
            "result": "delivered",
            "cartons": sum(quantity for _, _, quantity in lines),
            "damaged_cartons": 1 if number % 90 == 0 else 0,
        }
        if number % 8 == 0:
            row |= {"carrier": "ghn", "awb": f"GHNVIDU{number:06d}"}
            self._track(row, day, delivered)
        self.tables["deliveries"].append(row)
        for line_no, (_, _, quantity) in enumerate(lines, 1):
            self.tables["delivery_lines"].append(
                {"delivery_no": row["delivery_no"], "line_no": line_no, "qty": quantity}
            )
        self._invoice(customer, order_no, delivered, lines)

    def _track(self, delivery: Row, day: date, delivered: datetime) -> None:
        events = (
            ("picked", self.shop.at(day, 430, 475), "Đã lấy hàng"),
            ("delivering", self.shop.at(day, 480, 535), "Đang giao"),
            ("delivered", delivered, "Giao thành công"),
        )
        for code, when, words in events:
            self.tables["tracking"].append(
                {
                    "carrier": delivery["carrier"],
                    "awb": delivery["awb"],
                    "at": moment(when),
                    "code": code,
                    "words": words,
                    "returning": "false",
                }
            )

    def _invoice(
        self,
        customer: Customer,
        order_no: str | None,
        when: datetime,
        lines: list[tuple[Goods, int, int]],
    ) -> None:
        number = len(self.tables["invoices"]) + 1
        issued = when + timedelta(minutes=self.shop.chance.randint(5, 45))
        row: Row = {
            "series": "1C26TVD",
            "number": number,
            "issued_on": issued.date(),
            "issued_at": moment(issued),
            "sent_at": moment(issued + timedelta(minutes=4)),
            "buyer_tax_code": customer.tax_code,
            "customer_id": customer.id,
            "order_no": order_no or "",
            "total_vnd": sum(one.gross(price, quantity) for one, price, quantity in lines),
            "relation": "original",
            "lookup_code": f"VD{number * 7919 % 10**8:08d}",
        }
        if customer.kind == "partner":
            row["due_on"] = issued.date() + timedelta(days=30)
        self.tables["invoices"].append(row)
        for line_no, (one, price, quantity) in enumerate(lines, 1):
            line: Row = {
                "series": row["series"],
                "number": number,
                "line_no": line_no,
                "sku": one.sku,
                "qty": quantity,
                "unit_price_vnd": price,
                "vat_rate": one.vat,
            }
            if customer.kind == "usual" and quantity == 1:
                line["serial"] = self._sell(customer, one, row)
            self.tables["invoice_lines"].append(line)
        self._pay(customer, row)

    def _replace(self, wrong: Row, fault: str) -> None:
        """Replace an invoice that was wrong by the fault of somebody, three days later."""
        day = self.shop.working_day(date.fromisoformat(str(wrong["issued_on"])), 3)
        issued = self.shop.at(min(day, LAST), 520, 700)
        self.tables["invoices"].append(
            wrong
            | {
                "number": len(self.tables["invoices"]) + 1,
                "issued_on": issued.date(),
                "issued_at": moment(issued),
                "sent_at": moment(issued + timedelta(minutes=4)),
                "relation": "replace",
                "ref_series": wrong["series"],
                "ref_number": wrong["number"],
                "fault": fault,
            }
        )

    def _sell(self, customer: Customer, one: Goods, invoice: Row) -> str:
        serial = f"VD{len(self.sold) + 1:07d}"
        on = date.fromisoformat(str(invoice["issued_on"]))
        self.sold.append(Sold(serial, one.sku, one.group, customer, on))
        self.tables["serials"].append(
            {
                "serial": serial,
                "sku": one.sku,
                "made_on": on - timedelta(days=60),
                "sold_on": on,
                "invoice_ref": f"{invoice['series']}:{invoice['number']}",
                "activated_on": on + timedelta(days=2),
                "purchase_phone": customer.phone,
            }
        )
        return serial

    def _pay(self, customer: Customer, invoice: Row) -> None:
        issued = date.fromisoformat(str(invoice["issued_on"]))
        days = self.shop.chance.randint(10, 29) if customer.kind == "partner" else 0
        paid = self.shop.working_day(issued + timedelta(days=days))
        if paid > LAST:
            return
        self.tables["payments"].append(
            {
                "payment_no": f"PT26-{len(self.tables['payments']) + 1:05d}",
                "customer_id": customer.id,
                "paid_on": paid,
                "vnd": invoice["total_vnd"],
                "memo": f"TT HD {invoice['number']}",
                "invoice_ref": f"{invoice['series']}:{invoice['number']}",
                "matched_at": moment(self.shop.at(paid, 960, 1015)),
            }
        )
