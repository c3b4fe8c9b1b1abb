"""A real nginx with the site file of ``deploy/``, on free ports, with a certificate of its own."""

import http.client
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.portal_process import free_port
from tooling.paths import ROOT

SITE_FILE = ROOT / "deploy/nginx.conf"
NAME = "cam-ket.example"


@dataclass(frozen=True)
class Nginx:
    """A running nginx: its two ports and the certificate that it shows."""

    plain_port: int
    tls_port: int
    certificate: Path


class Secure(http.client.HTTPConnection):
    """A connection from an address of ours to the site's name at nginx."""

    def __init__(self, nginx: Nginx, client: str = "127.0.0.1") -> None:
        super().__init__("127.0.0.1", nginx.tls_port, timeout=120, source_address=(client, 0))
        self._context = ssl.create_default_context(cafile=str(nginx.certificate))

    def connect(self) -> None:
        super().connect()
        self.sock = self._context.wrap_socket(self.sock, server_hostname=NAME)


def binary() -> str:
    """Return where nginx is; Debian keeps it out of the path of ordinary users."""
    return shutil.which("nginx") or "/usr/sbin/nginx"


def make_certificate(folder: Path) -> Path:
    """Make a certificate for the name of the site, signed by itself."""
    certificate = folder / "fullchain.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2"
        f" -subj /CN={NAME} -addext subjectAltName=DNS:{NAME}"
        f" -keyout {folder / 'privkey.pem'} -out {certificate}"
    )
    subprocess.run(command.split(), check=True, capture_output=True, timeout=180)
    return certificate


def configuration(folder: Path, ports: Sequence[int], plain: int, tls: int) -> str:
    """Return a whole configuration: the site file with its ports and paths replaced."""
    servers = "".join(f"server 127.0.0.1:{port};\n" for port in ports)
    changes: Mapping[str, str] = {
        "server 127.0.0.1:8000;": servers,
        "listen [::]:80 default_server;": "",
        "listen [::]:443 ssl default_server;": "",
        "listen [::]:80;": "",
        "listen [::]:443 ssl http2;": "",
        "listen 80": f"listen {plain}",
        "listen 443": f"listen {tls}",
        "/etc/ssl/cam-ket": str(folder),
        "/var/www/acme": str(folder / "acme"),
    }
    site = SITE_FILE.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in site, f"{old} is not in {SITE_FILE}"
        site = site.replace(old, new)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"worker_processes 2;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        "events { worker_connections 512; }\n"
        f"http {{\naccess_log off;\n{temporary}{site}\n}}\n"
    )


def check(file: Path) -> subprocess.CompletedProcess[str]:
    """Let nginx say whether a configuration is sound."""
    command = [binary(), "-t", "-c", str(file)]
    return subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)


@contextmanager
def nginx_before(folder: Path, *ports: int) -> Iterator[Nginx]:
    """Run nginx before the servers at ``ports`` until the end of the block."""
    folder.mkdir(exist_ok=True)
    plain, tls = free_port(), free_port()
    certificate = make_certificate(folder)
    file = folder / "nginx.conf"
    file.write_text(configuration(folder, ports, plain, tls), encoding="utf-8")
    process = subprocess.Popen(
        [binary(), "-c", str(file), "-g", "daemon off;"], stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 60
        while not _answers(tls):
            assert process.poll() is None, (folder / "error.log").read_text(encoding="utf-8")
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield Nginx(plain, tls, certificate)
    finally:
        process.terminate()
        process.wait(timeout=180)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
