"""Stripe's error answers: {error: {type, code, message, param}}."""

from typing import Any


class Refusal(Exception):  # noqa: N818  (the sentence it stands for)
    """A refusal as Stripe's API shapes it: https://docs.stripe.com/api/errors."""

    def __init__(
        self, status: int, message: str, *, code: str | None = None, param: str | None = None, kind: str = ""
    ) -> None:
        """`status` is the HTTP status, `code` and `param` are Stripe's, `kind` its type (invalid_request_error)."""
        self.status = status
        self.error: dict[str, Any] = {"type": kind or "invalid_request_error", "message": message}
        if code is not None:
            self.error |= {"code": code, "doc_url": f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"}
        if param is not None:
            self.error["param"] = param
        super().__init__(message)


def missing(kind: str, subject: str, param: str = "id") -> Refusal:
    """Return the refusal of an id that the asking account does not have."""
    return Refusal(404, f"No such {kind}: '{subject}'", code="resource_missing", param=param)
