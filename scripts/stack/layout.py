"""Where things lie: the clone, and the folder that keeps the state of one stack."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / ".fieldlite"
"""What all stacks of this clone share: the Python environment and the stamps of what was installed and built."""
WEB = ROOT / "web"
SCRIPTS = ROOT / "scripts"


@dataclass(frozen=True)
class StateFolder:
    """The folder of one stack. Everything that ``reset`` deletes is listed here."""

    directory: Path

    @property
    def record(self) -> Path:
        """What runs now: addresses and process ids."""
        return self.directory / "run.json"

    @property
    def lock(self) -> Path:
        """Held by the process that watches the stack, so that two never share a state folder."""
        return self.directory / "run.lock"

    @property
    def credentials(self) -> Path:
        """Generated passwords and the vault key; readable by the owner only."""
        return self.directory / "credentials.json"

    @property
    def settings(self) -> Path:
        """The service's settings as started, for tests; readable by the owner only."""
        return self.directory / "settings.json"

    @property
    def supabase(self) -> Path:
        """The embedded Supabase's data."""
        return self.directory / "supabase"

    @property
    def sandbox(self) -> Path:
        """The texts that the sandbox keeps over a restart."""
        return self.directory / "sandbox"

    @property
    def logs(self) -> Path:
        """One file a process, new at each start of the stack."""
        return self.directory / "logs"

    @property
    def output(self) -> Path:
        """What the watching process itself prints, when it runs in the background."""
        return self.directory / "dev.log"

    def log(self, name: str) -> Path:
        """The log of one process."""
        return self.logs / f"{name}.log"

    def disposable(self) -> tuple[Path, ...]:
        """What a reset deletes: everything but the shared environment and its stamps."""
        return (self.supabase, self.sandbox, self.logs, self.output, self.credentials, self.settings, self.record)
