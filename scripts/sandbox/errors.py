"""Twilio's error answers: {code, message, more_info, status}."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

_MESSAGES = {
    20001: "The request is not valid here",
    20003: "Authenticate",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    20500: "Internal Server Error",
    20503: "Service Unavailable",
    21211: "The 'To' number is not a valid phone number.",
    21408: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number",
    21602: "Message body is required.",
    21603: "A 'From' phone number is required.",
    21604: "A 'To' phone number is required.",
    21606: "The 'From' number is not a valid, SMS-capable Twilio phone number of this account",
    21610: "Attempt to send to unsubscribed recipient",
    21612: "The 'To' phone number is not currently reachable via SMS from the 'From' number",
    21614: "The 'To' number is not a valid mobile number",
    21617: "The concatenated message body exceeds the 1600 character limit.",
}


class ApiError(Exception):
    """A refusal as Twilio's API shapes it."""

    def __init__(self, status: int, code: int, detail: str = "") -> None:
        """`status` is the HTTP status, `code` Twilio's; `detail` is added to the message."""
        self.status = status
        self.code = code
        self.message = f"{_MESSAGES[code]}{': ' if detail else ''}{detail}"
        super().__init__(self.message)


async def answer_api_error(_request: Request, error: Exception) -> Response:
    """Turn an ApiError into its answer."""
    if not isinstance(error, ApiError):
        raise error
    body = {
        "code": error.code,
        "message": error.message,
        "more_info": f"https://www.twilio.com/docs/errors/{error.code}",
        "status": error.status,
    }
    headers = {"Retry-After": "1"} if error.status == 429 else {}
    if error.status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    return JSONResponse(body, status_code=error.status, headers=headers)
