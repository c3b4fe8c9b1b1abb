"""When a page is on the site, and from when its words bind.

Pages may begin and end on a day written beforehand. What is promised or printed (commitments,
procedures, price sheets, catalogues) has versions and never vanishes; no version looks back.
"""

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from service_policy.values import Alias, Count, Day, Model, fault


class Addressed(Model):
    """A document with a page; ``aliases`` are addresses that it had, and that lead to it now.

    They are no part of what it says: a page that moves keeps the fingerprint of its words.
    """

    aliases: Annotated[tuple[Alias, ...], Field(exclude=True)] = ()


class Scheduled(Addressed):
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


class Announced(Addressed):
    """A document whose new version binds nobody before it was announced.

    ``announced_on`` is the day on which this version could first be read.
    """

    version: Annotated[Count, Field(gt=0)]
    announced_on: Day | None = None
    effective_from: Day

    @model_validator(mode="after")
    def _never_backwards(self) -> "Announced":
        if self.version > 1 and self.announced_on is None:
            raise fault(
                "not_announced",
                f"phiên bản {self.version} chưa ghi ngày công bố",
                "thêm announced_on: ngày đầu tiên khách đọc được bản này",
            )
        if self.announced_on is not None and self.effective_from < self.announced_on:
            raise fault(
                "retroactive",
                "áp dụng từ trước ngày công bố",
                "effective_from không được trước announced_on: lời mới không tính ngược về trước",
            )
        return self
