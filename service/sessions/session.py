"""What a signed-in page is given, and what stays in its cookie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from supabase_auth.types import AuthResponse

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

    def as_json(self) -> dict[str, Any]:
        """What the page receives; the refresh token is not in it."""
        user = {"id": self.user_id, "email": self.email, "display_name": self.display_name}
        return {"access_token": self.access_token, "expires_at": self.expires_at, "user": user}


def session_of(response: AuthResponse) -> PersonSession:
    """The session in an answer of Auth; AuthUnavailable when it promised one and gave none."""
    session = response.session
    if session is None or session.expires_at is None:
        raise AuthUnavailable
    user = session.user
    name = user.user_metadata.get("display_name")
    return PersonSession(
        access_token=session.access_token,
        refresh_token=session.refresh_token,
        expires_at=session.expires_at,
        user_id=user.id,
        email=user.email or "",
        display_name=name if isinstance(name, str) else "",
    )
