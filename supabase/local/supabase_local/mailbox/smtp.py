"""The SMTP port of the mailbox: takes every mail that a program on this machine sends and delivers none."""

from __future__ import annotations

import asyncio
import logging
import socket
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import getaddresses

from aiosmtpd.smtp import SMTP, Envelope, Session

from supabase_local.mailbox.headers import header_values
from supabase_local.mailbox.store import Mailbox

LARGEST_MAIL = 25 * 2**20
"""Bytes; announced by SIZE, and larger mails are refused with 552."""
_CALLERS_SECONDS = 60.0
"""A client that says nothing for so long is disconnected."""

# One line for each command would drown the stack's log.
logging.getLogger("mail.log").setLevel(logging.WARNING)


class SmtpServer:
    """The SMTP server on a given socket; it knows neither TLS nor passwords, as it listens on loopback only."""

    def __init__(self, mailbox: Mailbox, listening: socket.socket) -> None:
        self._mailbox, self._listening = mailbox, listening
        self._started = asyncio.Event()

    async def run_until_cancelled(self) -> None:
        """Take mails. Cancelled, it takes no further connection; an open one ends with the process."""
        server = await asyncio.get_running_loop().create_server(self._conversation, sock=self._listening)
        self._started.set()
        try:
            await server.serve_forever()
        finally:
            server.close()

    async def wait_until_started(self) -> None:
        """Return when mails are taken."""
        await self._started.wait()

    def _conversation(self) -> SMTP:
        return SMTP(
            _Keeper(self._mailbox),
            data_size_limit=LARGEST_MAIL,
            enable_SMTPUTF8=True,
            hostname="localhost",
            ident="embedded Supabase mailbox",
            timeout=_CALLERS_SECONDS,
            loop=asyncio.get_running_loop(),
        )


class _Keeper:
    """Puts mails into the mailbox; its method is named as aiosmtpd calls it."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - its hook
        """Keep one mail and answer the line that the client gets."""
        mail_id = await asyncio.to_thread(self._mailbox.add_raw, with_envelope(envelope))
        return f"250 OK: kept as {mail_id}"


def with_envelope(envelope: Envelope) -> bytes:
    """Return the message with what only its envelope says, in the headers that Mailpit adds for it.

    ``Return-Path`` is the sender of the envelope, ``Bcc`` lists the recipients that no header names.
    """
    content = envelope.content or b""
    raw = content if isinstance(content, bytes) else content.encode()
    added = f"Return-Path: <{envelope.mail_from or ''}>\r\n"
    if hidden := _hidden_recipients(raw, envelope.rcpt_tos):
        added += f"Bcc: {', '.join(hidden)}\r\n"
    return added.encode() + raw


def _hidden_recipients(raw: bytes, recipients: list[str]) -> list[str]:
    message: EmailMessage = message_from_bytes(raw, policy=WIRE)
    named = getaddresses([value for name in ("To", "Cc", "Bcc") for value in header_values(message, name)])
    known = {address.lower() for _, address in named}
    return [address for address in dict.fromkeys(recipients) if address.lower() not in known]
