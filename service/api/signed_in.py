"""The answer that signs a browser in."""

from __future__ import annotations

from flask import Response, jsonify

from service.context import services_of_app
from service.sessions.cookie import set_cookie
from service.sessions.session import PersonSession


def signed_in(session: PersonSession) -> Response:
    """The session for the page, and its cookie."""
    response = jsonify(session.as_json())
    set_cookie(response, session.refresh_token, secure=secure_cookies())
    return response


def secure_cookies() -> bool:
    """Whether cookies go over https only: always, unless the public address is plain http, as in development."""
    return services_of_app().settings.public_url.startswith("https://")
