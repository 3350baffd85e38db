"""The official Python client against the Data API: what it sends is understood, what it gets it can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from postgrest import APIError, CountMethod, ReturnMethod
from supabase.lib.client_options import SyncClientOptions

from supabase import Client, create_client
from tests.embedded.rest.conftest import Api
from tests.embedded.stacks import StackInfo

# supabase-py passes its own client parameters that the latter deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:The '(timeout|verify)' parameter is deprecated:DeprecationWarning")


@pytest.fixture
def client(api: Api, schema: StackInfo) -> Iterator[Client]:
    """Give a client with the project's secret key, over the rows of rows.sql."""
    with httpx.Client() as http:
        options = SyncClientOptions(auto_refresh_token=False, httpx_client=http)
        yield create_client(schema.api_url, schema.keys.secret, options)


def column(rows: Any, name: str) -> list[Any]:
    return [row[name] for row in rows]


def test_select(client: Client) -> None:
    answer = (
        client.table("clients")
        .select("id, name, projects!client_id(name)", count=CountMethod.exact)
        .or_("name.eq.Ann,name.eq.Bob")
        .in_("id", [1, 2, 3])
        .not_.is_("active", "null")
        .order("name", desc=True)
        .range(0, 0)
        .execute()
    )
    assert answer.count == 2
    assert answer.data == [{"id": 2, "name": "Bob", "projects": [{"name": "Door"}]}]


def test_filters(client: Client) -> None:
    table = client.table("clients").select("id")
    assert table.ilike("name", "%nn%").contains("tags", ["a"]).gte("id", 1).execute().data == [{"id": 1}]
    table = client.table("clients").select("id")
    assert table.contains("extra", {"k": "w"}).execute().data == [{"id": 3}]
    table = client.table("projects").select("id, clients!client_id!inner(name)")
    assert column(table.eq("clients.name", "Bob").execute().data, "id") == [3]


def test_single(client: Client) -> None:
    assert client.table("clients").select("name").eq("id", 1).single().execute().data == {"name": "Ann"}
    assert client.table("clients").select("name").eq("id", 9).maybe_single().execute() is None
    with pytest.raises(APIError) as failure:
        client.table("clients").select("name").single().execute()
    assert failure.value.code == "PGRST116"


def test_insert_upsert_update_delete(client: Client) -> None:
    table = client.table("clients")
    rows: list[dict[str, Any]] = [{"name": "D"}, {"name": "E", "active": False}]
    assert column(table.insert(rows).execute().data, "active") == [None, False]
    assert table.insert({"name": "F"}, returning=ReturnMethod.minimal).execute().data == []
    assert column(table.upsert({"id": 1, "name": "Anna"}).execute().data, "name") == ["Anna"]
    assert table.upsert({"id": 1, "name": "x"}, ignore_duplicates=True).execute().data == []
    assert column(table.update({"name": "Z"}).eq("id", 2).execute().data, "name") == ["Z"]
    assert len(table.delete().gt("id", 3).execute().data) == 3


def test_functions(client: Client) -> None:
    assert client.rpc("add", {"a": 1, "b": 2}).execute().data == 3
    assert client.rpc("find_clients", {"wanted": "Bob"}).select("name").execute().data == [{"name": "Bob"}]
    assert client.rpc("add", {"a": 1}, get=True).execute().data == 11


def test_refusals(client: Client) -> None:
    with pytest.raises(APIError) as failure:
        client.rpc("refuse", {"code": "PT409", "message": "They opted out.", "detail": "opted_out"}).execute()
    assert (failure.value.code, failure.value.message) == ("PT409", "They opted out.")
    assert failure.value.details == "opted_out"
