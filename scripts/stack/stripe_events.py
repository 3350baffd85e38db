"""Tells the sandbox where the service takes Stripe's events; at the real Stripe, the dashboard is told."""

from __future__ import annotations

import http.client
import json
from urllib.parse import urlsplit

from scripts.stack.console import StackError

_PATH = "/control/stripe/endpoint"


def send_to(service_url: str, sandbox_url: str) -> None:
    """Set the address of the events; the sandbox keeps it over a restart. Raises StackError when it will not."""
    connection = http.client.HTTPConnection(urlsplit(sandbox_url).netloc, timeout=10)
    body = json.dumps({"url": f"{service_url}/api/stripe/webhook"})
    try:
        connection.request("PUT", _PATH, body, {"Content-Type": "application/json"})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise StackError(f"The sandbox did not answer {_PATH}: {error}") from error
    finally:
        connection.close()
    if status != http.client.OK:
        raise StackError(f"The sandbox answered {_PATH} with {status}.")
