"""When a page is on the site: pages that begin or end on a day written beforehand.

What is promised or printed (commitments, procedures, price sheets, catalogues) has versions and
days of its own and never vanishes; these days are for the other kinds.
"""

from datetime import date

from pydantic import model_validator

from service_policy.values import Day, Model, fault


class Scheduled(Model):
    """A document that may appear and end by itself; both days belong to its time on the site."""

    publish_from: Day | None = None
    publish_until: Day | None = None

    @model_validator(mode="after")
    def _days_in_order(self) -> "Scheduled":
        if self.publish_from and self.publish_until and self.publish_until < self.publish_from:
            raise fault("dates_reversed", "ngày gỡ trước ngày đăng", "sửa publish_until")
        return self

    def shown_on(self, day: date) -> bool:
        """Say whether the page is on the site on ``day``."""
        begun = self.publish_from is None or self.publish_from <= day
        return begun and (self.publish_until is None or day <= self.publish_until)
