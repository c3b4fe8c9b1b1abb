"""Real file systems for the tests: small ones that fill up, and one whose power can be cut."""

import fcntl
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

SHUTDOWN = 0x8004587D
"""The ioctl by which ext4 and xfs stop dead: no write reaches the disk after it."""
WITHOUT_FLUSHING = 2


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


@dataclass(frozen=True)
class PowerDisk:
    """An ext4 file system in a file, whose power can be cut."""

    path: Path
    image: Path

    def cut_power(self) -> None:
        """Stop the file system dead; what was not synced is gone. Works under open files."""
        folder = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, SHUTDOWN, struct.pack("I", WITHOUT_FLUSHING))
        finally:
            os.close(folder)

    def boot(self) -> None:
        """Mount again as after a restart; every file on it must have been closed."""
        subprocess.run(["umount", str(self.path)], check=True)
        _mount("-o", "loop", str(self.image), str(self.path))


@pytest.fixture
def power_disk(tmp_path: Path) -> Iterator[PowerDisk]:
    """Mount a disk whose power can be cut, or skip where loop devices are not allowed."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a disk whose power can be cut")
    mkfs = shutil.which("mkfs.ext4", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if mkfs is None:
        pytest.skip("no mkfs.ext4 on this machine")
    disk = PowerDisk(tmp_path / "disk", tmp_path / "image")
    disk.path.mkdir()
    with disk.image.open("wb") as image:
        image.truncate(32 << 20)
    subprocess.run([mkfs, "-q", "-F", str(disk.image)], check=True)
    try:
        _mount("-o", "loop", str(disk.image), str(disk.path))
    except subprocess.CalledProcessError:
        pytest.skip("this machine does not allow loop devices")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk.path)], check=True)
