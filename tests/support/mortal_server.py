"""The embedded server in a process that can be killed with ``kill -9`` and started again.

It comes back on the same port with the same database and the same secret, as after a power cut.
"""

import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.company import environment

ROOT = Path(__file__).resolve().parents[2]
SERVE = """
import sys
from pathlib import Path
from forms_api.embedded import main
main("127.0.0.1", int(sys.argv[1]), Path(sys.argv[2]))
"""


@dataclass
class MortalServer:
    """A server that is killed and started; ``folder`` holds everything that survives it."""

    folder: Path
    output: Path
    port: int = 0
    process: "subprocess.Popen[str] | None" = field(default=None, repr=False)
    reader: threading.Thread = field(default_factory=threading.Thread, repr=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "MortalServer":
        """Start it and wait until it answers."""
        if not self.port:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(self.port), str(self.output)],
            cwd=ROOT,
            env=environment(PORTAL_VAR_DIR=str(self.folder), PYTHONWARNINGS="ignore"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("Ready: "), line
        self.reader = threading.Thread(target=self.process.stdout.read, daemon=True)
        self.reader.start()
        return self

    def kill(self) -> None:
        """End it as the kernel does, in the middle of whatever it is doing."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def again(self) -> None:
        """Kill it and start it again."""
        self.kill()
        self.start()
