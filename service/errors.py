"""What can go wrong below a route, in the words of the domain.

Domain functions raise these and know nothing of HTTP; `service.problems` gives each its status. `code` is stable and
meant for programs, `detail` is a sentence that a screen may show as it is. Neither ever holds a secret or a customer's
words.
"""

# ruff: noqa: N818 - the names say what happened; an Error suffix on each would say nothing more.

from __future__ import annotations


class DomainError(Exception):
    """The root of every refusal and failure that we foresee."""

    code = "refused"
    detail = "This is not possible."

    def __init__(self, code: str | None = None, detail: str | None = None) -> None:
        self.code = code or self.code
        self.detail = detail or self.detail
        super().__init__(f"{self.code}: {self.detail}")


class InvalidInput(DomainError):
    """The request is understood and cannot be accepted as it is."""

    code = "invalid_input"
    detail = "Something in the form is missing or not right."


class Conflict(DomainError):
    """What is asked for does not fit the present state of things; the detail says what to do instead."""

    code = "conflict"


class NotFound(DomainError):
    """What is asked for does not exist, or not for this person."""

    code = "not_found"
    detail = "This does not exist."


class MalformedBody(DomainError):
    """The body is not the JSON object that the route reads."""

    code = "malformed_body"
    detail = "The request body is not a JSON object."


class NoSession(DomainError):
    """Nobody is signed in, or no longer."""

    code = "no_session"
    detail = "Please sign in."


class WrongCredentials(DomainError):
    """The address or the password is wrong; which of the two is nobody's business."""

    code = "invalid_credentials"
    detail = "The e-mail address or the password is wrong."


class NotAllowed(DomainError):
    """The person is known and may not do this."""

    code = "not_allowed"
    detail = "Your role does not allow this."


class TooManyAttempts(DomainError):
    """A limit of somebody's was reached; trying later helps."""

    code = "too_many_attempts"
    detail = "Too many attempts. Please wait a minute and try again."


class Unavailable(DomainError):
    """Something that we need does not answer; the same request may succeed later."""

    code = "unavailable"
    detail = "This does not work at the moment. Please try again."


class DatabaseUnavailable(Unavailable):
    """The database did not answer in time. What it did with the call is unknown."""

    code = "database_unavailable"


class AuthUnavailable(Unavailable):
    """Supabase Auth or the Data API did not answer in time."""

    code = "auth_unavailable"


class StorageUnavailable(Unavailable):
    """Supabase Storage did not answer in time, or not as it should."""

    code = "storage_unavailable"


class DatabaseRefusal(DomainError):
    """The database refused in its own words: `raise sqlstate 'PT409' using detail = 'opted_out'`.

    `status` is the number inside the SQLSTATE (400-599), `code` its DETAIL and `detail` its message.
    """

    def __init__(self, status: int, code: str, detail: str) -> None:
        self.status = status
        super().__init__(code, detail)
