"""Rows of an import as the database hands them out, normalised for it. Used by the worker."""

from __future__ import annotations

from typing import Any

from service.contacts.normalising import Plan, normalise
from service.contacts.targets import CustomField


def normalised_rows(batch: dict[str, Any]) -> list[dict[str, Any]]:
    """Read what `backend.import_work` gave: {headers, mapping, country, custom_fields, rows: [{number, cells}]}.

    Returns what `backend.record_import_rows` takes: [{number, fields, problems}].
    """
    plan = Plan(
        headers=batch["headers"],
        mapping=batch["mapping"],
        country=batch["country"],
        custom_fields={
            field["id"]: CustomField(field["id"], field["label"], field["kind"], tuple(field["options"] or ()))
            for field in batch["custom_fields"]
        },
    )
    return [_normalised(row, plan) for row in batch["rows"]]


def _normalised(row: dict[str, Any], plan: Plan) -> dict[str, Any]:
    read = normalise(row["cells"], plan)
    return {
        "number": row["number"],
        "fields": read.fields,
        "problems": [problem.as_json() for problem in read.problems],
    }
