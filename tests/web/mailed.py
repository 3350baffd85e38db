"""Links in mails, as people follow them: out of the mailbox into the browser."""

from __future__ import annotations

import html
import re

import httpx

from tests.support.stack import RunningStack


def mailed_link(stack: RunningStack, email: str, page: str = "confirm") -> str:
    """Return the link to a page of ours in the newest mail to an address: it is there when the service has answered."""
    with httpx.Client(base_url=f"{stack.mailbox_url}/api/v1") as mailbox:
        found = mailbox.get("/search", params={"query": f"to:{email}"}).raise_for_status().json()
        mail = mailbox.get(f"/message/{found['messages'][0]['ID']}").raise_for_status().json()
    link = re.search(rf'href="([^"]+/{page}#[^"]+)"', mail["HTML"])
    assert link, mail["HTML"]
    return html.unescape(link[1])
