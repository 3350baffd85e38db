"""Plans as shapes: which relation is read by which index, without costs and counts."""

from __future__ import annotations

import json
from typing import Any

from psycopg import Connection

SMALL = {
    "tenants",
    "memberships",
    "phone_numbers",
    "tags",
    "permissions",
    "session_tenants",
    "ended_sessions",
    "members",
}
"""Relations of a few pages, or read once in a statement: a sequential scan of them is right."""


def plan_of(connection: Connection[Any], statement: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """Return the plan of a statement as PostgreSQL explains it."""
    row = connection.execute(f"explain (format json) {statement}".encode(), parameters).fetchone()
    if row is None:
        raise RuntimeError("the database explained nothing")
    explained = row[0] if isinstance(row[0], list) else json.loads(row[0])
    plan: dict[str, Any] = explained[0]["Plan"]
    return plan


def reads(plan: dict[str, Any]) -> list[str]:
    """Return each read of a relation in a plan, in its order: ``Index Scan contacts contacts_list``."""
    found = []
    if "Relation Name" in plan or "Index Name" in plan:
        words = (plan["Node Type"], plan.get("Relation Name"), plan.get("Index Name"))
        found.append(" ".join(word for word in words if word))
    for part in plan.get("Plans", []):
        found += reads(part)
    return found


def sequential(plan: dict[str, Any]) -> list[str]:
    """Return the large relations that a plan reads from end to end."""
    scans = [read.split(" ")[-1] for read in reads(plan) if read.startswith("Seq Scan")]
    return [name for name in scans if name not in SMALL]
