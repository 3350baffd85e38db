"""PostgreSQL's amounts are those of the cases that the service and the browser are tested with."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from psycopg import Connection

from tests.support.stack import ROOT

VECTORS: dict[str, list[dict[str, Any]]] = json.loads((ROOT / "tests" / "vectors" / "money.json").read_text())


def test_a_line_of_an_invoice_comes_to_what_everybody_says(database: Connection[Any]) -> None:
    """By the very expression of the generated column."""
    amount = database.execute(
        "select pg_get_expr(adbin, adrelid) from pg_attrdef join pg_attribute on attrelid = adrelid and attnum = adnum "
        "where adrelid = 'public.invoice_items'::regclass and attname = 'amount_cents'"
    ).fetchone()
    assert amount is not None
    item = "(select %s::numeric(12, 3) as quantity, %s::numeric(12, 4) as unit_price)"
    query = f"select {amount[0]} from {item} as item".encode()
    for case in VECTORS["line_total"]:
        found = database.execute(query, (Decimal(case["quantity"]), Decimal(case["unit_price"]))).fetchone()
        assert found == (case["cents"],), case


def test_halves_go_away_from_zero(database: Connection[Any]) -> None:
    for case in VECTORS["round"]:
        found = database.execute("select round(%s::numeric, 2) * 100", (Decimal(case["major"]),)).fetchone()
        assert found == (case["cents"],), case
