"""Parts that need no database: tokens, views' query trees, ranges, the types of casts."""

from __future__ import annotations

import jwt
import pytest
from supabase_local.rest.catalog.views import ViewColumn, base_columns, view_columns
from supabase_local.rest.errors import RestError
from supabase_local.rest.identity import TokenReader
from supabase_local.rest.media import negotiate
from supabase_local.rest.sql.text import array_literal, quote, type_name
from supabase_local.rest.windows import Window, content_range, range_status, requested_window

SECRET = "a-secret-of-at-least-thirty-two-characters"

TREE = (
    r"({QUERY :commandType 1 :rtable ({RANGETBLENTRY :alias {ALIAS :aliasname a\}b} :subquery {QUERY :targetList "
    r"({TARGETENTRY :expr {VAR} :resno 1 :resname inner :resorigtbl 9 :resorigcol 9 :resjunk false})}}) :targetList "
    r"({TARGETENTRY :expr {VAR} :resno 1 :resname id :ressortgroupref 0 :resorigtbl 77 :resorigcol 3 :resjunk false} "
    r"{TARGETENTRY :expr {CONST} :resno 2 :resname two :ressortgroupref 0 :resorigtbl 0 :resorigcol 0 :resjunk false} "
    r"{TARGETENTRY :expr {VAR} :resno 3 :resname key :ressortgroupref 1 :resorigtbl 77 :resorigcol 4 :resjunk true}) "
    r":setOperations <>})"
)


def test_columns_that_a_view_passes_through() -> None:
    assert view_columns(TREE) == [ViewColumn(1, (77, 3))]
    assert view_columns(TREE.replace(":setOperations <>", ":setOperations {SETOPERATIONSTMT :op 1}")) == []


def test_views_of_views() -> None:
    found = base_columns({1: [ViewColumn(1, (77, 3))], 2: [ViewColumn(5, (1, 1)), ViewColumn(6, (1, 2))]})
    assert found == {1: {1: (77, 3)}, 2: {5: (77, 3)}}


def test_a_remembered_token_expires_all_the_same() -> None:
    moment = [1_000_000.0]
    reader = TokenReader(SECRET, now=lambda: moment[0])
    token = "Bearer " + jwt.encode({"role": "authenticated", "exp": 1_000_060}, SECRET)
    assert reader.read(token).role == "authenticated"
    moment[0] += 91
    with pytest.raises(RestError, match="PGRST303"):
        reader.read(token)


def test_no_token_is_anonymous() -> None:
    assert TokenReader(SECRET).read(None).role == "anon"
    assert TokenReader(SECRET).read("Basic eDp5").anonymous


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("application/vnd.pgrst.object", "object"),
        ("text/csv;q=0.1, application/json", "json"),
        ("application/vnd.pgrst.array+json", "json"),
    ],
)
def test_formats(accept: str, form: str) -> None:
    assert negotiate(accept).form == form


def test_ranges() -> None:
    assert requested_window("2-9", 3, 4) == Window(4, 3)
    assert requested_window("5-6", 2, 0) == Window(5, 0)
    assert content_range(0, -1, 0) == "*/0"
    assert [range_status(0, 2, total) for total in (None, 2, 3)] == [200, 200, 206]
    assert range_status(3, 0, 2) == 416


def test_quoting() -> None:
    assert quote('a"b') == '"a""b"'
    assert array_literal(['a"b\\', ""]) == '{"a\\"b\\\\",""}'
    assert [type_name(name) for name in ("INT", "double  precision", "uuid", "My Type")] == [
        "int",
        "double precision",
        '"uuid"',
        '"my type"',
    ]
