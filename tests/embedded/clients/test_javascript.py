"""The official JavaScript client against the embedded stack: client.test.mjs, run by node."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from scripts.stack import web
from scripts.stack.layout import WEB
from tests.embedded.stacks import StackInfo

HERE = Path(__file__).parent


@pytest.fixture
def library(stack_info: StackInfo) -> Iterator[StackInfo]:
    """The shared stack with the tables of library.sql."""
    with psycopg.connect(stack_info.database_url, autocommit=True) as connection:
        connection.execute((HERE / "library.sql").read_bytes())
        yield stack_info
        connection.execute((HERE / "library_down.sql").read_bytes())


def test_the_official_javascript_client_cannot_tell_the_difference(library: StackInfo) -> None:
    """The client is the one that the pages use, from the web client's lock."""
    web.install_packages(WEB)
    environment = {
        **os.environ,
        "WEB_PACKAGE": str(WEB / "package.json"),
        "SUPABASE_URL": library.api_url,
        "SUPABASE_PUBLISHABLE_KEY": library.keys.publishable,
        "SUPABASE_SECRET_KEY": library.keys.secret,
    }
    # Node 20 has a WebSocket behind this option; later versions have it without and still take the option.
    options = ("--experimental-websocket", "--test", "--test-force-exit")  # the client's timers outlive its sockets
    command = ["node", *options, str(HERE / "client.test.mjs")]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
