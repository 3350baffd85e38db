"""What Supabase Auth's refusals mean to us: its error codes become domain errors, its words stay inside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from supabase_auth.errors import (
    AuthApiError,
    AuthError,
    AuthInvalidJwtError,
    AuthRetryableError,
    AuthSessionMissingError,
    AuthWeakPasswordError,
)

from service.errors import (
    AuthUnavailable,
    Conflict,
    DomainError,
    InvalidInput,
    NoSession,
    NotAllowed,
    NotFound,
    TooManyAttempts,
    WrongCredentials,
)

_LINK_EXPIRED = InvalidInput("link_expired", "This link was used already or is too old. Ask for a new one.")
_INVALID_EMAIL = InvalidInput("invalid_email", "This e-mail address cannot be used.")
_UNCONFIRMED = NotAllowed("email_not_confirmed", "Please open the link in the mail that we sent you first.")
_CLOSED = NotAllowed("sign_up_closed", "New accounts cannot be made here at the moment.")
_BANNED = NotAllowed("account_locked", "This account is locked.")
_WRONG_CODE = InvalidInput("wrong_code", "That code is not right. Type the one that your app shows now.")
_ATTEMPT_OVER = InvalidInput("attempt_over", "That took too long. Please try again.")
_NO_SECOND_FACTORS = NotAllowed("second_factors_off", "Second factors are switched off here.")
_SIGN_IN_AGAIN = NotAllowed("sign_in_again", "Sign in again before you change this.")

_MEANINGS: dict[str, DomainError] = {
    "invalid_credentials": WrongCredentials(),
    "email_not_confirmed": _UNCONFIRMED,
    "provider_email_needs_verification": _UNCONFIRMED,
    "user_banned": _BANNED,
    "signup_disabled": _CLOSED,
    "email_provider_disabled": _CLOSED,
    "email_address_invalid": _INVALID_EMAIL,
    "email_address_not_authorized": _INVALID_EMAIL,
    "validation_failed": InvalidInput(),
    "otp_expired": _LINK_EXPIRED,
    "otp_disabled": _CLOSED,
    "same_password": InvalidInput("same_password", "That is your present password. Choose another one."),
    "reauthentication_needed": _SIGN_IN_AGAIN,
    "insufficient_aal": NotAllowed("second_factor_needed", "Give the code of your authenticator app first."),
    "mfa_verification_failed": _WRONG_CODE,
    "mfa_verification_rejected": _WRONG_CODE,
    "mfa_challenge_expired": _WRONG_CODE,
    "mfa_factor_not_found": NotFound("no_such_factor", "That second factor does not exist any more."),
    "mfa_factor_name_conflict": Conflict("factor_name_taken", "You have a second factor of that name already."),
    "too_many_enrolled_mfa_factors": Conflict("too_many_factors", "You have too many second factors. Remove one."),
    "mfa_totp_enroll_not_enabled": _NO_SECOND_FACTORS,
    "mfa_totp_verify_not_enabled": _NO_SECOND_FACTORS,
    "flow_state_not_found": _ATTEMPT_OVER,
    "flow_state_expired": _ATTEMPT_OVER,
    "bad_code_verifier": _ATTEMPT_OVER,
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
    except (AuthSessionMissingError, AuthInvalidJwtError) as error:
        raise NoSession from error
    except AuthApiError as error:
        raise _meaning(error) from error
    except AuthError as error:
        raise AuthUnavailable from error


def meaning_of(code: str) -> DomainError | None:
    """What one of Auth's codes means to us; None for one that we do not know."""
    known = _MEANINGS.get(code)
    return None if known is None else type(known)(known.code, known.detail)


def _meaning(error: AuthApiError) -> DomainError:
    if known := meaning_of(str(error.code)):
        return known
    if error.status == 429:
        return TooManyAttempts()
    return AuthUnavailable() if error.status >= 500 else InvalidInput()
