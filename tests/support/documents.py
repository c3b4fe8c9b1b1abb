"""A built site as far as documents go: their files, and the register that lists them."""

import hashlib
import json
from pathlib import Path
from typing import Any

from service_policy.register import Issue, Register

REQUEST: dict[str, Any] = {
    "document_ids": ["BG-2026.11"],
    "purpose": "buy",
    "send_by": "email",
    "segment": "household",
    "name": "Nguyễn Thị Mẫu",
    "email": "mau@khach.example",
}
"""A request for documents as a program sends it, complete and correct."""

LINES = [
    {"product_code": "NC-18C", "quantity": 20, "unit": "cái"},
    {"product_code": "CN-BT8", "quantity": 1},
]


def content_of(issue: Issue, kind: str) -> bytes:
    """Return what stands in the file of a version."""
    return f"{kind} of {issue.id} version {issue.version}: nồi cơm\n".encode()


def publish(site: Path, register: Register) -> Path:
    """Write the files of every version and the list of them; return the folder."""
    documents = []
    for issue in register.issues:
        files = {}
        for kind, url in issue.files.items():
            data = content_of(issue, kind)
            path = site / url.lstrip("/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            digest = hashlib.sha256(data).hexdigest()
            files[kind] = {"url": url, "bytes": len(data), "sha256": digest}
        documents.append({"id": issue.id, "version": issue.version, "files": files})
    listed = site / "tai-lieu" / "so-tai-lieu.json"
    listed.parent.mkdir(parents=True, exist_ok=True)
    listed.write_text(json.dumps({"built_on": "2026-11-23", "documents": documents}))
    return site
