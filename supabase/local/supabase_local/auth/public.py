"""GET /health, /settings and /.well-known/jwks.json: what anyone may ask."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from supabase_local.auth.oauth.providers import TITLES
from supabase_local.auth.room import Room


async def health(_room: Room, _request: Request) -> Response:
    """Answer as GoTrue does; the version says that it is not GoTrue."""
    description = "GoTrue is a user registration and authentication API"
    return JSONResponse({"version": "embedded", "name": "GoTrue", "description": description})


async def settings(room: Room, _request: Request) -> Response:
    """Answer which ways to sign in exist."""
    ours = room.settings
    external = {"anonymous_users": False, "phone": False, "email": ours.email_enabled}
    external |= {name: name in ours.providers for name in TITLES}
    return JSONResponse(
        {
            "external": external,
            "disable_signup": not ours.signup_enabled,
            "mailer_autoconfirm": not ours.confirmations,
            "phone_autoconfirm": False,
            "sms_provider": "",
            "saml_enabled": False,
            "passkeys_enabled": False,
        }
    )


async def jwks(_room: Room, _request: Request) -> Response:
    """Answer no keys: tokens are signed with a shared secret (HS256), which has no public part."""
    return JSONResponse({"keys": []}, headers={"Cache-Control": "public, max-age=600"})
