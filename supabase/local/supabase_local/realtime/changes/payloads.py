"""The JSON that subscribers get for a change, shaped as hosted's (supabase/walrus, ``apply_rls``)."""

from __future__ import annotations

from datetime import datetime

from supabase_local.realtime.changes.evaluation import Evaluation, JsonValues
from supabase_local.realtime.changes.tables import Column, Table
from supabase_local.realtime.frames import to_json
from supabase_local.realtime.pgoutput import RowChange

LARGEST_RECORD = 1024 * 1024
"""Bytes of a row; from larger ones only the small values are sent."""
SMALL_VALUE = 64
"""Bytes of JSON."""

BAD_REQUEST = "Error 400: Bad Request, no primary key"
UNAUTHORIZED = "Error 401: Unauthorized"
TOO_LARGE = "Error 413: Payload Too Large"
POLICY_FAILED = "Error 500: Internal Server Error, RLS policy evaluation failed"


def failure(change: RowChange, error: str) -> str:
    """Return the payload that says only that something happened, and why it is not told."""
    parts = {"commit_timestamp": "null", "columns": "[]", "errors": to_json([error])}
    if change.action != "DELETE":
        parts["record"] = "{}"
    if change.action != "INSERT":
        parts["old_record"] = "{}"
    return _object({**_head(change), **parts})


def success(
    change: RowChange, table: Table, evaluation: Evaluation, role: str, selected: tuple[str, ...] | None
) -> str:
    """Return the payload for subscribers of one role that selected the same columns."""
    shown = [column for column in table.columns if _is_shown(column, role, selected)]
    too_large = _size(change) > LARGEST_RECORD
    parts = {
        **_head(change),
        "commit_timestamp": to_json(_timestamp(change.committed_at)),
        "columns": to_json([{"name": column.name, "type": column.type_name} for column in shown]),
        "errors": to_json([TOO_LARGE]) if too_large else "null",
    }
    if change.action != "DELETE":
        # A large value that the update left alone is only known from the old row, if at all.
        parts["record"] = _record(shown, {**evaluation.old, **evaluation.new}, too_large)
    if change.action != "INSERT":
        # Who may not see a deleted row cannot be asked any more: with policies, only its key is told.
        only_key = change.action == "DELETE" and table.has_rls
        visible = [column for column in shown if column.is_key] if only_key else shown
        parts["old_record"] = _record(visible, evaluation.old, too_large)
    return _object(parts)


def _is_shown(column: Column, role: str, selected: tuple[str, ...] | None) -> bool:
    return role in column.readers and (selected is None or column.is_key or column.name in selected)


def _head(change: RowChange) -> JsonValues:
    relation = change.relation
    return {"schema": to_json(relation.schema), "table": to_json(relation.table), "type": to_json(change.action)}


def _record(columns: list[Column], values: JsonValues, too_large: bool) -> str:
    return _object(
        {
            column.name: values[column.name]
            for column in columns
            if column.name in values and (not too_large or len(values[column.name].encode()) <= SMALL_VALUE)
        }
    )


def _object(values: JsonValues) -> str:
    return "{" + ",".join(f"{to_json(name)}:{value}" for name, value in values.items()) + "}"


def _size(change: RowChange) -> int:
    return sum(len(value) for values in (change.new, change.old) for value in values.values() if value is not None)


def _timestamp(moment: datetime) -> str:
    """Write a moment as hosted does: UTC with milliseconds."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
