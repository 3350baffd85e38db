"""Fixtures for every room's tests: the running product, a connection to its database, databases to clone."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import hypothesis
import psycopg
import pytest
from xdist.remote import Producer

from tests.sandbox.running import Sandbox, running_sandbox
from tests.support.databases import TemplateDatabase
from tests.support.databases import template_database as start_template_database
from tests.support.distribution import ByRoom, turn_of
from tests.support.stack import TOKEN_SECONDS, RunningStack, running_stack
from tests.support.workers import Plant, running_plant

hypothesis.settings.register_profile("busy machine", deadline=None)
hypothesis.settings.load_profile("busy machine")


@pytest.fixture(scope="session", autouse=True)
def certificates_are_read_once() -> Iterator[None]:
    """httpx reads the machine's certificates for every client, 30 ms each; all that tests ask is plain HTTP."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


@pytest.fixture(scope="session")
def stack() -> Iterator[RunningStack]:
    """The whole product, started once a session; tests make companies of their own in it."""
    with running_stack() as started:
        yield started


@pytest.fixture(scope="session")
def fragile_stack() -> Iterator[RunningStack]:
    """A second product: its access tokens live for seconds, and tests may kill its processes."""
    with running_stack(environment={"SUPABASE_AUTH_JWT_EXPIRY": str(TOKEN_SECONDS)}) as started:
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


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByRoom:
    """Called by pytest-xdist where tests run in parallel."""
    config.option.loadscopereorder = False  # the order is that of the collection, below
    return ByRoom(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let the long rooms begin first where tests run in parallel."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: turn_of(item.nodeid))
