"""One embedded stack for all tests of a session: a small made-up project on free ports, in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.embedded.stacks import PROJECT, StackCommand, StackInfo


@pytest.fixture(scope="session")
def stack_info(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StackInfo]:
    """Start the stack once; tests share it and clean up after themselves."""
    with StackCommand(PROJECT, tmp_path_factory.mktemp("stack")).running() as info:
        yield info
