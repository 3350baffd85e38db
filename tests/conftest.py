"""Fixtures for every room's tests: the running product, a connection to its database, databases to clone."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from tests.support.databases import TemplateDatabase
from tests.support.databases import template_database as start_template_database
from tests.support.stack import RunningStack, running_stack


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
