"""The root of the Data API: a description of the exposed schema in OpenAPI 2.0, with the paths that exist."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import JSONResponse, Response

from supabase_local.rest.catalog.model import Catalog, Table
from supabase_local.rest.errors import RestError
from supabase_local.rest.request import ApiRequest

CONTENT_TYPE = "application/openapi+json; charset=utf-8"
VERBS = {"INSERT": "post", "UPDATE": "patch", "DELETE": "delete"}
FORBIDDEN = {
    "message": "Access to schema is forbidden",
    "hint": "Accessing the schema via the Data API is only allowed using a secret API key.",
}
"""The words of hosted Supabase's gateway."""
OK: dict[str, Any] = {"responses": {"200": {"description": "OK"}}}


def describe(catalog: Catalog, request: ApiRequest) -> Response:
    """Answer with the tables, views and functions of the schema.

    As on hosted Supabase, only the service role may see it; for others the names of tables are nobody's business.
    """
    if not request.reads:
        raise RestError(405, "PGRST117", f"Unsupported HTTP method: {request.method}")
    if request.caller.role != "service_role":
        return JSONResponse(FORBIDDEN, status_code=401)
    schema = request.target.schema
    tables = [table for table in catalog.tables.values() if table.id.schema == schema]
    functions = [name.name for name in catalog.functions if name.schema == schema]
    document = {
        "swagger": "2.0",
        "info": {"title": "Data API", "description": f"Schema {schema}", "version": "1"},
        "basePath": "/",
        "paths": {
            "/": {"get": OK},
            **{f"/{table.id.name}": _verbs(table) for table in tables},
            **{f"/rpc/{name}": {"post": OK} for name in functions},
        },
        "definitions": {table.id.name: _definition(table) for table in tables},
    }
    body = b"" if request.method == "HEAD" else json.dumps(document).encode()
    return Response(body, 200, {"Content-Type": CONTENT_TYPE})


def _verbs(table: Table) -> dict[str, Any]:
    return {"get": OK, **{VERBS[write]: OK for write in sorted(table.writes)}}


def _definition(table: Table) -> dict[str, Any]:
    return {"type": "object", "properties": {name: {"format": one.type} for name, one in table.columns.items()}}
