"""The command line: start, stop, status and reset of one project's embedded stack."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from supabase_local.commands import START_SECONDS, reset, start_detached, stop
from supabase_local.errors import StackError
from supabase_local.options import Options, choose_options
from supabase_local.project import read_project
from supabase_local.state import prepare_data_folder, read_state, running_pid, wait_for_state

NOTICE = "The embedded Supabase is for development and tests: published keys, loopback only."
NOT_RUNNING = 3
"""Exit code of ``status`` when nothing runs (as for system services)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; problems are told in one message on standard error."""
    chosen = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        project = read_project(chosen.project)
        options = choose_options(
            project,
            chosen.data,
            api_port=chosen.api_port,
            database_port=chosen.db_port,
            mailbox_port=chosen.mailbox_port,
            smtp_port=chosen.smtp_port,
            until_exit_of=chosen.until_exit_of,
        )
        return int(chosen.command(options, chosen))
    except StackError as error:
        print(f"supabase_local: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--project", type=Path, default=Path(), metavar="DIR", help="folder with config.toml (default: .)"
    )
    common.add_argument("--data", type=Path, metavar="DIR", help="data folder (default: .temp/local in the project)")
    common.add_argument("--api-port", type=int, metavar="N", help="default: [api] port, or 54321")
    common.add_argument("--db-port", type=int, metavar="N", help="default: [db] port, or 54322")
    common.add_argument("--mailbox-port", type=int, metavar="N", help="default: [local_smtp] port, or 54324")
    common.add_argument("--smtp-port", type=int, metavar="N", help="default: [local_smtp] smtp_port, or 54325")
    common.add_argument("--until-exit-of", type=int, metavar="PID", help="for tests: stop when this process ends")
    common.add_argument("--json", action="store_true", help="print the running stack as JSON")
    parser = argparse.ArgumentParser(prog="supabase_local", description=__doc__, epilog=NOTICE)
    commands = parser.add_subparsers(required=True, metavar="start|stop|status|reset")
    _add(commands, common, "start", _start, "start the stack and wait for Ctrl-C").add_argument(
        "--detach", action="store_true", help="return when it is ready; it goes on in the background"
    )
    commands.choices["start"].add_argument("--background", action="store_true", help=argparse.SUPPRESS)
    _add(commands, common, "stop", _stop, "stop the stack")
    _add(commands, common, "status", _status, "tell whether it runs, with addresses and keys")
    _add(commands, common, "reset", _reset, "delete all data and make the database anew")
    return parser


def _add(commands: Any, common: argparse.ArgumentParser, name: str, run: Any, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, parents=[common], help=text, description=text)
    parser.set_defaults(command=run)
    return parser


def _start(options: Options, chosen: argparse.Namespace) -> int:
    prepare_data_folder(options.data)
    if running_pid(options.data) is not None:
        _announce(f"Already running on {options.data}.")
        wait_for_state(options.data, START_SECONDS)
    elif chosen.detach:
        start_detached(options)
    else:
        _announce(NOTICE)
        services = importlib.import_module("supabase_local.serve")  # half a second that other commands need not take
        asyncio.run(services.serve(options, _announce, lambda: _tell_ready(options, chosen)))
        return 0
    _print_state(options, chosen)
    return 0


def _stop(options: Options, _: argparse.Namespace) -> int:
    _announce("Stopped." if stop(options) else "Nothing was running.")
    return 0


def _status(options: Options, chosen: argparse.Namespace) -> int:
    if read_state(options.data) is None:
        print("null" if chosen.json else f"Not running (data folder {options.data}).")
        return NOT_RUNNING
    _print_state(options, chosen)
    return 0


def _reset(options: Options, chosen: argparse.Namespace) -> int:
    if reset(options, _announce):
        _print_state(options, chosen)
    return 0


def _tell_ready(options: Options, chosen: argparse.Namespace) -> None:
    """Show the addresses and keys, but do not write keys to the log of a background process."""
    if chosen.background:
        _announce("Ready.")
    else:
        _print_state(options, chosen)


def _print_state(options: Options, chosen: argparse.Namespace) -> None:
    state = read_state(options.data) or {}
    if chosen.json:
        print(json.dumps(state, indent=2), flush=True)
        return
    for name, value in state.items():
        print(f"{name:>17}: {value}", flush=True)


def _announce(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
