"""Fixtures for every room's tests: the running product, a connection to its database, databases to clone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.sandbox.running import Sandbox, running_sandbox
from tests.support.databases import TemplateDatabase
from tests.support.databases import template_database as start_template_database
from tests.support.stack import RunningStack, running_stack
from tests.support.workers import Plant, running_plant


@pytest.fixture(scope="session")
def stack() -> Iterator[RunningStack]:
    """The whole product, started once a session; tests make companies of their own in it."""
    with running_stack() as started:
        yield started


@pytest.fixture
def database(stack: RunningStack) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection to the stack's database as ``postgres``; each statement commits at once."""
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TemplateDatabase]:
    """A migrated, empty database to clone."""
    with start_template_database(tmp_path_factory.mktemp("template")) as template:
        yield template


@pytest.fixture
def clone_url(template_database: TemplateDatabase) -> Iterator[str]:
    """The address of a migrated, empty database for one test that commits."""
    with template_database.clone() as url:
        yield url


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[Sandbox]:
    """A sandbox of the tests' own, started once a session and without the stack."""
    with running_sandbox() as running:
        yield running


@pytest.fixture
def plant(clone_url: str, sandbox_process: Sandbox, tmp_path: Path) -> Iterator[Plant]:
    """A company that texts through an empty sandbox, in a database of its own; tests start the workers."""
    sandbox_process.reset()
    sandbox_process.switch(status_step_seconds=0.05)
    with running_plant(clone_url, sandbox_process, tmp_path) as running:
        yield running
