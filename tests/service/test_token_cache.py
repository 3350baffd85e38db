"""The cache of auth tokens: minutes long, past it on a mismatch, and that limited for each company."""

from __future__ import annotations

from collections import Counter
from uuid import UUID, uuid4

import pytest

from service import vault
from service.vault import TokenCache

RIDGELINE, SUMMIT = UUID(int=1), UUID(int=2)


class Loads:
    """Stands where the database does, and counts."""

    def __init__(self) -> None:
        self.tokens: dict[UUID, tuple[str, ...]] = {RIDGELINE: ("first",)}
        self.counted: Counter[UUID] = Counter()

    def __call__(self, tenant_id: UUID) -> tuple[str, ...]:
        self.counted[tenant_id] += 1
        return self.tokens.get(tenant_id, ())


class Clock:
    """A clock that is set by hand, in seconds."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def loads() -> Loads:
    return Loads()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cache(loads: Loads, clock: Clock) -> TokenCache:
    return TokenCache(loads, clock)


def test_tokens_are_read_once_in_two_minutes(cache: TokenCache, loads: Loads, clock: Clock) -> None:
    assert [cache.tokens(RIDGELINE) for _ in range(3)] == [("first",)] * 3
    assert loads.counted[RIDGELINE] == 1
    clock.now += vault.CACHE_SECONDS + 1
    cache.tokens(RIDGELINE)
    assert loads.counted[RIDGELINE] == 2


def test_a_reload_sees_a_rotated_token_and_keeps_it(cache: TokenCache, loads: Loads) -> None:
    cache.tokens(RIDGELINE)
    loads.tokens[RIDGELINE] = ("second",)
    assert cache.tokens(RIDGELINE) == ("first",)
    assert cache.reload(RIDGELINE) == ("second",)
    assert cache.tokens(RIDGELINE) == ("second",)


def test_reloads_are_limited_for_each_company_and_come_back(cache: TokenCache, loads: Loads, clock: Clock) -> None:
    cache.tokens(RIDGELINE)
    answers = [cache.reload(RIDGELINE) for _ in range(20)]
    assert answers.count(None) == 10
    assert loads.counted[RIDGELINE] == 11
    assert cache.reload(SUMMIT) == ()  # another company's allowance is its own
    clock.now += 1
    assert cache.reload(RIDGELINE) == ("first",)


def test_an_unknown_company_is_remembered_like_a_known_one(cache: TokenCache, loads: Loads) -> None:
    assert cache.tokens(SUMMIT) == ()
    assert cache.tokens(SUMMIT) == ()
    assert loads.counted[SUMMIT] == 1


def test_what_was_changed_here_is_forgotten_at_once(cache: TokenCache, loads: Loads) -> None:
    cache.tokens(RIDGELINE)
    loads.tokens[RIDGELINE] = ("second",)
    cache.forget(RIDGELINE)
    assert cache.tokens(RIDGELINE) == ("second",)


def test_made_up_companies_do_not_fill_the_memory(cache: TokenCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "MOST_COMPANIES", 10)
    for _ in range(50):
        cache.tokens(uuid4())
    assert len(cache._entries) == 10  # noqa: SLF001 - the bound is about what is held inside
