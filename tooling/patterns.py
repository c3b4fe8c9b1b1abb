"""The pattern page: every component of the theme once, to look at while working on it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from plugins.files import brand_files
from service_policy.brand import FOLDER
from theme.assets import STATIC
from theme.context import Page, Site
from theme.env import build_environment
from tooling.check import check
from tooling.paths import CONTENT, VAR
from tooling.preview import static_server

PAGE: Final = Page(
    title="Bảng mẫu thành phần",
    description="Mọi thành phần của giao diện, mỗi thứ một lần.",
    url="/bang-mau/",
    kind="patterns",
    noindex=True,
)
_MOMENTS: Final = {
    "received": datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
    "taken": datetime(2026, 11, 23, 4, 30, tzinfo=UTC),
    "due": datetime(2026, 12, 3, 10, 0, tzinfo=UTC),
}


def write_patterns(folder: Path) -> Path:
    """Render the pattern page into `folder`, the theme's files beside it; return its file."""
    page = folder / PAGE.url.strip("/") / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    files = folder / "theme"
    if not files.exists():
        files.symlink_to(STATIC)
    library = check()
    for name, content in brand_files(library.look, CONTENT / FOLDER).items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
    html = (
        build_environment()
        .get_template("patterns.html")
        .render(company=library.company, site=Site.of(library, ""), page=PAGE, **_MOMENTS)
    )
    page.write_text(html, encoding="utf-8")
    return page


def serve_patterns(host: str, port: int) -> None:
    """Serve the pattern page until interrupted."""
    folder = VAR / "patterns"
    write_patterns(folder)
    with static_server(host, port, folder) as server:
        print(f"Ready: http://{host}:{server.server_port}{PAGE.url}", flush=True)
        server.serve_forever()
