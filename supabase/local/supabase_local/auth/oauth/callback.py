"""GET and POST /callback: where a provider sends people back to."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from uuid import UUID

import psycopg
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from supabase_local.auth import pkce
from supabase_local.auth.database import Connection
from supabase_local.auth.errors import AuthError, OAuthError, unexpected_failure
from supabase_local.auth.grants import grant_session
from supabase_local.auth.oauth.accounts import Outcome, account_for, link_to
from supabase_local.auth.oauth.profiles import Profile
from supabase_local.auth.oauth.providers import enabled_provider
from supabase_local.auth.oauth.state import State, read_state
from supabase_local.auth.redirects import with_fragment, with_query
from supabase_local.auth.room import Room
from supabase_local.auth.users import User, find_by_id

log = logging.getLogger(__name__)

_DENIED = {"signup_disabled", "user_banned", "provider_email_needs_verification"}
_OAUTH_ERRORS = {400: "invalid_request", 401: "unauthorized_client", 403: "access_denied"}


async def callback(room: Room, request: Request) -> Response:
    """Sign in whom the provider vouches for and send them on, with tokens, a PKCE code or an error."""
    answer = await _answer_of(request)
    try:
        state = read_state(room, answer.get("state", ""))
    except AuthError as error:
        return RedirectResponse(with_query(room.settings.site_url, _error_members(error)), 303)
    try:
        location = await _location(room, request, state, answer)
    except (AuthError, OAuthError) as error:
        location = _with_error(state, error)
    except psycopg.Error as error:
        log.error("database error in the callback of %s: %s", state.provider, error)
        location = _with_error(state, unexpected_failure())
    return RedirectResponse(location, 302)


async def _answer_of(request: Request) -> Mapping[str, str]:
    """Return the provider's answer; some send it as a form."""
    if request.method == "GET":
        return request.query_params
    async with request.form() as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


async def _location(room: Room, request: Request, state: State, answer: Mapping[str, str]) -> str:
    profile = _profile(room, state, answer)
    async with room.transaction() as connection:
        outcome = await _account(room, connection, state, profile)
        if outcome.refusal is None:
            return await _onward(room, request, connection, state, outcome.user)
    # Raised here, outside of the transaction: the account and its confirmation mail stay.
    raise outcome.refusal


def _profile(room: Room, state: State, answer: Mapping[str, str]) -> Profile:
    """Exchange the provider's code for what it says about the person."""
    if answer.get("error"):
        raise OAuthError(answer["error"], answer.get("error_description", ""))
    code = answer.get("code", "")
    if not code:
        raise AuthError(400, "bad_oauth_callback", "OAuth callback with missing authorization code missing")
    provider = enabled_provider(room.settings.providers, state.provider)
    profile = room.codes.redeem(code, provider.name)
    if profile is None:
        raise AuthError(500, "unexpected_failure", f"Unable to exchange external code: {code}")
    return profile


async def _account(room: Room, connection: Connection, state: State, profile: Profile) -> Outcome:
    if state.linking_target is None:
        return await account_for(room, connection, profile)
    return await link_to(room, connection, profile, await _linking_user(connection, state.linking_target))


async def _linking_user(connection: Connection, user_id: UUID) -> User:
    user = await find_by_id(connection, user_id)
    if user is None:
        raise AuthError(422, "user_not_found", "Linking target user not found")
    return user


async def _onward(room: Room, request: Request, connection: Connection, state: State, user: User) -> str:
    """Return where the person came from, with a code for PKCE or with tokens in the fragment."""
    provider_token = f"stand-in-{secrets.token_urlsafe(16)}"
    if state.flow is not None:
        code = await pkce.finish_oauth_flow(connection, state.flow, user, provider_token)
        return with_query(state.referrer, {"code": code})
    grant = await grant_session(room, connection, user, "oauth", room.client(request))
    return with_fragment(state.referrer, grant.fragment(provider_token=provider_token))


def _with_error(state: State, error: AuthError | OAuthError) -> str:
    """Return where the person came from with the error in query and fragment, for either kind of client."""
    members = _error_members(error)
    return with_fragment(with_query(state.referrer, members), members)


def _error_members(error: AuthError | OAuthError) -> dict[str, str]:
    if isinstance(error, OAuthError):
        return {"error": error.error, "error_description": error.description}
    named = "access_denied" if error.code in _DENIED else _OAUTH_ERRORS.get(error.status, "server_error")
    return {"error": named, "error_code": error.code, "error_description": error.message}
