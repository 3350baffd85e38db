"""The generated migration of procrastinate's tables matches the installed package."""

import re
from pathlib import Path

from service.background.schema import MIGRATION, background_schema

ROOT = Path(__file__).resolve().parents[2]


def test_the_migration_is_what_the_pinned_package_asks_for() -> None:
    assert (ROOT / MIGRATION).read_text() == background_schema(), "run scripts/generate-background-schema"


def test_every_function_gets_a_search_path_and_is_kept_from_the_public() -> None:
    text = background_schema()
    functions = re.findall(r"CREATE (?:OR REPLACE )?FUNCTION (\w+)", text)
    assert len(functions) > 10
    for name in functions:
        assert f"alter function background.{name} set search_path" in text
        assert f"revoke execute on function background.{name} from public" in text
