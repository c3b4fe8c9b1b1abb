"""The public scorecard: what is counted, how it is written, and one month of it as data.

Pure: figures are integers, time is an argument. `indicators` says what K1 to K12 mean and how a
ratio is judged and written, `snapshot` what one month holds, `revise` how it is written and written
again, `orders` and `measure` where figures come from.
"""

from service_policy.scorecard.indicators import INDICATORS, Indicator, indicator
from service_policy.scorecard.snapshot import Figure, Snapshot

__all__ = ["INDICATORS", "Figure", "Indicator", "Snapshot", "indicator"]
