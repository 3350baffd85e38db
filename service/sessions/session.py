"""What a signed-in page is given, and what stays in its cookie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from supabase_auth.helpers import decode_jwt
from supabase_auth.types import Session

from service.errors import AuthUnavailable


@dataclass(frozen=True, repr=False)
class PersonSession:
    """One sign-in of one person on one device."""

    access_token: str
    refresh_token: str
    expires_at: int
    """When the access token ends, in Unix seconds."""
    user_id: str
    email: str
    display_name: str
    aal: str
    """Auth's assurance level: `aal2` once a second factor was given, else `aal1`."""
    needs_second_factor: bool
    """The person has set one up and has not given it in this session."""

    def as_json(self) -> dict[str, Any]:
        """What the page receives; the refresh token is not in it."""
        return {
            "access_token": self.access_token,
            "expires_at": self.expires_at,
            "user": {"id": self.user_id, "email": self.email, "display_name": self.display_name},
            "aal": self.aal,
            "needs_second_factor": self.needs_second_factor,
        }


@dataclass(frozen=True)
class Claims:
    """What an access token says about its session. Read, not verified: only from one that Auth has just accepted."""

    aal: str
    methods: dict[str, int]
    """How the person proved who they are (`password`, `otp`, `oauth`, `totp`), with Unix seconds of when."""

    @classmethod
    def of(cls, access_token: str) -> Claims:
        """Raises the SDK's AuthInvalidJwtError for what is no token."""
        claims: dict[str, Any] = dict(decode_jwt(access_token)["payload"])
        entries = [entry for entry in claims.get("amr") or [] if isinstance(entry, dict)]
        return cls(
            aal=str(claims.get("aal") or "aal1"),
            methods={str(entry.get("method")): int(entry.get("timestamp") or 0) for entry in entries},
        )


def session_of(session: Session | None) -> PersonSession:
    """The session of an answer of Auth; AuthUnavailable when it promised one and gave none."""
    if session is None or session.expires_at is None:
        raise AuthUnavailable
    user = session.user
    name = user.user_metadata.get("display_name") or user.user_metadata.get("full_name")
    aal = Claims.of(session.access_token).aal
    has_factor = any(factor.status == "verified" for factor in user.factors or [])
    return PersonSession(
        access_token=session.access_token,
        refresh_token=session.refresh_token,
        expires_at=session.expires_at,
        user_id=user.id,
        email=user.email or "",
        display_name=name if isinstance(name, str) else "",
        aal=aal,
        needs_second_factor=has_factor and aal == "aal1",
    )
