"""Runs the sections, shows each under a heading, and a summary of all at the end."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from scripts.checks.sections import Section

PYTEST_CLOSING_LINE = re.compile(r"^=+ .*\b(passed|failed|error|no tests ran)\b.* in .*=+$")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Outcome:
    """How one section ended."""

    section: Section
    code: int
    seconds: float
    output: str

    @property
    def closing_line(self) -> str | None:
        """pytest's own last line, where the section was pytest."""
        lines = COLOURS.sub("", self.output).splitlines()
        return next((line for line in reversed(lines) if PYTEST_CLOSING_LINE.match(line)), None)


def run_all(sections: Sequence[Section]) -> int:
    """Run every section whatever the others did; return 0 when all passed, 1 otherwise.

    The quick ones run two at a time, each shown whole when it is done; the tests run alone, shown as they go.
    """
    quick = [section for section in sections if not section.alone]
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = [show(outcome) for outcome in pool.map(run_quietly, quick)]
    outcomes += [run_in_the_open(section) for section in sections if section.alone]
    print(summary(outcomes), flush=True)
    return int(any(outcome.code != 0 for outcome in outcomes))


def heading(section: Section) -> str:
    """Return the line above a section's output."""
    return f"\n=== {section.title} [{section.name}]"


def run_quietly(section: Section) -> Outcome:
    """Run one section and keep its output."""
    begun = time.monotonic()
    done = subprocess.run(
        section.command, cwd=section.folder, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return Outcome(section, done.returncode, time.monotonic() - begun, done.stdout.decode(errors="replace"))


def show(outcome: Outcome) -> Outcome:
    """Print a section that has ended, under its heading."""
    print(heading(outcome.section), outcome.output.strip(), sep="\n", flush=True)
    return outcome


def run_in_the_open(section: Section) -> Outcome:
    """Run one section, passing its output on as it comes; only the last lines are kept."""
    print(heading(section), flush=True)
    begun = time.monotonic()
    process = subprocess.Popen(section.command, cwd=section.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    last: deque[str] = deque(maxlen=20)
    with process:
        for line in process.stdout or ():
            sys.stdout.buffer.write(line)
            sys.stdout.flush()
            last.append(line.decode(errors="replace"))
    return Outcome(section, process.returncode, time.monotonic() - begun, "".join(last))


def summary(outcomes: Sequence[Outcome]) -> str:
    """Return the closing table, and under it pytest's own closing line for whoever reads only the last line."""
    lines = ["", "=== summary"]
    for outcome in outcomes:
        word = "ok" if outcome.code == 0 else f"FAILED (code {outcome.code})"
        lines.append(f"  {outcome.section.name:<12}{outcome.seconds:7.1f} s  {word}")
    failed = [outcome.section.name for outcome in outcomes if outcome.code != 0]
    lines.append(f"Failed: {', '.join(failed)}" if failed else "Everything passed.")
    lines += [outcome.closing_line for outcome in outcomes if outcome.closing_line]
    return "\n".join(lines)
