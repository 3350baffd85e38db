"""A person's second factors: one-time codes of an authenticator app (RFC 6238)."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from supabase_auth import SyncGoTrueClient
from supabase_auth.types import Factor

from service.errors import AuthUnavailable
from service.sessions.refusals import auth_refusals
from service.sessions.session import PersonSession, session_of
from service.supabase_door import SupabaseDoor
from service.visitors import Visitor

ISSUER = "FieldLite"
"""The name above the code in the authenticator app."""


@dataclass(frozen=True, repr=False)
class Enrolment:
    """What the authenticator app is given; it counts once a code of it was verified."""

    id: str
    qr_code: str
    """A data URL of an SVG image."""
    secret: str
    uri: str

    def as_json(self) -> dict[str, str]:
        """What the page receives."""
        return {"id": self.id, "qr_code": self.qr_code, "secret": self.secret, "uri": self.uri}


def list_factors(door: SupabaseDoor, visitor: Visitor, access_token: str) -> list[dict[str, Any]]:
    """`{id, friendly_name, status, created_at}` of each factor that was set up to its end, the oldest first."""
    with auth_refusals(), door.auth_of_person(visitor, access_token) as auth:
        factors = [factor for factor in _factors(auth) if factor.status == "verified"]
    return [
        {
            "id": factor.id,
            "friendly_name": factor.friendly_name or "",
            "status": factor.status,
            "created_at": factor.created_at.isoformat(),
        }
        for factor in sorted(factors, key=lambda factor: factor.created_at)
    ]


def enrol(door: SupabaseDoor, visitor: Visitor, access_token: str, *, friendly_name: str) -> Enrolment:
    """Begin a factor; earlier ones that were never finished go.

    Raises Conflict (factor_name_taken, too_many_factors), NotAllowed (second_factor_needed, second_factors_off),
    NoSession, AuthUnavailable.
    """
    with auth_refusals(), door.auth_of_person(visitor, access_token) as auth:
        for factor in _factors(auth):
            if factor.status == "unverified":
                auth.mfa.unenroll({"factor_id": factor.id})
        made = auth.mfa.enroll({"factor_type": "totp", "friendly_name": friendly_name, "issuer": ISSUER})
    if made.totp is None:
        raise AuthUnavailable
    return Enrolment(made.id, _image(made.totp.qr_code), made.totp.secret, made.totp.uri)


def verify(door: SupabaseDoor, visitor: Visitor, access_token: str, *, factor_id: str, code: str) -> PersonSession:
    """Give the app's present code: finishes a factor that was begun, and lifts this session to `aal2`.

    Raises InvalidInput (wrong_code), NotFound (no_such_factor), NoSession, TooManyAttempts, AuthUnavailable.
    """
    with auth_refusals(), door.auth_of_person(visitor, access_token) as auth:
        auth.mfa.challenge_and_verify({"factor_id": factor_id, "code": code})
        return session_of(auth.get_session())


def remove(door: SupabaseDoor, visitor: Visitor, access_token: str, *, factor_id: str) -> None:
    """Raises NotFound (no_such_factor), NotAllowed (second_factor_needed), NoSession, AuthUnavailable."""
    with auth_refusals(), door.auth_of_person(visitor, access_token) as auth:
        auth.mfa.unenroll({"factor_id": factor_id})


def _factors(auth: SyncGoTrueClient) -> list[Factor]:
    session = auth.get_session()
    return [factor for factor in (session.user.factors if session else None) or [] if factor.factor_type == "totp"]


def _image(qr_code: str) -> str:
    """Auth draws SVG, whose `#` and quotes would end a data URL early; base64 has neither."""
    svg = qr_code.partition(",")[2] if qr_code.startswith("data:") else qr_code
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
