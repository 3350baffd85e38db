"""Invitations: the secret is made here and leaves in a link; the database keeps its hash and decides the rest."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.database import Database
from service.errors import NotFound
from service.mail.invitation import invitation_words
from service.mail.post import Post
from service.members import Member
from service.settings import Settings
from service.urls import invitation_page


@dataclass(frozen=True)
class Wish:
    """Whom somebody wants to invite; `id` is chosen by the browser and repeated when it asks again."""

    id: UUID
    email: str
    role: str
    display_name: str


@dataclass(frozen=True, repr=False)
class Sent:
    """An invitation with its link, which nobody can be told again."""

    id: UUID
    url: str
    mailed: bool
    """Whether the mail server took the mail. If not, the inviter can hand over the link, or send it again."""
    expires_at: str

    def as_json(self) -> dict[str, Any]:
        """What the inviter's page receives."""
        return {"id": str(self.id), "url": self.url, "mailed": self.mailed, "expires_at": self.expires_at}


@dataclass(frozen=True)
class Desk:
    """Where invitations are written and posted."""

    settings: Settings
    database: Database
    post: Post

    def invite(self, member: Member, wish: Wish) -> Sent:
        """Invite somebody and mail them the link; the same id again sends a new link.

        Raises DatabaseRefusal 403 `not_allowed`, 409 `already_member` or `already_invited`, 422, 429.
        """
        token = _new_token()
        invitation = self.database.call_value(
            "create_invitation",
            p_tenant=member.tenant_id,
            p_user=member.user_id,
            p_id=wish.id,
            p_email=wish.email,
            p_role=wish.role,
            p_display_name=wish.display_name,
            p_token_hash=hash_token(token),
        )
        return self._send(invitation, token)

    def send_again(self, member: Member, invitation_id: UUID) -> Sent:
        """Mail a new link, which ends the earlier one. Raises DatabaseRefusal 403, 404, 409, 429."""
        token = _new_token()
        invitation = self.database.call_value(
            "renew_invitation",
            p_tenant=member.tenant_id,
            p_user=member.user_id,
            p_id=invitation_id,
            p_token_hash=hash_token(token),
        )
        return self._send(invitation, token)

    def preview(self, token: str) -> dict[str, Any]:
        """`{company, role, email, display_name, state}` for whoever holds the link. Raises NotFound."""
        found: dict[str, Any] | None = self.database.call_value("preview_invitation", p_token_hash=hash_token(token))
        if found is None:
            raise NotFound("no_such_invitation", "That invitation does not exist. Ask for a new one.")
        return found

    def _send(self, invitation: dict[str, Any], token: str) -> Sent:
        url = invitation_page(self.settings, token)
        mailed = self.post.send(invitation["email"], *invitation_words(invitation, url))
        return Sent(UUID(invitation["id"]), url, mailed, invitation["expires_at"])


def hash_token(token: str) -> bytes:
    """What the database keeps of a link's secret."""
    return hashlib.sha256(token.encode()).digest()


def _new_token() -> str:
    """256 bits as 43 characters."""
    return secrets.token_urlsafe(32)
