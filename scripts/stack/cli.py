"""The command line of ``scripts/dev``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

from scripts.stack import control, detach, ports, start
from scripts.stack.console import StackError, complain
from scripts.stack.layout import SHARED, StateFolder
from scripts.stack.options import Options
from scripts.stack.ports import LABELS, Ports

DESCRIPTION = """\
Runs FieldLite on this machine: the embedded Supabase, the provider sandbox, the service with the web pages, and the
worker. Installs and builds what is missing first. Ctrl-C stops everything.
"""
EPILOG = """\
commands:
  start    (the default) run it; with --detach in the background
  stop     end what was started with --detach
  status   say what runs and where; with --json for scripts
  reset    stop, then delete the database and everything else that the state folder keeps (asks first)
"""
PARTS = ("web", "worker", "sandbox", "demo")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    choices = parser().parse_args(given)
    try:
        return run(choices, given)
    except StackError as problem:
        complain(problem)
        return 1
    except KeyboardInterrupt:
        return 130


def run(choices: argparse.Namespace, given: list[str]) -> int:
    """Carry out the chosen command."""
    state = StateFolder(choices.state.resolve())
    if choices.command == "status":
        return control.status(state, choices.json)
    if choices.command == "stop":
        control.stop(state)
    elif choices.command == "reset":
        control.reset(state, choices.yes)
    elif choices.detach:
        # The background process works in another folder: the last --state counts, and that one is absolute.
        again = [*(each for each in given if each != "--detach"), "--state", str(state.directory)]
        detach.run(state, again, sys.stderr if choices.json else sys.stdout)
        return control.status(state, as_json=True) if choices.json else 0
    else:
        start.run(options(choices, state))
    return 0


def options(choices: argparse.Namespace, state: StateFolder) -> Options:
    """Turn the command line into decisions."""
    chosen = {name: getattr(choices, f"{name}_port") for name in LABELS if getattr(choices, f"{name}_port") is not None}
    numbers = replace(Ports(), **chosen)
    return Options(
        state=state,
        ports=ports.with_free_ports(numbers, frozenset(chosen)) if choices.free_ports else numbers,
        without=choices.without,
        until_exit_of=choices.until_exit_of,
    )


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    made = argparse.ArgumentParser(
        prog="scripts/dev", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument(
        "command", nargs="?", choices=("start", "stop", "status", "reset"), default="start", metavar="command"
    )
    made.add_argument(
        "--state", type=Path, default=SHARED, metavar="DIR", help="the state folder (default: .fieldlite)"
    )
    made.add_argument(
        "--detach", action="store_true", help="start in the background and return when everything is ready"
    )
    made.add_argument(
        "--json", action="store_true", help="with status or --detach: print addresses, keys and pids as JSON"
    )
    made.add_argument("--yes", action="store_true", help="with reset: do not ask")
    add_port_options(made)
    add_test_options(made)
    return made


def add_port_options(made: argparse.ArgumentParser) -> None:
    """One option a port."""
    group = made.add_argument_group("ports, all on 127.0.0.1")
    for field in fields(Ports):
        group.add_argument(
            f"--{field.name}-port", type=int, metavar="PORT", help=f"of {LABELS[field.name]} (default: {field.default})"
        )
    group.add_argument("--free-ports", action="store_true", help="choose a free one for each that is not given")


def add_test_options(made: argparse.ArgumentParser) -> None:
    """What tests need."""
    group = made.add_argument_group("for tests")
    group.add_argument(
        "--without", type=parts, default=frozenset(), metavar="PARTS",
        help="leave out parts, comma separated: web (serve what was built last), worker, sandbox, "
        "demo (leave the demo company without a Twilio account)",
    )  # fmt: skip
    group.add_argument("--until-exit-of", type=int, metavar="PID", help="stop when this process ends, however it ends")


def parts(text: str) -> frozenset[str]:
    """Read the value of ``--without``."""
    names = frozenset(text.split(","))
    if unknown := names.difference(PARTS):
        raise argparse.ArgumentTypeError(f"unknown part {', '.join(sorted(unknown))}; known are {', '.join(PARTS)}")
    return names
