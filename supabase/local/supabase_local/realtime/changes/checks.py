"""The check of a subscription against the catalog, when it is made: what would fail later is refused at once."""

from __future__ import annotations

import re
from typing import LiteralString

import psycopg
from psycopg import AsyncConnection, sql
from psycopg.rows import TupleRow

from supabase_local.realtime.changes.conditions import condition
from supabase_local.realtime.changes.filters import IS_VALUES, Filter
from supabase_local.realtime.changes.subscriptions import Interest, Subscription
from supabase_local.realtime.changes.tables import Column, Table, describe
from supabase_local.realtime.feed import CHANGES_PUBLICATION

MOST_VALUES = 100
"""Of an ``in`` filter."""

PUBLISHED: LiteralString = """
    select format('%%I.%%I', schemaname, tablename)::regclass::oid from pg_publication_tables
    where pubname = %(publication)s
      and (%(schema)s = '*' or schemaname = %(schema)s) and (%(table)s = '*' or tablename = %(table)s)
"""
ROLE_EXISTS: LiteralString = "select quote_ident(%s)::regrole"
VALUE = sql.Placeholder("value")


class SubscriptionError(Exception):
    """A subscription that the database does not allow; the text is what the client is told."""


class _InvalidError(Exception):
    pass


async def check(connection: AsyncConnection[TupleRow], subscription: Subscription) -> None:
    """See that a subscription names published tables, readable columns and fitting values. Raises SubscriptionError."""
    interest = subscription.interest
    parameters = {"publication": CHANGES_PUBLICATION, "schema": interest.schema, "table": interest.table}
    tables = await (await connection.execute(PUBLISHED, parameters)).fetchall()
    if not tables:
        raise SubscriptionError(
            "Unable to subscribe to changes with given parameters. "
            f"Please check Realtime is enabled for the given connect parameters: [{interest.inspect()}]"
        )
    try:
        await connection.execute(ROLE_EXISTS, (subscription.role,))
        for (oid,) in tables if interest.filters or interest.columns else ():
            await _check_columns(connection, interest, await describe(connection, oid, [subscription.role]))
    except psycopg.OperationalError:
        raise
    except psycopg.Error as error:
        raise _refusal(interest, _describe(error)) from error
    except _InvalidError as error:
        raise _refusal(interest, f"ERROR P0001 (raise_exception) {error}") from error


def _refusal(interest: Interest, reason: str) -> SubscriptionError:
    return SubscriptionError(
        "Unable to subscribe to changes with given parameters. An exception happened so please check your connect "
        f"parameters: [{interest.inspect()}]. Exception: {reason}"
    )


def _describe(error: psycopg.Error) -> str:
    """Write a database error as hosted's driver does: ``ERROR 22P02 (invalid_text_representation) ...``."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()
    return f"ERROR {error.sqlstate} ({name}) {error.diag.message_primary}"


async def _check_columns(connection: AsyncConnection[TupleRow], interest: Interest, table: Table | None) -> None:
    readable = {column.name: column for column in table.columns if column.readers} if table else {}
    for item in interest.filters:
        if item.column not in readable:
            raise _InvalidError(f"invalid column for filter {item.column}")
        await _check_value(connection, item, readable[item.column])
    for name in interest.columns or ():
        if name not in readable:
            raise _InvalidError(f"invalid column for select {name}")


async def _check_value(connection: AsyncConnection[TupleRow], item: Filter, column: Column) -> None:
    if item.operator == "is":
        _check_keyword(item, column)
    elif item.operator == "in":
        await _check_list(connection, item, column)
    else:  # compared with itself, as hosted does: that tries the value, the pattern and the operator
        test = condition(item.operator, item.negated, column, VALUE, VALUE)
        await connection.execute(sql.SQL("select {}").format(test), {"value": item.value})


def _check_keyword(item: Filter, column: Column) -> None:
    if item.value not in IS_VALUES:
        raise _InvalidError("invalid value for is filter: must be null, true, false, or unknown")
    if item.value != "null" and column.type != "boolean":
        raise _InvalidError(f"is {item.value} filter requires a boolean column, got {column.type}")


async def _check_list(connection: AsyncConnection[TupleRow], item: Filter, column: Column) -> None:
    test = condition("in", item.negated, column, sql.NULL, VALUE)
    query = sql.SQL("select cardinality({}::text[]), {}").format(VALUE, test)
    row = await (await connection.execute(query, {"value": item.value})).fetchone()
    if row is not None and row[0] > MOST_VALUES:
        raise _InvalidError(f"too many values for `in` filter. Maximum {MOST_VALUES}")
