"""Small real file systems for the tests: one that fills up, one that turns read-only."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class SmallDisk:
    """A mounted file system of a few hundred kilobytes."""

    path: Path

    def fill(self) -> Path:
        """Take every free byte; delete the returned file to free them again."""
        hog = self.path / "hog"
        with hog.open("wb", buffering=0) as file:
            for size in (65536, 4096, 512, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    continue
        return hog

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """Make the file system read-only for a while."""
        _mount("-o", "remount,ro", str(self.path))
        try:
            yield
        finally:
            _mount("-o", "remount,rw", str(self.path))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """Mount a small file system, or skip where this is not allowed."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small file system")
    path = tmp_path / "disk"
    path.mkdir()
    try:
        _mount("-t", "tmpfs", "-o", "size=600k", "tmpfs", str(path))
    except subprocess.CalledProcessError:
        pytest.skip("this machine does not allow mounting")
    yield SmallDisk(path)
    subprocess.run(["umount", "--lazy", str(path)], check=True)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)
