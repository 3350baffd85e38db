"""Structured logs: one JSON object a line on standard output, each with the request's id.

What is never logged: bodies, query strings (a GET webhook carries the text there), headers, the words of exceptions
(the database quotes values in them) and local variables. Of an exception the log has its type, SQLSTATE and the lines
that it passed.
"""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, ExcInfo, Processor

_SECRET_WORDS = ("password", "token", "secret", "authorization", "cookie", "body", "dsn", "vault")
_QUIET = ("httpx", "httpcore", "hpack", "urllib3", "twilio", "psycopg", "psycopg.pool", "werkzeug")
"""Libraries that log URLs, parameters or one line for each retry; below ERROR they say nothing that we want kept."""

get_logger = structlog.stdlib.get_logger


def configure_logs(level: str) -> None:
    """Send our own events and those of every library to standard output as JSON, from `level` up."""
    shared = shared_processors()
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(json_formatter())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)


def json_formatter() -> logging.Formatter:
    """A formatter for standard library handlers (ours and gunicorn's) that writes the same JSON."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared_processors(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(sort_keys=False),
        ],
    )


def shared_processors() -> list[Processor]:
    """What happens to every event, whoever logged it."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        describe_exception,
        redact,
    ]


def describe_exception(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Replace `exc_info` by the chain of exception types, the SQLSTATE and the lines, without any value."""
    info = _exception_of(event.pop("exc_info", None))
    if info is not None:
        event["exception"] = _chain(info)
        event["stack"] = _lines(info.__traceback__)
        if sqlstate := getattr(info, "sqlstate", None):
            event["sqlstate"] = sqlstate
    return event


def redact(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """The last guard: a value under a name that sounds secret is not written, whoever logged it."""
    for key in event:
        if any(word in key.lower() for word in _SECRET_WORDS):
            event[key] = "[redacted]"
    return event


def _exception_of(exc_info: ExcInfo | BaseException | bool | None) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return exc_info[1]
    return sys.exc_info()[1] if exc_info else None


def _chain(error: BaseException) -> str:
    names: list[str] = []
    current: BaseException | None = error
    while current is not None and len(names) < 10:
        names.append(type(current).__qualname__)
        current = current.__cause__ or current.__context__
    return " <- ".join(names)


def _lines(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-20:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
