"""What shops keep for customers: how much there is, and how much there has to be."""

from typing import Annotated, Literal

from pydantic import Field

from service_policy.register import IssueKind
from service_policy.values import Count, Day, Model, Text

StockKind = Literal[IssueKind, "hang-mau", "bang-gioi-thieu"]
"""Printed documents of the register, samples of goods, and sheets that introduce a product."""


class Norm(Model):
    """How many pieces of a kind every shop keeps."""

    document: StockKind
    at_least: Annotated[Count, Field(gt=0)]


class Copies(Model):
    """How many pieces of a kind were counted."""

    document: StockKind
    count: Count


class Shop(Model):
    """A shop and its last count."""

    name: Text
    counted_on: Day
    copies: tuple[Copies, ...]

    def count(self, document: StockKind) -> int:
        """Return how many pieces there were; a kind that nobody counted has none."""
        return sum(one.count for one in self.copies if one.document == document)


class PrintedStock(Model):
    """``ton-an-pham.yaml``; who prints nothing has neither norms nor shops."""

    norms: tuple[Norm, ...] = ()
    shops: tuple[Shop, ...] = ()
