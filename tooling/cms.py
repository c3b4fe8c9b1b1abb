"""`inv cms`: write the content of this folder in the browser, and see each saved change at once."""

import os

from plugins.editing.page import ADDRESS
from plugins.editing.repository import LOCAL, SETTING
from tooling.livereload import livereload

HOST = "127.0.0.1"
"""A browser opens folders for pages of this machine only."""


def cms(port: int) -> None:
    """Serve the editors' page beside the pages that it changes, until interrupted.

    The browser itself reads and writes the folder; the server only follows its changes, and shows
    what is wrong with them.

    Raises:
        ContentErrors: the content has faults at the start.
    """
    os.environ[SETTING] = os.environ.get(SETTING, "").strip() or LOCAL
    print("Mở địa chỉ dưới đây bằng Chrome hoặc Edge, chọn “Làm việc với kho mã nguồn cục bộ”,")
    print("rồi chọn thư mục gốc của kho git đang chứa nội dung (thư mục có .git).", flush=True)
    livereload(HOST, port, drafts=True, at=ADDRESS)
