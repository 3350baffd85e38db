"""The desk: buckets and policies of a made-up project on the shared stack, and people who use them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from tests.embedded.stacks import StackInfo
from tests.embedded.storage.desk import Person, new_person

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def desk(stack_info: StackInfo) -> Iterator[StackInfo]:
    """Make the buckets and policies, as a migration would: as `postgres`."""
    with psycopg.connect(stack_info.database_url, autocommit=True) as connection:
        connection.execute((HERE / "desk.sql").read_bytes())
        yield stack_info
        connection.execute((HERE / "desk_down.sql").read_bytes())


@pytest.fixture(scope="session")
def database(desk: StackInfo) -> Iterator[psycopg.Connection[Any]]:
    """Give a connection of the role `postgres`."""
    with psycopg.connect(desk.database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def http(desk: StackInfo) -> Iterator[httpx.Client]:
    """Give one HTTP client for all people."""
    with httpx.Client(timeout=30) as client:
        yield client


@pytest.fixture
def ann(desk: StackInfo, http: httpx.Client) -> Person:
    """Somebody of a tenant of her own."""
    return new_person(desk, http)


@pytest.fixture
def bob(desk: StackInfo, http: httpx.Client) -> Person:
    """Somebody of another tenant."""
    return new_person(desk, http)


@pytest.fixture
def visitor(desk: StackInfo, http: httpx.Client) -> Person:
    """Somebody with the public key only."""
    return Person(desk, http, desk.keys.anon)


@pytest.fixture
def service(desk: StackInfo, http: httpx.Client) -> Person:
    """The service role, whom policies do not bind."""
    return Person(desk, http, desk.keys.service_role)
