"""Builds the crowd in stages, takes plans and times, and says what they mean."""

from __future__ import annotations

import statistics
import sys
import time
from typing import Any

import psycopg
from psycopg import Connection, sql

from scripts.benchmarks.companies import company_id
from scripts.benchmarks.product import Product
from scripts.benchmarks.rls.crowd import LARGE, Stage, load, owner_claims
from scripts.benchmarks.rls.plans import plan_of, reads, sequential
from scripts.benchmarks.rls.screens import QUERIES, SEARCHES, Query

Figures = dict[str, Any]

FEW = Stage(1, 10, 950)
MANY = Stage(11, 1_000, 950)
CROWD = Stage(1_001, 10_000, 10)
MEASURED = {"large": 1, "average": 7}
"""Positions of the companies that are asked for."""

ROUNDS = 60
WARMING = 10
"""The first rounds plan, and fill the caches."""


def measure(product: Product, _seconds: int) -> Figures:
    """Measure at 1,000 companies; take plans at 10, 1,000 and 10,000. Takes about a quarter of an hour and 12 GB."""
    superuser = product.database_url.replace("//postgres:", "//supabase_admin:", 1)
    with (
        psycopg.connect(superuser, autocommit=True) as admin,
        psycopg.connect(product.database_url, autocommit=True) as secured,
        psycopg.connect(product.database_url, autocommit=True) as bypassing,
    ):
        shapes = {}
        for stage in (FEW, MANY, CROWD):
            say(f"loading companies {stage.first} to {stage.last}, {stage.people:,} contacts")
            load(admin, stage)
            shapes[stage.last] = plans(secured)
            if stage is MANY:
                say("measuring")
                times = [compare(secured, bypassing, query, company) for company in MEASURED for query in QUERIES]
                searches = search_times(secured)
                counts = sizes(admin)
    return {
        "benchmark": "rls",
        "sizes": counts,
        "queries": times,
        "worst_ratio": max(time["ratio"] for time in times),
        "search_ms": searches,
        "sequential_scans": {n: plan["sequential"] for n, plan in shapes.items() if plan["sequential"]},
        "plans_differ": [
            name for name in shapes[10]["reads"] if len({tuple(shapes[n]["reads"][name]) for n in shapes}) > 1
        ],
    }


def say(words: str) -> None:
    """Progress goes to the terminal, figures to standard output."""
    print(words, file=sys.stderr, flush=True)


def parameters_of(connection: Connection[Any], position: int) -> dict[str, Any]:
    """Return a company and rows of it to ask with: a conversation in the middle of the list and its contact."""
    tenant = company_id(position)
    row = connection.execute(
        "select id, contact_id, last_message_at from public.conversations where tenant_id = %s "
        "order by last_message_at desc offset 100 limit 1",
        [tenant],
    ).fetchone()
    if row is None:
        raise RuntimeError(f"company {position} has no conversations")
    return {"tenant": tenant, "conversation": row[0], "contact": row[1], "at": row[2]}


def as_owner(connection: Connection[Any], position: int) -> None:
    """Make the rest of the transaction the company's owner's, as the Data API does."""
    connection.execute("select set_config('request.jwt.claims', %s, true)", [owner_claims(position)])
    connection.execute("set local role authenticated")


def timed(connection: Connection[Any], statement: str, parameters: dict[str, Any]) -> float:
    """Run a statement, read its rows, return milliseconds."""
    start = time.perf_counter()
    connection.execute(statement.encode(), parameters).fetchall()
    return (time.perf_counter() - start) * 1000


def compare(secured: Connection[Any], bypassing: Connection[Any], query: Query, company: str) -> Figures:
    """Run both forms in turns and return their medians in milliseconds, and the ratio.

    Each has a connection of its own, as the Data API's are always a signed-in person's: plans hold for one role.
    """
    position = MEASURED[company]
    parameters = parameters_of(bypassing, position)
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        with secured.transaction(force_rollback=True):
            as_owner(secured, position)
            times[0].append(timed(secured, query.secured, parameters))
        with bypassing.transaction(force_rollback=True):
            times[1].append(timed(bypassing, query.bypassing, parameters))
    secured_ms, bypassing_ms = (statistics.median(each[WARMING:]) for each in times)
    return {
        "query": query.name,
        "company": company,
        "secured_ms": round(secured_ms, 2),
        "bypassing_ms": round(bypassing_ms, 2),
        "ratio": round(secured_ms / bypassing_ms, 2),
    }


def search_times(connection: Connection[Any]) -> Figures:
    """Search the large company for every fragment, five times; return p50 and p95 in milliseconds, and the slowest."""
    times = []
    for text in SEARCHES * 5:
        with connection.transaction(force_rollback=True):
            as_owner(connection, MEASURED["large"])
            statement = "select * from public.list_contacts(p_query => %(text)s)"
            times.append((timed(connection, statement, {"text": text}), text))
    times.sort()
    return {
        "contacts": LARGE,
        "p50": round(times[len(times) // 2][0], 1),
        "p95": round(times[int(len(times) * 0.95)][0], 1),
        "slowest": f"{times[-1][1]}: {times[-1][0]:.1f}",
    }


def plans(connection: Connection[Any]) -> Figures:
    """Return what each query reads, and the large tables that one reads from end to end."""
    found: dict[str, list[str]] = {}
    wrong = []
    for company, position in MEASURED.items():
        parameters = parameters_of(connection, position)
        for query in QUERIES:
            with connection.transaction(force_rollback=True):
                as_owner(connection, position)
                plan = plan_of(connection, query.secured, parameters)
            found[f"{query.name} ({company})"] = reads(plan)
            wrong += [f"{query.name}: {name}" for name in sequential(plan)]
    return {"reads": found, "sequential": sorted(set(wrong))}


def sizes(connection: Connection[Any]) -> dict[str, int]:
    """Count what was loaded."""
    names = ("tenants", "contacts", "sms_messages", "timeline_entries")
    return {name: count(connection, name) for name in names}


def count(connection: Connection[Any], table: str) -> int:
    """Count a table's rows."""
    row = connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier("public", table))).fetchone()
    return int(row[0]) if row else 0


def describe(figures: Figures) -> str:
    """Return the figures as lines for people."""
    lines = [", ".join(f"{count:,} {name}" for name, count in figures["sizes"].items())]
    for row in figures["queries"]:
        words = f"{row['query']} ({row['company']})"
        lines.append(f"  {words:<40}{row['secured_ms']:>8} ms {row['bypassing_ms']:>8} ms  x {row['ratio']}")
    search = figures["search_ms"]
    return "\n".join(
        [
            *lines,
            f"worst ratio: {figures['worst_ratio']} (aim 1.3)",
            f"search among {search['contacts']:,}: p50 {search['p50']} ms, p95 {search['p95']} ms (aim 100)",
            f"slowest search: {search['slowest']} ms",
            f"sequential scans of large tables: {figures['sequential_scans'] or 'none'}",
            f"plans that differ between 10, 1,000 and 10,000 companies: {figures['plans_differ'] or 'none'}",
        ]
    )
