"""What the project's gateway shows to somebody who has only the publishable key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from scripts.project.findings import Finding, compared, judged

SECONDS = 10.0
NEVER_EXPOSED = "fieldlite_check"
"""A schema that does not exist: the refusal names those that are exposed."""


def check_data_api(supabase_url: str, publishable_key: str) -> Iterator[Finding]:
    """Which schemas are exposed."""
    headers = {"apikey": publishable_key, "Accept-Profile": NEVER_EXPOSED}
    try:
        answer = httpx.get(f"{supabase_url}/rest/v1/tenants", headers=headers, timeout=SECONDS)
        refusal = answer.json()
    except (httpx.HTTPError, ValueError) as problem:
        yield Finding("fail", f"the Data API answers: {problem}", "Check FIELDLITE_SUPABASE_URL.")
        return
    if refusal.get("code") != "PGRST106":
        message = refusal.get("message", answer.status_code)
        yield Finding("fail", f"the Data API answers: {message}", "Check FIELDLITE_SUPABASE_PUBLISHABLE_KEY.")
        return
    told = f"{refusal.get('message', '')} {refusal.get('hint') or ''}"
    exposed = set(re.findall(r"[\w-]+", told.rpartition(":")[2]))
    yield judged(
        "the Data API exposes schema public only",
        sorted(exposed - {"public"}),
        "API settings, exposed schemas: leave public alone.",
    )


def check_channels(supabase_url: str, publishable_key: str) -> Iterator[Finding]:
    """Whether anybody with the key may talk on public channels."""
    title = "public live channels are off"
    try:
        reply = _join_public_channel(supabase_url, publishable_key)
    except (OSError, WebSocketException, ValueError) as problem:
        yield Finding("fail", f"Realtime answers: {problem}", "Check that Realtime is enabled.")
        return
    yield compared(title, good=reply != "ok", advice="Realtime settings: switch 'Allow public access to channels' off.")


def _join_public_channel(supabase_url: str, publishable_key: str) -> str:
    """Ask to join a public channel and return the reply's status: ``ok`` or ``error``."""
    parts = urlsplit(supabase_url)
    scheme = "wss" if parts.scheme == "https" else "ws"
    url = f"{scheme}://{parts.netloc}/realtime/v1/websocket?apikey={publishable_key}&vsn=1.0.0"
    join = {
        "topic": "realtime:fieldlite-check",
        "event": "phx_join",
        "payload": {"config": {"private": False}},
        "ref": "1",
        "join_ref": "1",
    }
    with connect(url, open_timeout=SECONDS, close_timeout=1) as socket:
        socket.send(json.dumps(join))
        while True:
            message = json.loads(socket.recv(timeout=SECONDS))
            if message["event"] == "phx_reply" and message["ref"] == "1":
                return str(message["payload"]["status"])
