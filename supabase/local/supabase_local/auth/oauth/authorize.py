"""GET /authorize and GET /user/identities/authorize: sending people to a provider."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from supabase_local.auth import pkce
from supabase_local.auth.bodies import Body
from supabase_local.auth.callers import require_caller
from supabase_local.auth.database import Connection
from supabase_local.auth.errors import AuthError, not_offered
from supabase_local.auth.oauth.providers import enabled_provider
from supabase_local.auth.oauth.state import State, sign_state
from supabase_local.auth.redirects import redirect_target
from supabase_local.auth.room import Room

STAND_IN = "/stand-in/authorize"
_OURS = ("provider", "scopes", "code_challenge", "code_challenge_method")
"""Parameters that are for Supabase Auth; all others are passed on to the provider."""


async def authorize(room: Room, request: Request) -> Response:
    """Send somebody who wants to sign in to the provider."""
    async with room.connection() as connection:
        return RedirectResponse(await _address(room, request, connection, None), 302)


async def authorize_linking(room: Room, request: Request) -> Response:
    """Send a signed-in person to a provider, to sign in by it as well from now on."""
    async with room.connection() as connection:
        caller = await require_caller(room, request, connection)
        require_manual_linking(room)
        address = await _address(room, request, connection, caller.user.id)
    if request.query_params.get("skip_http_redirect") == "true":
        return JSONResponse({"url": address})
    return RedirectResponse(address, 302)


def require_manual_linking(room: Room) -> None:
    """Raise ``manual_linking_disabled`` (404) unless the project lets people link identities."""
    if not room.settings.manual_linking:
        raise AuthError(404, "manual_linking_disabled", "Manual linking is disabled")


async def _address(room: Room, request: Request, connection: Connection, linking_target: UUID | None) -> str:
    """Return the provider's address with all that it needs to send the person back."""
    query = request.query_params
    provider = enabled_provider(room.settings.providers, query.get("provider", "").lower())
    if query.get("invite_token"):
        raise not_offered("accepting invitations by OAuth")
    challenge = pkce.challenge_from(Body(dict(query)))
    flow = await pkce.start_oauth_flow(connection, provider.name, challenge) if challenge else None
    state = State(provider.name, redirect_target(request, room.settings), flow, linking_target)
    asked = {
        "provider": provider.name,
        "client_id": provider.client_id,
        "redirect_uri": provider.redirect_uri,
        "response_type": "code",
        "scope": " ".join(["email", "profile", *filter(None, query.get("scopes", "").split(","))]),
        "state": sign_state(room, state),
    }
    passed_on = {name: value for name, value in query.items() if name not in _OURS}
    return f"{room.settings.external_url}{STAND_IN}?{urlencode(passed_on | asked)}"
