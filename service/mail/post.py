"""The one door to an SMTP server. A mail that cannot be handed over is reported to the caller, and not tried again."""

from __future__ import annotations

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, localtime, make_msgid

from service.logs import get_logger
from service.mail.relay import Relay, parse_address, parse_relay, parse_sender
from service.settings import Settings

SECONDS = 5.0
"""What the server may take for each of its answers."""

_log = get_logger("fieldlite.mail")


class Post:
    """Hands mails over. Keeps no connection, so it is safe to share between threads."""

    def __init__(self, relay: Relay | None, sender: Address | None) -> None:
        """Without a relay and a sender it hands over nothing, as in a trial."""
        self._relay = relay
        self._sender = sender

    def send(self, recipient: str, subject: str, text: str, html: str) -> bool:
        """Whether the server took the mail. `recipient` is a bare address, `subject` one line."""
        if self._relay is None or self._sender is None:
            _log.warning("mail_not_set_up")
            return False
        try:
            _hand_over(self._relay, _message(self._sender, recipient, subject, text, html))
        except (smtplib.SMTPException, OSError, ValueError) as error:  # ValueError: an address that no header can hold
            _log.warning("mail_not_taken", exc_info=error)
            return False
        return True


def make_post(settings: Settings) -> Post:
    """The door that the settings describe."""
    url, sender = settings.smtp_url.get_secret_value(), settings.mail_from
    return Post(parse_relay(url) if url else None, parse_sender(sender) if sender else None)


def _message(sender: Address, recipient: str, subject: str, text: str, html: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = parse_address(recipient)
    message["Subject"] = subject
    message["Date"] = format_datetime(localtime())
    message["Message-ID"] = make_msgid(domain=sender.domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    return message


def _hand_over(relay: Relay, message: EmailMessage) -> None:
    tls = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(relay.host, relay.port, timeout=SECONDS, context=tls)
        if relay.tls == "implicit"
        else smtplib.SMTP(relay.host, relay.port, timeout=SECONDS)
    ) as server:
        if relay.tls == "starttls":
            server.starttls(context=tls)
        if relay.user:
            server.login(relay.user, relay.password)
        server.send_message(message)
