"""What the kinds of request share: the settings of the project and the way to the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import psycopg
from psycopg_pool import PoolTimeout

from supabase_local.context import Pool, Project
from supabase_local.rest.catalog.keeper import CatalogKeeper
from supabase_local.rest.catalog.model import Catalog
from supabase_local.rest.errors import RestError, zero_byte
from supabase_local.rest.execute import Result, Statement, run
from supabase_local.rest.request import ApiRequest, request_settings
from supabase_local.rest.sql.text import Binds
from supabase_local.rest.sqlstate import from_database


@dataclass(frozen=True, slots=True)
class Settings:
    """Section ``[api]`` of ``config.toml``, with the CLI's defaults."""

    schemas: tuple[str, ...]
    """Exposed schemas; the first is the default."""
    extra_search_path: tuple[str, ...]
    max_rows: int


def read_settings(project: Project) -> Settings:
    """Read the settings of the Data API."""
    return Settings(
        schemas=tuple(project.setting("api.schemas", ["public", "graphql_public"])) or ("public",),
        extra_search_path=tuple(project.setting("api.extra_search_path", ["public", "extensions"])),
        max_rows=int(project.setting("api.max_rows", 1000)),
    )


@dataclass(frozen=True, slots=True)
class Door:
    """The way to the database for every kind of request."""

    settings: Settings
    pool: Pool
    keeper: CatalogKeeper

    async def run(
        self,
        catalog: Catalog,
        request: ApiRequest,
        text: str,
        binds: Binds,
        *,
        read_only: bool,
        check: Callable[[Result], None] | None = None,
    ) -> Result:
        """Run a statement as the caller; every error of the database becomes a RestError."""
        settings = request_settings(request, self.settings.extra_search_path)
        settings |= catalog.role_settings.get(request.caller.role, {})
        # The comment keeps plans that the driver prepared before a change of the schema from being used after it.
        statement = Statement(f"{text} -- {catalog.generation}", binds.values, settings, read_only, check or _accept)
        try:
            return await run(self.pool, statement)
        except PoolTimeout as error:
            raise self._no_connection() from error
        except psycopg.Error as error:
            raise from_database(error, anonymous=request.caller.anonymous) from error
        except UnicodeEncodeError as error:
            raise zero_byte() from error

    def _no_connection(self) -> RestError:
        if self.keeper.listening:
            return RestError(504, "PGRST003", "Timed out acquiring connection from connection pool.")
        return RestError(503, "PGRST000", "Database connection error. Retrying the connection.")


def _accept(_result: Result) -> None:
    """Accept any result."""
