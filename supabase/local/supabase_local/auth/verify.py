"""GET and POST /verify: following a link, or typing in the code of a mail."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from supabase_local.auth import one_time_tokens, pkce
from supabase_local.auth.bodies import Body, read_body
from supabase_local.auth.database import Connection
from supabase_local.auth.email_change import accept_email_change
from supabase_local.auth.emails import checked_email
from supabase_local.auth.errors import AuthError, not_offered, validation_failed
from supabase_local.auth.grants import grant_session
from supabase_local.auth.identities import mark_address_verified
from supabase_local.auth.one_time_tokens import PKCE_PREFIX, Kind
from supabase_local.auth.redirects import redirect_target, with_fragment, with_query
from supabase_local.auth.room import Room
from supabase_local.auth.signup import confirm_email
from supabase_local.auth.users import User, now, update_user

FIRST_ACCEPTED = "Confirmation link accepted. Please proceed to confirm link sent to the other email"
_INVALID_LINK = "Email link is invalid or has expired"
_KINDS: dict[str, tuple[Kind, ...]] = {
    "email": ("confirmation_token", "recovery_token"),
    "signup": ("confirmation_token",),
    "invite": ("confirmation_token",),
    "recovery": ("recovery_token",),
    "magiclink": ("recovery_token",),
    "email_change": ("email_change_token_current", "email_change_token_new"),
}
_OAUTH_ERRORS = {400: "invalid_request", 401: "unauthorized_client", 403: "access_denied", 500: "server_error"}


@dataclass(frozen=True)
class Proof:
    """What is presented: the type of link, the hashes that its token may have, and what to say when it is not valid."""

    type: str
    hashes: tuple[str, ...]
    refusal: str


async def verify_code(room: Room, request: Request) -> Response:
    """POST: exchange a token hash, or an address and its code, for a session."""
    room.limit("verify", request)
    proof = _proof_from(await read_body(request))
    async with room.transaction() as connection:
        user, proof = await _accept(room, connection, proof)
        if user is None:
            return JSONResponse({"msg": FIRST_ACCEPTED, "code": "200"})
        grant = await grant_session(room, connection, user, "otp", room.client(request))
    return JSONResponse(grant.members())


async def verify_link(room: Room, request: Request) -> Response:
    """GET: the link in a mail. Sends the person on to the site, with a session, a PKCE code or an error."""
    room.limit("verify", request)
    token, link_type = request.query_params.get("token", ""), request.query_params.get("type", "")
    target = redirect_target(request, room.settings)
    if not link_type:
        raise validation_failed("Verify requires a verification type")
    if not token:
        raise validation_failed("Verify requires a token or a token hash")
    pkce_flow = token.startswith(PKCE_PREFIX)
    proof = Proof(link_type, (token.replace("\x00", ""),), _INVALID_LINK)
    try:
        async with room.transaction() as connection:
            user, accepted = await _accept(room, connection, proof)
            if user is None:
                location = _location(target, {"message": FIRST_ACCEPTED}, pkce_flow)
            elif pkce_flow:
                location = with_query(target, {"code": await pkce.issue_code(connection, user, accepted.type)})
            else:
                grant = await grant_session(room, connection, user, "otp", room.client(request))
                location = with_fragment(target, grant.fragment(type=link_type))
    except AuthError as error:
        location = _location(target, _error_members(error), pkce_flow)
    return RedirectResponse(location, 303)


def _location(target: str, members: dict[str, str], pkce_flow: bool) -> str:
    """Return where to send the person, told in the fragment; clients of PKCE read the query."""
    return with_fragment(with_query(target, members) if pkce_flow else target, members)


def _error_members(error: AuthError) -> dict[str, str]:
    named = {"error": _OAUTH_ERRORS[error.status]} if error.status in _OAUTH_ERRORS else {}
    return named | {"error_code": error.code, "error_description": error.message}


def _proof_from(body: Body) -> Proof:
    link_type, token, hashed = body.text("type"), body.text("token"), body.text("token_hash")
    email, phone = body.text("email"), body.text("phone")
    if not link_type:
        raise validation_failed("Verify requires a verification type")
    if bool(token) == bool(hashed):
        raise validation_failed("Verify requires either a token or a token hash")
    if hashed:
        if email or phone or body.text("redirect_to"):
            raise validation_failed("Only the token_hash and type should be provided")
        return Proof(link_type, (hashed,), _INVALID_LINK)
    if bool(email) == bool(phone):
        raise validation_failed("Only an email address or phone number should be provided on verify")
    if phone:
        raise not_offered("verification by phone")
    try:
        address = checked_email(email)
    except AuthError as error:
        raise AuthError(422, "validation_failed", "Invalid email format") from error
    hashed = one_time_tokens.token_hash(address, token)
    # The code may be from the mail of a PKCE flow, where the stored hash has a prefix.
    return Proof(link_type, (hashed, PKCE_PREFIX + hashed), "Token has expired or is invalid")


async def _accept(room: Room, connection: Connection, proof: Proof) -> tuple[User | None, Proof]:
    """Use up the token and do what its link is for.

    Returns no user when an e-mail change waits for the other address. Raises ``otp_expired`` (403) for a token that
    is unknown, used or too old.
    """
    user, kind = await _owner(room, connection, proof)
    if proof.type == "email":
        # The general type of newer clients: which link it was is seen by where its token was kept.
        proof = replace(proof, type="signup" if kind == "confirmation_token" else "magiclink")
    if proof.type == "email_change":
        return await accept_email_change(room, connection, user, kind), proof
    return await _ACCEPTANCES[proof.type](connection, user), proof


async def _owner(room: Room, connection: Connection, proof: Proof) -> tuple[User, Kind]:
    kinds = _KINDS.get(proof.type)
    if kinds is None:
        raise validation_failed("Invalid email verification type")
    found = await one_time_tokens.find_user(connection, proof.hashes, kinds)
    expired = AuthError(403, "otp_expired", proof.refusal)
    if found is None:
        raise expired
    user, kind = found
    if user.banned:
        raise AuthError(403, "user_banned", "User is banned")
    sent_at = _sent_at(user, kind)
    if sent_at is None or now() > sent_at + room.settings.otp_expiry:
        raise expired
    return user, kind


def _sent_at(user: User, kind: Kind) -> datetime | None:
    if kind == "confirmation_token":
        return user.confirmation_sent_at
    return user.recovery_sent_at if kind == "recovery_token" else user.email_change_sent_at


async def _accept_signup(connection: Connection, user: User) -> User:
    user = await confirm_email(connection, user)
    await mark_address_verified(connection, user)
    return user


async def _accept_recovery(connection: Connection, user: User) -> User:
    await one_time_tokens.clear(connection, user.id)
    user = await update_user(connection, user, recovery_token="")
    return user if user.confirmed else await confirm_email(connection, user)


_ACCEPTANCES: dict[str, Callable[[Connection, User], Awaitable[User]]] = {
    "signup": _accept_signup,
    "invite": _accept_signup,
    "recovery": _accept_recovery,
    "magiclink": _accept_recovery,
}
