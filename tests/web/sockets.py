"""What a page's sockets said and heard, frame by frame: the proof that needs no page."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, WebSocket


@dataclass
class Sockets:
    """The text frames of every socket that a page opens after this object was made, oldest first."""

    sent: list[Any] = field(default_factory=list)
    received: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page) -> Sockets:
        """Listen to the page's sockets."""
        sockets = cls()
        page.on("websocket", sockets.follow)
        return sockets

    def follow(self, socket: WebSocket) -> None:
        """Note the frames of one socket."""
        socket.on("framesent", lambda frame: self.sent.append(json.loads(frame)))
        socket.on("framereceived", lambda frame: self.received.append(as_text(frame)))

    def joins(self) -> list[dict[str, Any]]:
        """Return the payloads with which channels were joined."""
        return [payload for event, payload in map(parts_of, self.sent) if event == "phx_join"]

    def renewed_tokens(self) -> list[str]:
        """Return the tokens that were handed to channels after their joining."""
        return [payload["access_token"] for event, payload in map(parts_of, self.sent) if event == "access_token"]

    def heard(self, words: str) -> bool:
        """Whether a frame with these words has arrived."""
        return any(words in frame for frame in self.received)


def as_text(frame: str | bytes) -> str:
    """Return a frame's text; broadcasts may come in binary frames with JSON inside."""
    return frame.decode(errors="replace") if isinstance(frame, bytes) else frame


def parts_of(frame: Any) -> tuple[str, Any]:
    """Return the event and the payload of a frame: an object, or an array of five as of protocol 2."""
    if isinstance(frame, dict):
        return frame["event"], frame["payload"]
    return frame[3], frame[4]


def expiry_of(token: str) -> int:
    """Return the second at which an access token ends, in Unix time."""
    body = token.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return int(claims["exp"])
