"""A sandbox process of the tests' own, and a small server that plays the company's webhook."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import httpx

ROOT = Path(__file__).resolve().parents[2]
T = TypeVar("T")

WITH_US = ("setpriv", "--pdeathsig", "TERM", "--")
"""Before a command: it ends with the test run, also when that is killed."""


@dataclass(frozen=True)
class Sandbox:
    """A running sandbox, and its control API."""

    url: str

    def get(self, path: str) -> Any:
        """Return the JSON of a GET below /control."""
        return httpx.get(f"{self.url}/control/{path}").raise_for_status().json()

    def post(self, path: str, body: Any) -> Any:
        """Return the JSON of a POST below /control."""
        return httpx.post(f"{self.url}/control/{path}", json=body, timeout=30).raise_for_status().json()

    def switch(self, **switches: Any) -> None:
        """Set switches."""
        httpx.put(f"{self.url}/control/switches", json=switches).raise_for_status()

    def switch_off(self) -> None:
        """Turn all switches off."""
        httpx.post(f"{self.url}/control/reset", json={"switches_only": True}).raise_for_status()

    def customer_texts(self, customer: str, number: str, body: str) -> None:
        """Let a customer text a company's number."""
        self.post("texts", {"from": customer, "to": number, "body": body})

    def reset(self) -> None:
        """Forget everything."""
        httpx.post(f"{self.url}/control/reset").raise_for_status()

    def texts_on(self, number: str) -> list[dict[str, Any]]:
        """Return the texts that a phone received."""
        texts: list[dict[str, Any]] = self.get(f"phone/{number}")["texts"]
        return texts


@contextmanager
def running_sandbox(state: Path | None = None) -> Iterator[Sandbox]:
    """Start a sandbox on a free port and stop it afterwards."""
    port = free_port()
    command = [sys.executable, "-m", "scripts.sandbox", "--port", str(port)]
    process = subprocess.Popen([*WITH_US, *command, *(["--state", str(state)] if state else [])], cwd=ROOT)
    sandbox = Sandbox(f"http://127.0.0.1:{port}")
    try:
        wait_for(lambda: _is_up(sandbox), seconds=20)
        yield sandbox
    finally:
        process.terminate()
        process.wait(timeout=10)


@dataclass(frozen=True)
class Received:
    """One request that the company's webhook got."""

    path: str
    headers: dict[str, str]
    fields: dict[str, str]
    body: str


@dataclass
class Webhook:
    """The company's webhook: remembers requests; answers `answers` in turn, then 200 with `twiml`."""

    url: str
    received: list[Received] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    twiml: str = ""

    def wait_for(self, count: int, seconds: float = 30) -> list[Received]:
        """Return the requests when there are at least `count`."""
        wait_for(lambda: len(self.received) >= count, seconds=seconds)
        return self.received


@contextmanager
def running_webhook() -> Iterator[Webhook]:
    """Serve a webhook on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    webhook = Webhook(f"http://127.0.0.1:{server.server_port}")
    server.webhook = webhook  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield webhook
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        webhook: Webhook = self.server.webhook  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        fields = dict(parse_qsl(body, keep_blank_values=True))
        webhook.received.append(Received(self.path, dict(self.headers), fields, body))
        answer = webhook.twiml.encode()
        self.send_response(webhook.answers.pop(0) if webhook.answers else 200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the base class's name)
        """Keep quiet."""


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as candidate:
        candidate.bind(("127.0.0.1", 0))
        port: int = candidate.getsockname()[1]
        return port


def wait_for(found: Callable[[], T], seconds: float = 30) -> T:
    """Return the first true result of `found`; fails after `seconds`."""
    until = time.monotonic() + seconds
    while not (result := found()):
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.03)
    return result


def _is_up(sandbox: Sandbox) -> bool:
    try:
        return httpx.get(f"{sandbox.url}/control/health").is_success
    except httpx.TransportError:
        return False
