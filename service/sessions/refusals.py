"""What Supabase Auth's refusals mean to us: its error codes become domain errors, its words stay inside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from supabase_auth.errors import AuthApiError, AuthError, AuthRetryableError, AuthWeakPasswordError

from service.errors import (
    AuthUnavailable,
    DomainError,
    InvalidInput,
    NoSession,
    NotAllowed,
    TooManyAttempts,
    WrongCredentials,
)

_LINK_EXPIRED = InvalidInput("link_expired", "This link was used already or is too old. Ask for a new one.")
_INVALID_EMAIL = InvalidInput("invalid_email", "This e-mail address cannot be used.")
_UNCONFIRMED = NotAllowed("email_not_confirmed", "Please open the link in the mail that we sent you first.")
_CLOSED = NotAllowed("sign_up_closed", "New accounts cannot be made here at the moment.")
_BANNED = NotAllowed("account_locked", "This account is locked.")

_MEANINGS: dict[str, DomainError] = {
    "invalid_credentials": WrongCredentials(),
    "email_not_confirmed": _UNCONFIRMED,
    "user_banned": _BANNED,
    "signup_disabled": _CLOSED,
    "email_provider_disabled": _CLOSED,
    "email_address_invalid": _INVALID_EMAIL,
    "email_address_not_authorized": _INVALID_EMAIL,
    "validation_failed": InvalidInput(),
    "otp_expired": _LINK_EXPIRED,
    "refresh_token_not_found": NoSession(),
    "refresh_token_already_used": NoSession(),
    "session_not_found": NoSession(),
    "session_expired": NoSession(),
    "user_not_found": NoSession(),
    "bad_jwt": NoSession(),
    "no_authorization": NoSession(),
    "over_request_rate_limit": TooManyAttempts(),
    "over_email_send_rate_limit": TooManyAttempts(),
}


@contextmanager
def auth_refusals() -> Iterator[None]:
    """Turn what the SDK raises inside into our own errors."""
    try:
        yield
    except AuthWeakPasswordError as error:
        raise InvalidInput("weak_password", "Please choose a longer or less common password.") from error
    except AuthRetryableError as error:
        raise AuthUnavailable from error
    except AuthApiError as error:
        raise _meaning(error) from error
    except AuthError as error:
        raise AuthUnavailable from error


def _meaning(error: AuthApiError) -> DomainError:
    known = _MEANINGS.get(str(error.code))
    if known is not None:
        return type(known)(known.code, known.detail)
    if error.status == 429:
        return TooManyAttempts()
    return AuthUnavailable() if error.status >= 500 else InvalidInput()
