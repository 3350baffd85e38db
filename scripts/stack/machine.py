"""What the machine must have before anything is installed, and what to say when it has not."""

from __future__ import annotations

import shutil
import subprocess

from scripts.stack.console import StackError

NODE = (20, 19)
"""The oldest Node that Vite supports."""


def require_node() -> None:
    """Raise StackError unless Node and npm are here and new enough for Vite."""
    wanted = ".".join(map(str, NODE))
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise StackError(
                f"{program} was not found. The web client needs Node {wanted} or newer with npm: install it from "
                "nodejs.org or with your version manager, and start again."
            )
    found = subprocess.run(["node", "--version"], check=True, capture_output=True, text=True).stdout.strip()
    if version(found.removeprefix("v")) < NODE:
        raise StackError(f"Node {wanted} or newer is needed; `node --version` says {found}. Install a newer one.")


def version(text: str) -> tuple[int, ...]:
    """Return the first two numbers of a version: ``20.20.2`` -> ``(20, 20)``."""
    return tuple(int(part) for part in text.split(".")[:2])
