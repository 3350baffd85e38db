"""Runs the sandbox: `python -m scripts.sandbox --port 8010 --state .fieldlite/sandbox`."""

import argparse
from pathlib import Path

import uvicorn

from scripts.sandbox.app import create_app

_STATE_NAME = "sandbox.sqlite"


def main() -> None:
    """Serve on loopback until SIGTERM or Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.sandbox", description="Plays Twilio, and a customer's phone."
    )
    parser.add_argument("--port", type=int, default=8010, help="where to listen on 127.0.0.1 (default: %(default)s)")
    parser.add_argument("--state", type=Path, help="file or folder that keeps texts over a restart (default: memory)")
    arguments = parser.parse_args()
    app = create_app(_state_file(arguments.state))
    print(f"sandbox: http://127.0.0.1:{arguments.port}/ (development and tests only)", flush=True)
    # Open phone pages hold an event stream each: a stop must not wait for them.
    uvicorn.run(
        app, host="127.0.0.1", port=arguments.port, log_level="warning", access_log=False, timeout_graceful_shutdown=1
    )


def _state_file(state: Path | None) -> Path | None:
    """Return the database file: `state` itself, or one inside it when it is a folder or names one (no suffix)."""
    if state is None:
        return None
    return state / _STATE_NAME if state.is_dir() or not state.suffix else state


if __name__ == "__main__":
    main()
