"""One stack for the tests of Auth: like the shared one, but people have to confirm their addresses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.embedded.auth.support import Api, api_of
from tests.embedded.stacks import StackCommand, StackInfo


@pytest.fixture(scope="session")
def auth_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StackInfo]:
    """Start the stack with confirmations once for all tests of Auth."""
    with StackCommand(Path(__file__).parent / "project", tmp_path_factory.mktemp("auth")).running() as info:
        yield info


@pytest.fixture(scope="session")
def api(auth_stack: StackInfo) -> Iterator[Api]:
    """The auth API with the publishable key."""
    with api_of(auth_stack) as opened:
        yield opened
