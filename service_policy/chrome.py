"""What stands around every page: menu, footer, the tasks of the home page, the brand."""

from typing import Annotated, Literal

from pydantic import Field

from service_policy.brand import Brand
from service_policy.values import Model, NonEmpty, Text, YesNo

Icon = Literal[
    "card-lost", "clock", "complaint", "download", "folder", "info", "invoice", "mail", "phone",
    "price", "print", "question", "search", "shield",
]  # fmt: skip
"""Drawings of the theme that a task of the home page may have."""


class MenuLink(Model):
    """A place to go; the address is checked like a link in a text."""

    title: Text
    url: Text


Links = Annotated[tuple[MenuLink, ...], NonEmpty]


class Task(MenuLink):
    """Something people come for, on the home page."""

    text: Text
    icon: Icon | None = None


class LinkBlock(Model):
    """Links under a title."""

    title: Text
    links: Links


class Legal(LinkBlock):
    """What Decree 248/2026, articles 4 to 7, wants one click away from every page: four things."""

    links: Annotated[tuple[MenuLink, ...], Field(min_length=4)]
    all: MenuLink | None = None


class FooterColumn(LinkBlock):
    """A column of the footer; ``contact`` puts the company's telephone and mail at its head."""

    contact: YesNo = False
    note: Text | None = None


class Home(Model):
    """The home page: tasks, then promises, indicators and questions by their codes."""

    tasks: Annotated[tuple[Task, ...], NonEmpty]
    commitments: tuple[Text, ...] = ()
    indicators: tuple[Text, ...] = ()
    questions: tuple[Text, ...] = ()
    legal: tuple[MenuLink, ...] = ()


class Chrome(Model):
    """``giao-dien.yaml``.

    ``search_example`` stands in the empty search box, ``warranty_lead`` at the head of the page of
    warranty procedures, ``danger_lead`` is what to do before calling the safety line: what they
    say is the company's word, never the program's.
    """

    menu: Links
    action: MenuLink | None = None
    search_example: Text | None = None
    warranty_lead: Text | None = None
    danger_lead: Text | None = None
    legal: Legal
    footer: Annotated[tuple[FooterColumn, ...], NonEmpty]
    home: Home
    partners: LinkBlock | None = None
    brand: Brand
