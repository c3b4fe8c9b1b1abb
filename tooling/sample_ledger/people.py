"""Customers of the sample ledger, none of whom can be anybody."""

from dataclasses import dataclass

from tooling.sample_ledger.shop import Rows, Shop

_PLACES = (
    ("Hà Nội", "urban", "HN1"),
    ("Thành phố Hồ Chí Minh", "urban", "SG1"),
    ("Đà Nẵng", "urban", "DN1"),
    ("Cần Thơ", "urban", "CT1"),
    ("Nghệ An", "province", "HN6"),
    ("Tây Ninh", "province", "SG2"),
    ("Quảng Ngãi", "province", "DN3"),
    ("Cà Mau", "province", "CT3"),
)
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_SHARES = {"usual": 170, "partner": 90, "other": 40}
_NAMES = {"usual": "Khách Ví Dụ", "partner": "Cửa hàng Ví Dụ", "other": "Trường học Ví Dụ"}


@dataclass(frozen=True)
class Customer:
    """A customer: ``kind`` is usual, partner or other, after what its segment declares."""

    id: str
    number: int
    kind: str
    segment: str
    tax_code: str
    province: str
    area: str
    route: str

    @property
    def phone(self) -> str:
        """A number that nobody has."""
        return f"0900000{self.number:03d}"


class People:
    """Everybody, by kind."""

    def __init__(self, shop: Shop) -> None:
        """Make up customers of each segment of the content."""
        segments = shop.policy.matrix.segments
        usual = next((one.id for one in segments if one.usual), segments[0].id)
        partner = next((one.id for one in segments if one.partner), usual)
        rest = [one.id for one in segments if one.id not in (usual, partner)]
        ids = {"usual": usual, "partner": partner, "other": (rest or [usual])[0]}
        kinds = [kind for kind, share in _SHARES.items() for _ in range(share)]
        self.all = [
            Customer(f"KH{number:04d}", number, kind, ids[kind], _tax_code(number), *_place(number))
            for number, kind in enumerate(kinds, 1)
        ]

    def of(self, kind: str) -> list[Customer]:
        """Return the customers of a kind."""
        return [one for one in self.all if one.kind == kind]

    def tables(self) -> dict[str, Rows]:
        """Return customers and how to reach them; a few can be reached on paper alone."""
        customers: Rows = [
            {
                "customer_id": one.id,
                "segment": one.segment,
                "name": f"{_NAMES[one.kind]} {one.number:03d}",
                "tax_code": one.tax_code,
                "province": one.province,
                "area": one.area,
                "rep_code": f"NV{one.number % 7 + 1:02d}",
            }
            for one in self.all
        ]
        contacts: Rows = []
        for one in self.all:
            ways = {"phone": one.phone, "email": f"kh{one.number:04d}@khach.example"}
            if one.number % 25 == 0:
                continue
            if one.number % 6 == 0:
                del ways["email"]
            contacts += [
                {
                    "customer_id": one.id,
                    "kind": kind,
                    "value": value,
                    "purpose": "giao dịch",
                    "preferred": "true" if kind == list(ways)[-1] else "false",
                }
                for kind, value in ways.items()
            ]
        return {"customers": customers, "contacts": contacts}


def _place(number: int) -> tuple[str, str, str]:
    return _PLACES[number * 5 % len(_PLACES)]


def _tax_code(number: int) -> str:
    """Return a code with a sound check digit that begins with 99, where no province does."""
    front = 9_900_000 + 10 * number
    while True:
        digits = f"99{front % 10**7:07d}"
        check = 10 - sum(w * int(one) for w, one in zip(_WEIGHTS, digits, strict=True)) % 11
        if check < 10:
            return f"{digits}{check}"
        front += 1
