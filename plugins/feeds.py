"""Atom feeds: changes of the commitments and of the price sheets.

Entry ids are tag URIs (RFC 4151) made from the version, so that they stay the same when the site
moves to another address.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

from feedgenerator import Atom1Feed

from plugins.issue_view import sheet_views
from plugins.model import Files, Pages, Settings, SiteBuild

COMMITMENTS = "cam-ket/thay-doi.xml"
PRICES = "bang-gia/thay-doi.xml"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: `key` names it for ever, `day` is the day it takes effect or is issued."""

    key: str
    title: str
    url: str
    day: date
    summary: str


def files(site_build: SiteBuild, pages: Pages, settings: Settings) -> Files:
    """Return the two feeds; who has no price sheets has none of them."""
    name = site_build.library.company.short_name
    wanted = [(COMMITMENTS, "cam kết", commitment_entries(site_build))]
    if site_build.library.price_sheet_versions:
        wanted.append((PRICES, "bảng giá", price_entries(site_build)))
    return {
        path: _feed(site_build, f"{name}: thay đổi của {what}", path, entries)
        for path, what, entries in wanted
    }


def commitment_entries(site_build: SiteBuild) -> Iterable[Entry]:
    """Yield every version of every promise that is in force or was."""
    for one in site_build.library.policy.versions:
        if one.effective_from <= site_build.day:
            yield Entry(
                key=f"{one.id.lower()}/{one.version}",
                title=f"{one.id}: {one.title}, phiên bản {one.version}",
                url=one.version_url,
                day=one.effective_from,
                summary=one.change_note or one.promise,
            )


def price_entries(site_build: SiteBuild) -> Iterable[Entry]:
    """Yield every issued version of every price sheet, in words only.

    A reader keeps an entry for years, so none of them holds a price.
    """
    for one in sheet_views(site_build):
        sheet, issue = one.sheet, one.document.issue
        yield Entry(
            key=f"{sheet.slug}/{sheet.version}",
            title=f"{sheet.title}, phiên bản {sheet.version}{issue.standing(site_build.day)}",
            url=issue.url,
            day=sheet.issued_on,
            summary=sheet.changes or sheet.summary or f"{len(sheet.lines)} dòng giá.",
        )


def _feed(site_build: SiteBuild, title: str, path: str, entries: Iterable[Entry]) -> bytes:
    """Write a feed, the newest change first; its date is that of its newest entry."""
    base, website = site_build.public_url, site_build.library.company.website
    domain = urlsplit(website).netloc or website
    feed = Atom1Feed(
        title=title,
        link=f"{base}/{path.rpartition('/')[0]}/",
        feed_url=f"{base}/{path}",
        description=title,
        language="vi",
        author_name=site_build.library.company.name,
    )
    for entry in sorted(entries, key=lambda one: (one.day, one.key), reverse=True):
        moment = datetime.combine(entry.day, time(), UTC)
        feed.add_item(
            title=entry.title,
            link=f"{base}{entry.url}",
            description=entry.summary,
            unique_id=f"tag:{domain},{entry.day.isoformat()}:{entry.key}",
            pubdate=moment,
            updateddate=moment,
        )
    text: str = feed.writeString("utf-8")
    return text.encode()
