"""Where webhooks go, the secrets that sign them, and how far the clock is ahead; kept over a restart."""

import json
from typing import Any

from scripts.sandbox.database import Database

_DEFAULTS: dict[str, Any] = {
    "endpoint": "",
    "platform_secrets": ["whsec_sandbox_platform"],
    "connect_secrets": ["whsec_sandbox_connect"],
    "clock_offset": 0,
}


class Settings:
    """Named values in the database."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database

    @property
    def endpoint(self) -> str:
        """The address that gets the events of the platform and of connected accounts; empty: nobody gets any."""
        return str(self._get("endpoint"))

    @property
    def clock_offset(self) -> int:
        """How many seconds the sandbox's clock is ahead of the real one."""
        return int(self._get("clock_offset"))

    def secrets(self, connected: bool) -> list[str]:
        """Return the secrets that sign: those of the connect endpoint, or of the platform's own."""
        return list(self._get("connect_secrets" if connected else "platform_secrets"))

    def set(self, name: str, value: Any) -> None:
        """Set a value."""
        self._database.run("insert or replace into stripe_settings values (?, ?)", (name, json.dumps(value)))

    def _get(self, name: str) -> Any:
        row = self._database.row("select value from stripe_settings where name = ?", (name,))
        return json.loads(row["value"]) if row else _DEFAULTS[name]
