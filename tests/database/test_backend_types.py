"""The service's row types are those of the functions that it calls."""

from __future__ import annotations

from scripts.stack import python_types
from tests.support.stack import RunningStack


def test_the_services_row_types_are_the_schemas(stack: RunningStack) -> None:
    """Run `scripts/gen-types` after a change of the schema."""
    assert python_types.TYPES.read_text() == python_types.generate(stack.database_url)
