"""Files that only their owner may read, and that are on the disk once they are written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a new file to write; its bytes are forced to the disk at the end.

    Raises:
        OSError: the file exists, or the disk did not take it.
    """
    with open(path, "xb", opener=partial(os.open, mode=0o600)) as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def sync(folder: Path) -> None:
    """Force the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
