"""Doing things at the same moment in several connections, in a database of the test's own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import psycopg
from psycopg import Connection

from tests.database.catalog import Catalog
from tests.database.companies import connect_twilio
from tests.database.conftest import Company, make_company, superuser_url

Work = Callable[[Connection[Any]], Any]
WAITING = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"


def together(clone_url: str, works: list[Work]) -> list[Any]:
    """Run each work in a connection of its own, all started at once; return their results."""
    start = threading.Barrier(len(works))

    def run(work: Work) -> Any:
        with psycopg.connect(superuser_url(clone_url), autocommit=True) as connection:
            start.wait(10)
            return work(connection)

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def company_of(clone_url: str) -> tuple[Connection[Any], Company]:
    """Make a committed company that can text, and a connection to look with."""
    connection = psycopg.connect(superuser_url(clone_url), autocommit=True)
    company = make_company(connection, Catalog(connection), "Concurrent")
    connect_twilio(connection, company)
    return connection, company


def wait_until_blocked(look: Connection[Any], work: Future[Any]) -> None:
    """Return once somebody in the database waits for a lock; fails when the work ends without having waited."""
    while look.execute(WAITING).fetchone() == (0,):
        assert not work.done(), work.result()
