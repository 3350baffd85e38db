"""The command line of ``scripts/test``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from scripts.checks import needs, runner
from scripts.checks.sections import Section, all_sections
from scripts.stack.console import StackError, complain

DESCRIPTION = """\
Installs what the checks need and runs them all, or those that are named; goes on after a failure, shows a summary at
the end, and exits with 1 when something failed. The tests start a stack of their own on free ports: a running
./scripts/dev does not mind, nor does a second ./scripts/test.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen sections; return 0 when all passed."""
    choices = parser().parse_args(arguments)
    chosen = choose(all_sections(choices.pytest), choices.sections)
    if choices.list:
        print("\n".join(f"{section.name:<12}{section.title}" for section in chosen))
        return 0
    try:
        needs.install(chosen)
        return runner.run_all(chosen)
    except StackError as problem:
        complain(problem)
        return 1
    except KeyboardInterrupt:
        return 130


def choose(sections: Sequence[Section], names: Sequence[str]) -> list[Section]:
    """Return the named sections in their own order; all when none is named."""
    return [section for section in sections if not names or section.name in names]


def parser() -> argparse.ArgumentParser:
    """Describe the command line; what follows ``--pytest`` goes to pytest."""
    names = [section.name for section in all_sections([])]
    made = argparse.ArgumentParser(
        prog="scripts/test",
        usage="scripts/test [--list] [section ...] [--pytest ...]",
        description=DESCRIPTION,
        epilog=f"sections: {', '.join(names)}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("sections", nargs="*", metavar="section", choices=[*names, []], help="what to run (default: all)")
    made.add_argument("--list", action="store_true", help="say what would run")
    made.add_argument(
        "--pytest", nargs=argparse.REMAINDER, default=[], metavar="...",
        help="everything after it goes to pytest: scripts/test pytest --pytest tests/webhooks -x",
    )  # fmt: skip
    return made
