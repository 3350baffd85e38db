"""Each habit of scripts/checks/sql.py is seen when it is broken, and not where it is kept."""

from __future__ import annotations

import pytest

from scripts.checks import sql

PINNED = (
    "create function private.f() returns int language sql security definer set search_path = '' as $$ select 1 $$;\n"
)


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        (sql.starts_with_why, "-- Why: people.\n", "create table t ();\n"),
        (sql.has_no_stray_blanks, "select 1;\n", "select 1; \n"),
        (sql.has_no_stray_blanks, "select 1;\n", "select\t1;\n"),
        (sql.has_no_stray_blanks, "select 1;\n", "select 1;"),
        (sql.is_lower_case, "select 'SELECT' as \"FROM\"; -- WHERE\n", "SELECT 1;\n"),
        (sql.pins_search_path, PINNED, PINNED.replace("set search_path = '' ", "")),
        (sql.grants_nothing_wholesale, "grant select on t to anon;\n", "grant all on t to anon;\n"),
    ],
)
def test_a_broken_habit_is_found(rule: sql.Rule, good: str, bad: str) -> None:
    assert list(rule(good)) == []
    assert [line for line, _ in rule(bad)] == [1]


def test_a_finding_names_the_line() -> None:
    assert [line for line, _ in sql.is_lower_case("-- why\n\nselect 1;\nDELETE from t;\n")] == [4]
