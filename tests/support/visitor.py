"""A visitor without scripts: reads a page's forms, fills them in and presses a button."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.html import Document

Files = list[tuple[str, bytes]]
"""Names and contents of files that were chosen for one field."""
_BOUNDARY = "----a-visitor-without-scripts"


@dataclass
class Form:
    """A form of a page: where it goes, what is in it, and its buttons (words, name, value)."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str, str, str]] = field(default_factory=list)


@dataclass
class Seen:
    """A page as a visitor sees it."""

    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def html(self) -> str:
        return self.response.text

    @cached_property
    def document(self) -> Document:
        return Document(self.html)

    @property
    def title(self) -> str:
        return self.document.one("title").text

    @property
    def errors(self) -> dict[str, str]:
        """What the summary of errors says: message by the id that it links to."""
        links = [one for one in self.document.all("a") if one.get("href").startswith("#")]
        ids = self.document.ids()
        return {
            link.get("href")[1:]: link.text
            for link in links
            if f"{link.get('href')[1:]}-error" in ids
        }

    @cached_property
    def forms(self) -> list[Form]:
        """The forms that post, in order."""
        found: list[Form] = []
        select = ""
        for element in self.document.elements:
            if element.tag == "form":
                found.append(Form(element.get("action"), element.get("method").lower()))
            if not found:
                continue
            form, name = found[-1], element.get("name")
            if element.tag == "input":
                ticked = "checked" in element.attributes
                if element.get("type") not in ("radio", "checkbox") or ticked:
                    form.fields[name] = element.get("value")
            elif element.tag == "textarea":
                form.fields[name] = "".join(element.pieces).removeprefix("\n")
            elif element.tag == "select":
                select = name
            elif element.tag == "option" and "selected" in element.attributes:
                form.fields[select] = element.get("value")
            elif element.tag == "button":
                form.buttons.append(
                    (element.text, name, element.get("value"), element.get("formaction"))
                )
        return [form for form in found if form.method == "post"]


class Visitor:
    """Goes from page to page with one browser."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, url: str) -> Seen:
        return Seen(self.client.get(url))

    def press(self, page: Seen, button: str, values: dict[str, Any] | None = None) -> Seen:
        """Fill ``values`` into the form that has this button, and press it.

        A value is a text, or ``Files``; an empty list is a field in which nothing was chosen.
        """
        for form in page.forms:
            for words, name, value, action in form.buttons:
                if words == button:
                    sent = {**form.fields, **(values or {}), **({name: value} if name else {})}
                    return self._post(action.split("#")[0] or form.action, sent)
        raise AssertionError(f"no button {button!r} on {page.title!r}")

    def _post(self, url: str, sent: dict[str, Any]) -> Seen:
        if all(isinstance(one, str) for one in sent.values()):
            return Seen(self.client.post(url, data=sent))
        content_type = f"multipart/form-data; boundary={_BOUNDARY}"
        return Seen(self.client.post(url, data=in_parts(sent), content_type=content_type))


def in_parts(sent: dict[str, Any]) -> bytes:
    """Write a form as browsers do when it has files (RFC 7578)."""
    parts = []
    for name, value in sent.items():
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'
        if isinstance(value, str):
            parts.append(f"{head}\r\n\r\n{value}\r\n".encode())
            continue
        for filename, data in value or [("", b"")]:
            escaped = filename.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
            kind = "Content-Type: application/octet-stream"
            beginning = f'{head}; filename="{escaped}"\r\n{kind}\r\n\r\n'
            parts.append(beginning.encode() + data + b"\r\n")
    return b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()
