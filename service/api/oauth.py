"""`/api/v1/auth/oauth` and `/providers`: signing in with somebody else's account. The browser itself comes here, not a
script: what goes wrong is told by the sign-in page."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, redirect, request

from service.api.signed_in import secure_cookies
from service.context import services_of_app, visitor
from service.errors import DomainError, InvalidInput, NotAllowed
from service.sessions import oauth
from service.sessions.cookie import clear_attempt, read_attempt, set_attempt, set_cookie
from service.sessions.oauth import Attempt
from service.sessions.refusals import meaning_of

blueprint = Blueprint("oauth", __name__, url_prefix="/api/v1/auth")

_ATTEMPT_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")


@blueprint.get("/providers")
def providers() -> Response:
    """The providers that people may sign in with."""
    return jsonify({"providers": oauth.providers(services_of_app().door)})


@blueprint.get("/oauth/<provider>")
def begin(provider: str) -> Response:
    """302 to Supabase Auth, which leads on to the provider."""
    services, attempt = services_of_app(), Attempt.begin(request.args.get("next"))
    try:
        response = _go(oauth.authorize_url(services.settings, services.door, provider, attempt))
    except DomainError as error:
        return _go(_sign_in_page(error.code, attempt.next))
    set_attempt(response, attempt.id, attempt.as_cookie(), secure=secure_cookies())
    return response


@blueprint.get("/oauth/callback")
def callback() -> Response:
    """302 to the page that the person wanted, signed in; or to the sign-in page, which says what went wrong."""
    attempt_id, path = request.args.get("attempt", ""), "/"
    try:
        attempt = _attempt(attempt_id)
        path = attempt.next
        session = oauth.complete(services_of_app().door, visitor(), attempt, _code())
    except DomainError as error:
        response = _go(_sign_in_page(error.code, path))
    else:
        response = _go(f"/arrive?{urlencode({'next': path})}")
        set_cookie(response, session.refresh_token, secure=secure_cookies())
    if _ATTEMPT_ID.fullmatch(attempt_id):
        clear_attempt(response, attempt_id, secure=secure_cookies())
    return response


def _attempt(attempt_id: str) -> Attempt:
    known = read_attempt(request, attempt_id) if _ATTEMPT_ID.fullmatch(attempt_id) else None
    return Attempt.from_cookie(attempt_id, known)


def _code() -> str:
    """What Auth sends along. Raises what its error means, else NotAllowed (`provider_refused`)."""
    if "error" in request.args or "error_code" in request.args:
        known = meaning_of(request.args.get("error_code", ""))
        raise known or NotAllowed("provider_refused", "The sign-in was called off.")
    code = request.args.get("code", "")
    if not code:
        raise InvalidInput("attempt_over", "That took too long. Please try again.")
    return code


def _sign_in_page(problem: str, next_path: str) -> str:
    return f"/sign-in?{urlencode({'problem': problem, 'next': next_path})}"


def _go(url: str) -> Response:
    return redirect(url, Response=Response)  # type: ignore[return-value]  # typed as Werkzeug's, whatever it is given
