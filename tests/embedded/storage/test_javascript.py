"""The official JavaScript client against the embedded Storage: storage.test.mjs, run by node."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from scripts.stack import web
from scripts.stack.layout import WEB
from tests.embedded.storage.desk import Person


def test_the_official_javascript_client_cannot_tell_the_difference(ann: Person) -> None:
    """The client is the one that the pages use, from the web client's lock."""
    web.install_packages(WEB)
    environment = {
        **os.environ,
        "WEB_PACKAGE": str(WEB / "package.json"),
        "SUPABASE_URL": ann.info.api_url,
        "SUPABASE_PUBLISHABLE_KEY": ann.info.keys.publishable,
        "SUPABASE_SECRET_KEY": ann.info.keys.secret,
        "PERSON_TOKEN": ann.token,
        "TENANT": ann.tenant,
    }
    # Node 20 has a WebSocket, which the client wants, behind this option; later versions still take it.
    options = ("--experimental-websocket", "--test", "--test-force-exit")
    command = ["node", *options, str(Path(__file__).with_name("storage.test.mjs"))]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
