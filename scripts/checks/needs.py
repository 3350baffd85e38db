"""What the checks need beside the Python environment: npm packages (the Supabase CLI among them), and Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

from scripts.checks.sections import Section
from scripts.stack import machine, web
from scripts.stack.console import StackError, step
from scripts.stack.layout import SCRIPTS, WEB

CHROMIUM = ("apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-liberation")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def install(sections: Sequence[Section]) -> None:
    """Install what these sections need. Raises StackError naming the command when only root could do it."""
    if any(section.needs_web for section in sections):
        machine.require_node()
        web.install_packages(WEB)
    if any(section.name == "pytest" for section in sections):
        web.install_packages(SCRIPTS)
        require_browser()


def require_browser() -> None:
    """Make sure that a Chromium is installed: Debian's own, as Playwright's download would not be locked."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    if os.geteuid() != 0:
        raise StackError(f"The browser tests need Chromium. Run:  sudo {' '.join(CHROMIUM)}")
    step("installing Chromium for the browser tests")
    for command in (("apt-get", "update", "-qq"), CHROMIUM):
        if subprocess.run(command, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}).returncode:
            raise StackError(f"`{' '.join(command)}` failed. The browser tests need Chromium.")
