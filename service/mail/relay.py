"""Reads the two settings of mail: where the SMTP server is, and whom mails are from."""

from __future__ import annotations

from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Annotated, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import AfterValidator, SecretStr

Tls = Literal["starttls", "implicit", "none"]
_PORTS: dict[Tls, int] = {"starttls": 587, "implicit": 465, "none": 25}
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, repr=False)
class Relay:
    """An SMTP server that takes our mails."""

    host: str
    port: int
    user: str
    password: str
    tls: Tls

    @property
    def is_private(self) -> bool:
        """Whether nobody on the way can read what is handed over."""
        return self.tls != "none" or self.host in _THIS_MACHINE


def parse_relay(url: str) -> Relay:
    """`smtp://[user:password@]host[:port][?tls=starttls|implicit|none]`; STARTTLS unless it says otherwise.

    Raises ValueError, whose words do not repeat the URL.
    """
    parts = urlsplit(url)
    if parts.scheme != "smtp" or not parts.hostname or parts.path.strip("/"):
        raise ValueError("must look like smtp://user:password@host:587")
    asked = parse_qs(parts.query).get("tls", ["starttls"])[0]
    tls = next((known for known in _PORTS if known == asked), None)
    if tls is None:
        raise ValueError("tls must be starttls, implicit or none")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Relay(parts.hostname, parts.port or _PORTS[tls], user, password, tls)


def parse_sender(text: str) -> Address:
    """`FieldLite <no-reply@example.com>` or a bare address. Raises ValueError."""
    try:
        return parse_address(*reversed(parseaddr(text)))
    except ValueError as error:
        raise ValueError("must look like FieldLite <no-reply@example.com>") from error


def parse_address(address: str, name: str = "") -> Address:
    """An address as headers hold it. Raises ValueError for what none can hold."""
    try:
        return Address(name, addr_spec=address)
    except (HeaderParseError, IndexError) as error:  # the latter for nothing at all
        raise ValueError("is no e-mail address") from error


def _relay(secret: SecretStr) -> SecretStr:
    if url := secret.get_secret_value():
        parse_relay(url)
    return secret


def _sender(text: str) -> str:
    if text:
        parse_sender(text)
    return text


SmtpUrl = Annotated[SecretStr, AfterValidator(_relay)]
MailFrom = Annotated[str, AfterValidator(_sender)]
