"""A made-up schema on the shared stack, and a client that speaks plain HTTP to its Data API."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import jwt
import psycopg
import pytest

from tests.embedded.stacks import StackInfo

HERE = Path(__file__).parent

DROP_FUNCTIONS = """
create function pg_temp.drop_functions(wanted text) returns void language plpgsql as $$
declare found regprocedure;
begin
  for found in select oid from pg_proc where oid::regproc::text in (wanted, split_part(wanted, '.', 2)) loop
    execute format('drop function %s cascade', found);
  end loop;
end $$;
"""


@dataclass(frozen=True)
class Api:
    """Requests to the Data API as one caller: the service role unless told otherwise."""

    client: httpx.Client
    secret: str
    key: str
    token: str | None

    def as_user(self, user: str | None, **claims: Any) -> Api:
        """Return the same API with a signed-in person's token."""
        return self.with_claims({"role": "authenticated", "sub": user, **claims})

    def as_anonymous(self) -> Api:
        """Return the same API with the public key only."""
        return replace(self, token=self.key)

    def with_claims(self, claims: Mapping[str, Any], secret: str | None = None) -> Api:
        """Return the same API with a token of exactly these claims."""
        return replace(self, token=jwt.encode(dict(claims), secret or self.secret, algorithm="HS256"))

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """Send a request; an underscore in the name of a header stands for a dash."""
        sent = {"apikey": self.key, "Authorization": f"Bearer {self.token}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        if content is not None:
            sent = {"Content-Type": "application/json", **sent}
        return self.client.request(method, f"/rest/v1{path}", content=content, headers=sent)

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Send GET."""
        return self.request("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """Send POST."""
        return self.request("POST", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> httpx.Response:
        """Send PATCH."""
        return self.request("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> httpx.Response:
        """Send DELETE."""
        return self.request("DELETE", path, **headers)

    def rows(self, path: str, **headers: str) -> Any:
        """Send GET and return the rows, after checking that it went well."""
        response = self.get(path, **headers)
        assert response.status_code in (200, 206), response.text
        return response.json()


@pytest.fixture(scope="session")
def schema(stack_info: StackInfo) -> Iterator[StackInfo]:
    """Create the made-up schema for the session."""
    with psycopg.connect(stack_info.database_url, autocommit=True) as connection:
        connection.execute((HERE / "schema.sql").read_bytes())
        yield stack_info
        connection.execute(_drop_script().encode())


def _drop_script() -> str:
    """Return SQL that drops what schema.sql made: functions by name first, then the rest, last made first."""
    made = re.findall(
        r"^create (table|view|type|function) (public\.\w+)", (HERE / "schema.sql").read_text(), re.MULTILINE
    )
    functions = sorted({name for kind, name in made if kind == "function"})
    drops = [f"perform pg_temp.drop_functions('{name}');" for name in functions]
    others = [f"drop {kind} {name} cascade;" for kind, name in reversed(made) if kind != "function"]
    return DROP_FUNCTIONS + "do $$ begin " + " ".join(drops) + " end $$;" + " ".join(others)


@pytest.fixture(scope="session")
def database(schema: StackInfo) -> Iterator[psycopg.Connection[Any]]:
    """Give a connection of the role `postgres`, as migrations have it."""
    with psycopg.connect(schema.database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def http(schema: StackInfo) -> Iterator[httpx.Client]:
    """Give one HTTP connection for all tests."""
    with httpx.Client(base_url=schema.api_url, timeout=20) as client:
        yield client


@pytest.fixture
def api(schema: StackInfo, http: httpx.Client, database: psycopg.Connection[Any]) -> Api:
    """Give the Data API as the service role, over the rows of rows.sql."""
    database.execute((HERE / "rows.sql").read_bytes())
    return Api(http, schema.keys.jwt_secret, schema.keys.anon, schema.keys.service_role)


@pytest.fixture
def now() -> int:
    """Give the time in seconds since 1970."""
    return int(time.time())
