"""The worked examples of the domain: commitment, segment, facts, đồng."""

from service_policy.segments import SegmentId

WORKED: list[tuple[str, SegmentId, dict[str, int], int]] = [
    ("CK-04", "household", {"price_vnd": 2_390_000, "late_working_days": 3}, 144_000),
    ("CK-04", "household", {"price_vnd": 590_000, "late_working_days": 4}, 120_000),
    ("CK-04", "household", {"price_vnd": 7_490_000, "late_working_days": 20}, 2_247_000),
    ("CK-03", "household", {"late_working_days": 4}, 180_000),
    ("CK-09", "dealer", {"late_value_vnd": 84_000_000, "late_working_days": 2}, 840_000),
    ("CK-09", "project", {"late_value_vnd": 420_000_000, "late_working_days": 6}, 12_600_000),
    ("CK-09", "project", {"late_value_vnd": 420_000_000, "late_working_days": 20}, 33_600_000),
    ("CK-13", "household", {"difference_vnd": 60_000}, 120_000),
    ("CK-13", "household", {"difference_vnd": 12_000}, 50_000),
    (
        "CK-15",
        "household",
        {"price_vnd": 7_490_000, "months_used": 30, "warranty_months": 36},
        7_490_000,
    ),
    (
        "CK-15",
        "household",
        {"price_vnd": 7_490_000, "months_used": 48, "warranty_months": 36},
        3_210_000,
    ),
    (
        "CK-15",
        "household",
        {"price_vnd": 7_490_000, "months_used": 80, "warranty_months": 36},
        1_498_000,
    ),
    ("CK-17", "household", {"base_vnd": 50_000}, 100_000),
]
