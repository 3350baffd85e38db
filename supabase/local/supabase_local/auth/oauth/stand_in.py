"""GET and POST /stand-in/authorize: what a provider would show, asked of the developer instead."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import ImmutableMultiDict
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from supabase_local.auth.emails import checked_email
from supabase_local.auth.errors import AuthError
from supabase_local.auth.oauth import pages
from supabase_local.auth.oauth.profiles import Profile
from supabase_local.auth.oauth.providers import Provider, enabled_provider
from supabase_local.auth.redirects import with_query
from supabase_local.auth.room import Room
from supabase_local.auth.users import recent_people

_DENIED = {"error": "access_denied", "error_description": "The user denied the request"}


@dataclass(frozen=True)
class Asked:
    """A request for consent: by which provider, and what it hands back."""

    provider: Provider
    state: str


async def show_consent(room: Room, request: Request) -> Response:
    """Show who could sign in."""
    try:
        asked = _asked(room, request)
    except AuthError as error:
        return _page(pages.refusal(error.message), 400)
    return await _consent(room, asked, email=request.query_params.get("login_hint", ""))


async def answer_consent(room: Room, request: Request) -> Response:
    """Send the person back with a code, or with their refusal."""
    try:
        asked = _asked(room, request)
    except AuthError as error:
        return _page(pages.refusal(error.message), 400)
    async with request.form() as form:
        texts = ImmutableMultiDict([(name, value) for name, value in form.multi_items() if isinstance(value, str)])
    if texts.get("decision") == "deny":
        return _back(asked, _DENIED)
    try:
        profile = _profile(asked.provider, texts)
    except AuthError as error:
        return await _consent(room, asked, email=texts.get("email", ""), problem=error.message)
    return _back(asked, {"code": room.codes.issue(profile)})


def _asked(room: Room, request: Request) -> Asked:
    """Check the request as a provider does: what it does not know, it does not redirect to."""
    query = request.query_params
    provider = enabled_provider(room.settings.providers, query.get("provider", ""))
    if query.get("client_id") != provider.client_id:
        raise AuthError(400, "validation_failed", f"{provider.title} does not know this client_id")
    if query.get("redirect_uri") != provider.redirect_uri:
        raise AuthError(400, "validation_failed", f"{provider.title} does not know this redirect_uri")
    return Asked(provider, query.get("state", ""))


def _profile(provider: Provider, texts: ImmutableMultiDict[str, str]) -> Profile:
    email = checked_email(texts.get("email", "").strip())
    return Profile(provider.name, email, texts.get("name", "").strip().replace("\x00", ""), "verified" in texts)


async def _consent(room: Room, asked: Asked, *, email: str, problem: str = "") -> Response:
    async with room.connection() as connection:
        people = await recent_people(connection)
    page = pages.consent(asked.provider.title, people, email=email, problem=problem)
    return _page(page, 400 if problem else 200)


def _back(asked: Asked, members: dict[str, str]) -> Response:
    return RedirectResponse(with_query(asked.provider.redirect_uri, members | {"state": asked.state}), 303)


def _page(content: str, status: int) -> Response:
    headers = {"Content-Security-Policy": pages.POLICY, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return HTMLResponse(content, status, headers)
