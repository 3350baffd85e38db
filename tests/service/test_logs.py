"""What the log holds of an accident: enough to find it, nothing that was said in confidence."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from service.logs import configure_logs, get_logger, json_formatter


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The log of a configured process, as text."""
    root, before = logging.getLogger(), (logging.getLogger().handlers, logging.getLogger().level)
    written = io.StringIO()
    monkeypatch.setattr("sys.stdout", written)
    configure_logs("INFO")
    yield written
    root.handlers, root.level = before[0], before[1]
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def read(lines: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_an_event_is_one_line_of_json_with_the_request(lines: io.StringIO) -> None:
    structlog.contextvars.bind_contextvars(request_id="r1")
    get_logger("fieldlite.test").info("answered", status=200)
    (line,) = read(lines)
    assert (line["event"], line["status"], line["request_id"], line["level"]) == ("answered", 200, "r1", "info")


def test_an_exception_leaves_its_type_and_lines_but_not_its_words(lines: io.StringIO) -> None:
    try:
        try:
            raise ValueError("invalid input syntax: my-secret-text")
        except ValueError as cause:
            raise RuntimeError("while storing my-secret-text") from cause
    except RuntimeError:
        get_logger("fieldlite.test").error("failed", exc_info=True)
    (line,) = read(lines)
    assert line["exception"] == "RuntimeError <- ValueError"
    assert "test_logs.py" in str(line["stack"])
    assert "my-secret-text" not in lines.getvalue()


def test_a_value_under_a_secret_name_is_not_written(lines: io.StringIO) -> None:
    get_logger("fieldlite.test").warning("odd", auth_token="t0ken", password="pw", Body="words", sid="SM1")
    (line,) = read(lines)
    assert (line["auth_token"], line["password"], line["Body"], line["sid"]) == ("[redacted]",) * 3 + ("SM1",)


def test_libraries_that_log_addresses_and_parameters_are_quiet(lines: io.StringIO) -> None:
    for name in ("httpx", "twilio.http_client", "psycopg.pool"):
        logging.getLogger(name).info("POST /2010-04-01 Body=words")
        logging.getLogger(name).warning("retrying with words")
    logging.getLogger("another").warning("heard")
    assert [line["event"] for line in read(lines)] == ["heard"]


def test_gunicorn_writes_the_same_shape() -> None:
    record = logging.LogRecord("gunicorn.error", logging.INFO, __file__, 1, "Booting worker: %s", (7,), None)
    assert json.loads(json_formatter().format(record))["event"] == "Booting worker: 7"
