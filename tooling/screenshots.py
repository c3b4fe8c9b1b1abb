"""Pictures of each kind of page at three widths, light and dark, to look at with one's own eyes."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from tooling.chromium import FLAGS, SCREENS, find_chromium
from tooling.page_kinds import ALL
from tooling.paths import OUTPUT
from tooling.preview import static_server

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def screenshots(folder: Path, output: Path = OUTPUT) -> Iterator[Path]:
    """Yield the path of each picture as it is taken, such as `home-phone-dark.png`.

    Raises:
        FileNotFoundError: there is no Chromium, or the site is not built.
    """
    # Playwright belongs to the test tools; serving and building do without it.
    from playwright.sync_api import sync_playwright

    executable = find_chromium()
    if executable is None or not output.is_dir():
        raise FileNotFoundError("screenshots need Chromium and a built site (inv build)")
    folder.mkdir(parents=True, exist_ok=True)
    with static_server("127.0.0.1", 0, output) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        for screen, (width, height) in SCREENS.items():
            for scheme in SCHEMES:
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme
                )
                page = context.new_page()
                for kind, url in ALL.items():
                    if not (output / url.lstrip("/")).exists():
                        continue  # The site was built for another day.
                    page.goto(f"http://127.0.0.1:{server.server_port}{url}")
                    target = folder / f"{kind}-{screen}-{scheme}.png"
                    page.screenshot(path=target, full_page=True)
                    yield target
                context.close()
        browser.close()
        server.shutdown()
