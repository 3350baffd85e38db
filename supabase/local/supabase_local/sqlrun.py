"""Running a file of SQL, statement by statement, so that an error can be found in it."""

from __future__ import annotations

import psycopg
from psycopg.rows import TupleRow

from supabase_local.errors import StackError
from supabase_local.sqltext import Statement, split_statements

Connection = psycopg.AsyncConnection[TupleRow]


async def run_sql(connection: Connection, sql: str, file: str) -> list[str]:
    """Run the statements of ``sql`` and return their texts. Raises StackError naming file, line and message."""
    statements = split_statements(sql)
    for statement in statements:
        try:
            await connection.execute(statement.text.encode())
        except psycopg.Error as error:
            raise StackError(f"{file}, line {_line(statement, error)}: {_message(error)}") from error
    return [statement.text for statement in statements]


def _line(statement: Statement, error: psycopg.Error) -> int:
    """Return the line of the file that the error points to, else the one on which the statement's SQL begins."""
    position = error.diag.statement_position
    end = int(position) - 1 if position else statement.code_offset
    return statement.line + statement.text.count("\n", 0, end)


def _message(error: psycopg.Error) -> str:
    lines = [f"{error.diag.message_primary or error} (SQLSTATE {error.sqlstate})"]
    parts = {"detail": error.diag.message_detail, "hint": error.diag.message_hint, "context": error.diag.context}
    return "\n  ".join([*lines, *(f"{name}: {text}" for name, text in parts.items() if text)])
