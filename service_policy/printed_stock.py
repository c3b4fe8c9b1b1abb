"""Printed documents in the shops: how many there are, and how many there have to be."""

from typing import Annotated

from pydantic import Field

from service_policy.register import IssueKind
from service_policy.values import Count, Day, Model, Text


class Norm(Model):
    """How many copies of a kind of document every shop keeps."""

    document: IssueKind
    at_least: Annotated[Count, Field(gt=0)]


class Copies(Model):
    """How many copies of a kind of document were counted."""

    document: IssueKind
    count: Count


class Shop(Model):
    """A shop and its last count."""

    name: Text
    counted_on: Day
    copies: tuple[Copies, ...]

    def count(self, document: IssueKind) -> int:
        """Return how many copies there were; a kind that nobody counted has none."""
        return sum(one.count for one in self.copies if one.document == document)


class PrintedStock(Model):
    """``ton-an-pham.yaml``; who prints nothing has neither norms nor shops."""

    norms: tuple[Norm, ...] = ()
    shops: tuple[Shop, ...] = ()
