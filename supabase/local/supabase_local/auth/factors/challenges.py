"""Rows of ``auth.mfa_challenges``: each lets one code be tried, and be right once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from psycopg.rows import class_row

from supabase_local.auth.database import Connection
from supabase_local.auth.errors import AuthError
from supabase_local.auth.factors import totp
from supabase_local.auth.factors.store import Factor
from supabase_local.auth.users import now

VALIDITY = timedelta(minutes=5)
"""GoTrue's default."""
_CODE_LIFE = timedelta(seconds=totp.PERIOD * (2 * totp.SKEW + 1))
"""How long one code can be accepted: its own period and those that the skew adds."""


@dataclass(frozen=True)
class Challenge:
    """One challenge, which only the address that asked for it may answer."""

    id: UUID
    created_at: datetime
    verified_at: datetime | None
    address: str

    @property
    def expires_at(self) -> datetime:
        """When it can no longer be answered."""
        return self.created_at + VALIDITY


async def create_challenge(connection: Connection, factor: Factor, address: str) -> Challenge:
    """Insert a challenge for a factor."""
    challenge = Challenge(uuid4(), now(), None, address)
    await connection.execute(
        "insert into auth.mfa_challenges (id, factor_id, created_at, ip_address) values (%s, %s, %s, %s)",
        (challenge.id, factor.id, challenge.created_at, address),
    )
    return challenge


async def open_challenge(connection: Connection, factor: Factor, challenge_id: UUID, address: str) -> Challenge:
    """Return a challenge of the factor that can be answered. Raises 422; an expired one is deleted."""
    cursor = connection.cursor(row_factory=class_row(Challenge))
    await cursor.execute(
        """
        select id, created_at, verified_at, host(ip_address) as address
        from auth.mfa_challenges where id = %s and factor_id = %s
        """,
        (challenge_id, factor.id),
    )
    challenge = await cursor.fetchone()
    if challenge is None:
        raise AuthError(422, "mfa_factor_not_found", "MFA factor with the provided challenge ID not found")
    if challenge.verified_at is not None or challenge.address != address:
        raise _mismatch()
    if now() > challenge.expires_at:
        await connection.execute("delete from auth.mfa_challenges where id = %s", (challenge.id,))
        message = (
            f"MFA challenge {challenge.id} has expired, verify against another challenge or create a new challenge."
        )
        raise AuthError(422, "mfa_challenge_expired", message)
    return challenge


async def use_challenge(connection: Connection, factor: Factor, challenge: Challenge, code: str) -> None:
    """Mark a challenge as answered by ``code``. Raises 422 when it was answered already, or the code used before.

    The caller holds the user's lock. A code counts once (RFC 6238, section 5.2): the accepted one is kept in
    ``otp_code``, where GoTrue keeps the codes that it sends to phones.
    """
    cursor = await connection.execute(
        "select from auth.mfa_challenges where factor_id = %s and otp_code = %s and verified_at > %s",
        (factor.id, code, now() - _CODE_LIFE),
    )
    if cursor.rowcount:
        raise invalid_code()
    cursor = await connection.execute(
        "update auth.mfa_challenges set verified_at = %s, otp_code = %s where id = %s and verified_at is null",
        (now(), code, challenge.id),
    )
    if not cursor.rowcount:
        raise _mismatch()


def invalid_code() -> AuthError:
    """Return the refusal of a wrong code."""
    return AuthError(422, "mfa_verification_failed", "Invalid TOTP code entered")


def _mismatch() -> AuthError:
    # GoTrue answers the same for a challenge that was answered before.
    return AuthError(422, "mfa_ip_address_mismatch", "Challenge and verify IP addresses mismatch.")
