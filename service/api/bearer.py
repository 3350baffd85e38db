"""Who asks, by the access token of the present request."""

from __future__ import annotations

from flask import request

from service.context import services_of_app
from service.errors import NoSession
from service.members import Member, member_of


def bearer_token() -> str:
    """The person's access token. Raises NoSession without one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip() or not token.isascii():
        raise NoSession
    return token.strip()


def signed_in_member() -> Member:
    """The person and the company of their session. Raises as `member_of` does."""
    return member_of(services_of_app().door, bearer_token())
