"""Slips, visits, calls and stock of the sample ledger."""

from datetime import date, timedelta
from typing import Final

from tooling.sample_ledger.people import People
from tooling.sample_ledger.sales import Sales, Sold
from tooling.sample_ledger.shop import FIRST, LAST, Row, Rows, Shop, moment

SLIPS: Final = 80
LATE_SLIPS: Final = (1, 3, 4)
"""Working days by which the late slips were returned after their day."""
VISITS: Final = 90
STOCK_SITES: Final = ("HN", "DN", "SG", "CT")
_FAULTS = ("F-NHIET", "F-NGUON", "F-CAMBIEN", "F-ON")


def service(shop: Shop, people: People, sales: Sales) -> dict[str, Rows]:
    """Return the books of after-sales service."""
    slips = list(_slips(shop, sales))
    return {
        "warranty_slips": slips,
        "visits": [*_technicians(shop, sales), *_salespeople(shop, people)],
        "calls": _calls(shop),
        "stock": _stock(shop),
    }


def _slips(shop: Shop, sales: Sales) -> Rows:
    units = shop.chance.sample([one for one in sales.sold if one.on < date(2026, 10, 15)], SLIPS)
    rows: Rows = []
    for number, unit in enumerate(units, 1):
        late = LATE_SLIPS[number - 1] if number <= len(LATE_SLIPS) else 0
        name = f"P26-TRE-{number:02d}" if late else f"P26-{number:05d}"
        rows.append(_slip(shop, unit, name, unit.on + timedelta(days=12 + number % 20), late))
    # The same fault of the same unit, twice within six months.
    again = dict(rows[20])
    again |= {"slip_no": "P26-LAP-01", "received_at": moment(shop.at(date(2026, 11, 16), 500, 600))}
    again |= {"promised_return_on": date(2026, 11, 23), "confirmed_at": ""}
    again |= {"returned_at": moment(shop.at(date(2026, 11, 20), 600, 900))}
    return [*rows, again]


def _slip(shop: Shop, unit: Sold, name: str, day: date, late: int) -> Row:
    day = shop.working_day(day)
    promised = shop.working_day(day, 5 if unit.group == shop.groups[0] else 7)
    returned = shop.working_day(promised, late) if late else promised
    row: Row = {
        "slip_no": name,
        "serial": unit.serial,
        "sku": unit.sku,
        "customer_id": unit.customer.id,
        "received_at": moment(shop.at(day, 490, 640)),
        "promised_return_on": promised,
        "place": "trung tâm",
        "kind": "repair",
        "fault_code": _FAULTS[int(unit.serial[2:]) % len(_FAULTS)],
        "confirmed_at": moment(shop.at(shop.working_day(day, 1), 500, 700)),
        "charged_vnd": 0,
    }
    if unit.group == shop.groups[0]:
        row |= {"loan_sku": unit.sku, "loan_given_at": moment(shop.at(day, 650, 700))}
    if returned <= LAST:
        row |= {"returned_at": moment(shop.at(returned, 600, 950)), "result": "đã sửa"}
    return row


def _technicians(shop: Shop, sales: Sales) -> Rows:
    rows: Rows = []
    for number in range(1, VISITS + 1):
        unit = shop.chance.choice(sales.sold)
        day = shop.working_day(date(2026, 8, 10) + timedelta(days=number))
        start = shop.at(day, 480, 480) + timedelta(minutes=60 * shop.chance.randint(0, 6))
        arrived = start + timedelta(minutes=shop.chance.randint(5, 115))
        name = f"L26-{number:05d}"
        if number <= 2:
            name, arrived = f"L26-TRE-{number:02d}", start + timedelta(minutes=120 + 40 * number)
        row: Row = {
            "visit_no": name,
            "kind": "technician",
            "customer_id": unit.customer.id,
            "planned_on": day,
            "window_start": moment(start),
            "window_end": moment(start + timedelta(hours=2)),
            "arrived_at": moment(arrived),
            "result": "xong",
            "charged_vnd": 0,
        }
        if number == 3:
            row |= {"visit_no": "L26-VANG-01", "arrived_at": "", "result": "không đến"}
        rows.append(row)
    return rows


def _salespeople(shop: Shop, people: People) -> Rows:
    rows: Rows = []
    for number in range(1, 61):
        customer = people.of("partner")[number % len(people.of("partner"))]
        day = shop.working_day(date(2026, 9, 1) + timedelta(days=number))
        empty = [one.sku for one in shop.chance.sample(shop.on(day), 2)] if number % 4 == 0 else []
        rows.append(
            {
                "visit_no": f"TT26-{number:05d}",
                "kind": "sales",
                "customer_id": customer.id,
                "planned_on": day,
                "arrived_at": moment(shop.at(day, 500, 1000)),
                "result": "đã ghé",
                "stock_counted": "true",
                "out_of_stock_skus": ",".join(empty),
                "display_ok": "false" if number % 9 == 0 else "true",
                "rep_code": f"NV{number % 7 + 1:02d}",
            }
        )
    return rows


def _calls(shop: Shop) -> Rows:
    rows: Rows = []
    for number in range(1, 241):
        day = shop.working_day(FIRST + timedelta(days=number % 110))
        started = shop.at(day, 485, 1010)
        row: Row = {
            "call_id": f"G26-{number:06d}",
            "direction": "out" if number % 5 == 0 else "in",
            "number": f"0900000{shop.chance.randint(1, 300):03d}",
            "started_at": moment(started),
            "ended_at": moment(started + timedelta(minutes=shop.chance.randint(2, 9))),
        }
        if number % 12:
            row["answered_at"] = moment(started + timedelta(minutes=1))
        rows.append(row)
    return rows


def _stock(shop: Shop) -> Rows:
    rows: Rows = []
    for week in range(4):
        monday = date(2026, 11, 2) + timedelta(days=7 * week)
        for site in STOCK_SITES:
            for one in shop.on(monday):
                on_hand = max(0, shop.chance.randint(-6, 120))
                row: Row = {"as_of": monday, "warehouse": site, "sku": one.sku, "on_hand": on_hand}
                if not on_hand:
                    row["expected_on"] = monday + timedelta(days=9)
                rows.append(row)
    return rows
