"""The service as a process of its own, with settings of its own; and a wire to the database that can be cut."""

from __future__ import annotations

import os
import selectors
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from tests.sandbox.running import WITH_US

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_service(settings: Mapping[str, str], log: Path) -> Iterator[str]:
    """The service under gunicorn on a free port, as in production; yields its address once it lives."""
    url = f"http://127.0.0.1:{free_port()}"
    command = [*WITH_US, sys.executable, "-P", "-m", "gunicorn", "--bind", url[7:]]
    command += ["--config", str(ROOT / "gunicorn.conf.py")]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **settings}, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_it_lives(process, url, log)
            yield url
        finally:
            process.terminate()
            process.wait(20)


def _wait_until_it_lives(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < until:
        with suppress(httpx.TransportError):
            if httpx.get(f"{url}/api/v1/health").status_code == 200:
                return
        time.sleep(0.05)
    raise AssertionError(log.read_text())


class Wire:
    """A TCP forwarder that stands between the service and the database: whole, cut (refuses and hangs up) or frozen."""

    def __init__(self, target: str) -> None:
        """`target`: a DSN whose host and port are forwarded to."""
        parts = urlsplit(target)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 5432)
        self.port = free_port()
        self._selector = selectors.DefaultSelector()
        self._peers: dict[socket.socket, socket.socket] = {}
        self._frozen = self._closing = False
        self._listener: socket.socket | None = None
        self._lock = threading.RLock()
        self.mend()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def through(self, dsn: str) -> str:
        """The same DSN by way of this wire."""
        parts = urlsplit(dsn)
        userinfo = parts.netloc.rpartition("@")[0]
        return parts._replace(netloc=f"{userinfo}@127.0.0.1:{self.port}").geturl()

    def mend(self) -> None:
        """Forward again, on the same port."""
        with self._lock:
            self._frozen = False
            if self._listener is None:
                self._listener = socket.create_server(("127.0.0.1", self.port))
                self._listener.setblocking(False)
                self._selector.register(self._listener, selectors.EVENT_READ)

    def freeze(self) -> None:
        """Accept and read nothing more, and hang up on nobody: a database that is stopped, or a network that drops."""
        with self._lock:
            self._frozen = True

    def cut(self) -> None:
        """Hang up on everybody and refuse connections: a database that is down."""
        with self._lock:
            if self._listener is not None:
                self._selector.unregister(self._listener)
                self._listener.close()
                self._listener = None
            for end in list(self._peers):
                self._drop(end)

    def close(self) -> None:
        self._closing = True
        self._thread.join(5)
        self.cut()
        self._selector.close()

    def _run(self) -> None:
        while not self._closing:
            if self._frozen:
                time.sleep(0.01)
                continue
            for key, _ in self._selector.select(0.05):
                with self._lock:
                    self._forward(key.fileobj)

    def _forward(self, end: object) -> None:
        if end is self._listener and self._listener is not None:
            accepted, _ = self._listener.accept()
            self._pair(accepted, socket.create_connection(self._target))
        elif isinstance(end, socket.socket) and end in self._peers:
            data = b""
            with suppress(OSError):
                data = end.recv(65536)
            if data:
                with suppress(OSError):
                    self._peers[end].sendall(data)
            else:
                self._drop(end)

    def _pair(self, one: socket.socket, other: socket.socket) -> None:
        for end, peer in ((one, other), (other, one)):
            self._peers[end] = peer
            self._selector.register(end, selectors.EVENT_READ)

    def _drop(self, end: socket.socket) -> None:
        peer = self._peers.get(end)
        for closing in (end, peer):
            if closing is not None and self._peers.pop(closing, None) is not None:
                self._selector.unregister(closing)
                closing.close()
