"""`inv publish --to`: copy the built site to a folder or a host, and nowhere else."""

import re
import shutil
import subprocess
from pathlib import Path

from service_policy.content import Library
from service_policy.content.library import page_urls
from service_policy.content.published import FILE, keep_published
from tooling.fingerprint import STAMP
from tooling.paths import CONTENT, OUTPUT, ROOT
from tooling.words import Refused

_REMOTE = re.compile(r"rsync://\S+|[^/\\\s:-][^/\\\s:]*::?.+", re.DOTALL)


def target_of(to: str) -> str:
    """Return where to copy to: a host as it was typed, a folder as an absolute path.

    What is in the folder and not in the site is removed, so a folder that holds something else is
    refused.

    Raises:
        Refused: the place cannot be one for the site.
    """
    if not to.strip():
        raise Refused("--to: ghi thư mục hoặc máy chủ:/thư-mục")
    if _REMOTE.fullmatch(to):
        if shutil.which("rsync") is None:
            raise Refused("chưa có rsync trên máy này; cài gói rsync rồi chạy lại")
        return to
    if to.startswith("-"):
        raise Refused(f"--to {to}: không phải thư mục hay máy chủ")
    folder = Path(to).expanduser().absolute()
    real = folder.resolve()
    for ours in (ROOT, CONTENT, OUTPUT):
        kept = ours.resolve()
        if real.is_relative_to(kept) or kept.is_relative_to(real):
            raise Refused(f"--to {folder}: nằm trong hoặc chứa dự án; chọn thư mục khác")
    if folder.exists() and not folder.is_dir():
        raise Refused(f"--to {folder}: là một tệp, không phải thư mục")
    if not folder.parent.is_dir():
        raise Refused(f"--to {folder}: không có thư mục {folder.parent}")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / STAMP).is_file():
        fix = "chọn thư mục trống, hoặc thư mục đã xuất bản lần trước"
        raise Refused(f"--to {folder}: đang chứa thứ khác, xuất bản sẽ xóa mất; {fix}")
    return f"{folder}/"


def copy_site(target: str, output: Path = OUTPUT) -> None:
    """Make `target` equal to the built site; a reader never sees half of a file.

    Raises:
        Refused: rsync failed, or the folder cannot be written.
    """
    if target.endswith("/") and Path(target).is_absolute():
        try:
            _mirror(output, Path(target))
        except OSError as error:
            raise Refused(f"--to {target}: {error.filename}: {error.strerror}") from error
        return
    command = ["rsync", "--archive", "--delete-delay", "--delay-updates", f"{output}/", target]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or [f"rsync {done.returncode}"])[0]
        raise Refused(f"không chép được đến {target}: {said}")


def _mirror(source: Path, folder: Path) -> None:
    """Make a folder equal to the site: new files first, each whole; then the old ones go."""
    wanted = {file.relative_to(source) for file in source.rglob("*") if file.is_file()}
    for name in sorted(wanted):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{file.name}.new")
        shutil.copy2(source / name, fresh)
        fresh.replace(file)
    for old in sorted(folder.rglob("*"), reverse=True):
        if old.is_dir() and not old.is_symlink():
            if not any(old.iterdir()):
                old.rmdir()
        elif old.relative_to(folder) not in wanted:
            old.unlink()


def remember(library: Library, content: Path = CONTENT) -> str:
    """Keep the addresses that are public now; returns a line for the person, or ""."""
    try:
        fresh = keep_published(content, page_urls(library))
    except OSError as error:
        return f"{content / FILE}: không ghi được địa chỉ đã công bố ({error.strerror})"
    return f"{content / FILE}: thêm {fresh} địa chỉ, hãy đưa vào git" if fresh else ""
