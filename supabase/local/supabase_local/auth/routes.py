"""The routes of the auth room, relative to /auth/v1."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import psycopg
from psycopg_pool import PoolTimeout
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from supabase_local.auth import account, admin, links, public, recovery, signup, token, verify
from supabase_local.auth.errors import AuthError, OAuthError, error_response, not_offered
from supabase_local.auth.factors import admin as factors_admin
from supabase_local.auth.factors import enrolling, verifying
from supabase_local.auth.oauth import authorize, callback, stand_in, unlinking
from supabase_local.auth.room import Room, open_room
from supabase_local.context import Stack

Endpoint = Callable[[Room, Request], Awaitable[Response]]

_ENDPOINTS: list[tuple[str, str, Endpoint]] = [
    ("GET", "/health", public.health),
    ("GET", "/settings", public.settings),
    ("GET", "/.well-known/jwks.json", public.jwks),
    ("POST", "/signup", signup.sign_up),
    ("POST", "/token", token.issue_token),
    ("GET", "/verify", verify.verify_link),
    ("POST", "/verify", verify.verify_code),
    ("POST", "/recover", recovery.recover),
    ("POST", "/magiclink", recovery.magic_link),
    ("POST", "/otp", recovery.one_time_password),
    ("POST", "/resend", recovery.resend),
    ("GET", "/user", account.get_user),
    ("PUT", "/user", account.update_own_user),
    ("POST", "/logout", account.log_out),
    ("POST", "/invite", links.invite),
    ("POST", "/admin/generate_link", links.generate_link),
    ("GET", "/admin/users", admin.list_all_users),
    ("POST", "/admin/users", admin.create_new_user),
    ("GET", "/admin/users/{user_id}", admin.get_one_user),
    ("PUT", "/admin/users/{user_id}", admin.update_one_user),
    ("DELETE", "/admin/users/{user_id}", admin.delete_one_user),
    ("GET", "/authorize", authorize.authorize),
    ("GET", "/stand-in/authorize", stand_in.show_consent),
    ("POST", "/stand-in/authorize", stand_in.answer_consent),
    ("GET", "/callback", callback.callback),
    ("POST", "/callback", callback.callback),
    ("GET", "/user/identities/authorize", authorize.authorize_linking),
    ("DELETE", "/user/identities/{identity_id}", unlinking.unlink_identity),
    ("POST", "/factors", enrolling.enroll),
    ("DELETE", "/factors/{factor_id}", enrolling.unenroll),
    ("POST", "/factors/{factor_id}/challenge", verifying.challenge),
    ("POST", "/factors/{factor_id}/verify", verifying.verify),
    ("GET", "/admin/users/{user_id}/factors", factors_admin.list_factors),
    ("PUT", "/admin/users/{user_id}/factors/{factor_id}", factors_admin.rename_factor),
    ("DELETE", "/admin/users/{user_id}/factors/{factor_id}", factors_admin.delete_one_factor),
]
_NOT_OFFERED = {
    "/user/oauth/{rest:path}": "the OAuth server",
    "/reauthenticate": "reauthentication by nonce",
    "/factors/recovery-codes": "recovery codes of second factors",
    "/factors/recovery-codes/{rest:path}": "recovery codes of second factors",
    "/passkeys": "passkeys",
    "/passkeys/{rest:path}": "passkeys",
    "/sso": "single sign-on",
    "/sso/{rest:path}": "single sign-on",
    "/scim/{rest:path}": "SCIM provisioning",
    "/oauth/{rest:path}": "the OAuth server",
    "/.well-known/openid-configuration": "OpenID discovery",
    "/.well-known/oauth-authorization-server": "the OAuth server",
    "/admin/audit": "the audit log",
    "/admin/sso/{rest:path}": "single sign-on",
    "/admin/oauth/{rest:path}": "the OAuth server",
    "/admin/custom-providers": "custom OAuth providers",
    "/admin/custom-providers/{rest:path}": "custom OAuth providers",
    "/admin/users/{user_id}/passkeys": "passkeys",
    "/admin/users/{user_id}/passkeys/{rest:path}": "passkeys",
}
"""Parts of Supabase Auth that answer 501 by name, whatever the method."""
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def routes(stack: Stack) -> list[BaseRoute]:
    """Return the room's routes. Raises ValueError when ``[auth]`` of ``config.toml`` makes no sense."""
    room = open_room(stack)
    offered = [Route(path, _answering(room, endpoint), methods=[method]) for method, path, endpoint in _ENDPOINTS]
    refused = [Route(path, _answering(room, _refusing(name)), methods=_METHODS) for path, name in _NOT_OFFERED.items()]
    # First what is refused: its paths are more particular.
    return [*refused, *offered]


def _answering(room: Room, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    """Turn an endpoint of the room into one of Starlette's that answers refusals in Supabase Auth's shape."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(room, request)
        except (AuthError, OAuthError, psycopg.Error, PoolTimeout) as error:
            return error_response(request, error)

    return answer


def _refusing(name: str) -> Endpoint:
    async def refuse(_room: Room, _request: Request) -> Response:
        raise not_offered(name)

    return refuse
