"""Dated legal references: every law the site cites, with the days it is in force."""

from datetime import date
from typing import Annotated

from pydantic import model_validator

from service_policy.values import Day, Model, NonEmpty, Slug, Text, fault


class LegalReference(Model):
    """A law, decree or circular: its number, its days in force and what replaced it."""

    id: Slug
    title: Text
    short: Text
    number: Text
    effective_from: Day
    effective_to: Day | None = None
    successor: Slug | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "LegalReference":
        if self.effective_to and self.effective_to < self.effective_from:
            raise fault("dates_reversed", "hết hiệu lực trước khi có hiệu lực", "sửa lại ngày")
        return self

    def in_force(self, day: date) -> bool:
        """Say whether the reference is in force on ``day``."""
        ended = self.effective_to is not None and self.effective_to < day
        return self.effective_from <= day and not ended


class LegalReferences(Model):
    """``can-cu.yaml``."""

    references: Annotated[tuple[LegalReference, ...], NonEmpty]

    def get(self, citation: str) -> LegalReference | None:
        """Return the reference that a citation such as ``luat-19-2023:30.2`` names, or None."""
        wanted = citation.partition(":")[0]
        return next((one for one in self.references if one.id == wanted), None)

    def words(self, citation: str) -> str:
        """Say a citation in words: ``khoản 2 Điều 30 Luật …``.

        Raises:
            KeyError: no such reference.
        """
        reference = self.get(citation)
        if reference is None:
            raise KeyError(citation)
        article, *parts = citation.partition(":")[2].split(".")
        if not article:
            return reference.short
        labels = ("khoản", "điểm")
        inner = [f"{label} {part}" for label, part in zip(labels, parts, strict=False)]
        return " ".join([*reversed(inner), f"Điều {article}", reference.short])
