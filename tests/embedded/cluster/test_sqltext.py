"""Cutting a file into statements exactly where the official CLI does."""

from __future__ import annotations

import pytest
from supabase_local.sqltext import split_statements


@pytest.mark.parametrize(
    ("sql", "statements"),
    [
        ("", []),
        (" ;;\n; ", []),
        ("select 1; select 2", ["select 1", "select 2"]),
        ("select ';', 'it''s;', E'it\\'s;'; select 2;", ["select ';', 'it''s;', E'it\\'s;'", "select 2"]),
        ("select 'ends in a backslash\\'; select 2;", ["select 'ends in a backslash\\'", "select 2"]),
        ('select 1 as "a;""b;"; select 2;', ['select 1 as "a;""b;"', "select 2"]),
        ("select $$a;$$; select $t$b; $$ ;$t$;", ["select $$a;$$", "select $t$b; $$ ;$t$"]),
        ("select a$b$c from t; select 2", ["select a$b$c from t", "select 2"]),
        ("-- no; end\nselect 1; -- after\n", ["-- no; end\nselect 1", "-- after"]),
        ("/* a; /* nested; */ b; */ select 1; select 2", ["/* a; /* nested; */ b; */ select 1", "select 2"]),
        ("create rule r as on insert to t do (select 1; select 2); select 3", None),
        ("create function f() returns int begin atomic select case 1 when 1 then 2 end; select 2; end; select 3", None),
        ("select beginatomic; select 2;", ["select beginatomic", "select 2"]),
        ("begin; select 1; end;", ["begin", "select 1", "end"]),
    ],
)
def test_statements_end_at_the_right_semicolons(sql: str, statements: list[str] | None) -> None:
    """`None` stands for two statements of which the last is `select 3`."""
    texts = [statement.text for statement in split_statements(sql)]
    if statements is None:
        assert texts[1:] == ["select 3"]
    else:
        assert texts == statements


def test_a_statement_knows_its_line() -> None:
    first, second = split_statements("\n\nselect 1;\n\n-- about two\n/* more */\nselect 2;")
    assert (first.line, second.line) == (3, 5)
    assert second.text[second.code_offset :] == "select 2"
