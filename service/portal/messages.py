"""What the customer is told when a link does not lead to an invoice, or a click not to a payment. Pure."""

# ruff: noqa: N818 - the names say what happened, as in service.errors.

from __future__ import annotations

from dataclasses import dataclass

from service.errors import Conflict, DatabaseRefusal, DomainError, InvalidInput, Unavailable
from service.payments.errors import PaymentsNotConfigured, PaymentsRefused, PaymentsUnavailable
from service.portal.invoice import Link
from service.portal.notices import Notice
from service.portal.words import Phone, say_phone

OBSTACLES = {"paid", "processing", "void", "not_ready"}
"""Refusals that the invoice's own state explains: the page says it, once."""


class UnknownLink(DomainError):
    """No document has this link, or no longer."""

    code = "unknown_link"
    detail = "There is nothing at this address."


class EndedLink(DomainError):
    """The link was good once."""

    code = "link_ended"
    detail = "This link is no longer good."

    def __init__(self, link: Link) -> None:
        self.link = link
        super().__init__()


@dataclass(frozen=True)
class Message:
    """A page of a few sentences. `company` and `phone`: who can send a new link."""

    title: str
    text: str
    company: str = ""
    phone: Phone | None = None
    can_retry: bool = False
    with_request_id: bool = False


def message(error: Exception, status: int) -> Message:
    """The page for whatever went wrong."""
    if isinstance(error, EndedLink):
        return _ended(error.link)
    if isinstance(error, DomainError) and error.code == "link_ended":
        return Message("This link has ended", "Please ask the company that sent it for a new one.")
    if isinstance(error, UnknownLink) or status == 404:
        return Message(
            "There is nothing here",
            "Perhaps the link was cut off. Please open it from the message again, or ask the company that sent it.",
        )
    if status == 429:
        return Message("That was a bit too fast", "Please wait a minute, then try again.", can_retry=True)
    if status >= 500:
        return Message(
            "This does not work at the moment",
            "That is our fault, not yours. Please try again in a minute.",
            can_retry=True,
            with_request_id=True,
        )
    return Message("This did not work", "Please open the link from the message again.", with_request_id=True)


def belongs_on_invoice(error: DomainError) -> bool:
    """Whether the answer to a click on "Pay" is the invoice with a notice, and not a page of its own."""
    if isinstance(error, DatabaseRefusal):
        return error.status in {409, 422}
    return isinstance(error, Conflict | InvalidInput | PaymentsUnavailable | PaymentsNotConfigured)


def refusal(error: DomainError) -> Notice | None:
    """What to say on the invoice about a click that led nowhere; None where its state says it anyway."""
    if isinstance(error, PaymentsRefused | Unavailable):
        return Notice("bad", "Online payment does not work at the moment", "Nothing was charged. Please try again.")
    if isinstance(error, DatabaseRefusal) and error.status == 409 and error.code in OBSTACLES:
        return None
    if error.code == "processing":
        return Notice("waiting", "A payment is on its way", error.detail)
    return Notice("bad", "Nothing was charged", error.detail, about_amount=True)


def _ended(link: Link) -> Message:
    titles = {"expired": "This link has expired", "revoked": "This link was withdrawn"}
    return Message(
        titles.get(link.state, "This link has ended"),
        "It showed an invoice, and nothing is wrong with that.",
        company=link.company.name,
        phone=say_phone(link.company),
    )
