"""Reading Twilio's error answers ourselves: the SDK's exceptions for lists have no code, and prefix others' words."""

import json
from typing import Any

from twilio.http.response import Response


def code_and_words(answer: Response) -> tuple[int, str]:
    """Return Twilio's error code and its words; the HTTP status stands in where the answer has no code.

    Two shapes are published: {code, message} and, for newer services, problem+json with {code, title, detail}.
    """
    said = _object(answer.text)
    words = said.get("message") or said.get("detail") or said.get("title") or f"Twilio answered {answer.status_code}"
    code = said.get("code")
    return (code if isinstance(code, int) else answer.status_code), str(words)


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
