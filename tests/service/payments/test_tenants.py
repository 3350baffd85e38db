"""Which company an event belongs to, and how long that is remembered."""

from __future__ import annotations

import uuid
from typing import Any, cast

import pytest

from service.database import Database
from service.payments.news import Effect, News
from service.payments.tenants import CACHE_SECONDS, StripeTenants
from tests.service.payments.conftest import Recorded

TENANT = uuid.uuid4()
MONEY = Effect("payment", {})


def news(account: str | None) -> News:
    return News("evt_1", "charge.succeeded", account, livemode=False, object={}, raw=b"")


@pytest.fixture
def now() -> list[float]:
    return [0.0]


@pytest.fixture
def tenants(recorded: Recorded, now: list[float]) -> StripeTenants:
    return StripeTenants(cast(Database, recorded), lambda: now[0])


def test_a_known_account_is_asked_for_once_a_minute(
    tenants: StripeTenants, recorded: Recorded, now: list[float]
) -> None:
    recorded.answers["stripe_tenant"] = TENANT
    for now[0] in (0.0, CACHE_SECONDS - 1, CACHE_SECONDS + 1):
        assert tenants.of(news("acct_1"), MONEY) == TENANT
    assert len(recorded.told("stripe_tenant")) == 2


def test_an_unknown_account_may_be_connected_the_next_second(tenants: StripeTenants, recorded: Recorded) -> None:
    assert tenants.of(news("acct_1"), MONEY) is None
    recorded.answers["stripe_tenant"] = TENANT
    assert tenants.of(news("acct_1"), MONEY) == TENANT


@pytest.mark.parametrize(("fields", "expected"), [({"customer": "cus_1"}, TENANT), ({}, None)])
def test_the_platforms_events_are_found_by_customer(
    tenants: StripeTenants, recorded: Recorded, fields: dict[str, Any], expected: uuid.UUID | None
) -> None:
    recorded.answers["stripe_customer_tenant"] = TENANT
    assert tenants.of(news(None), Effect("subscription", fields)) == expected


def test_a_customer_named_by_a_connected_account_is_not_believed(tenants: StripeTenants, recorded: Recorded) -> None:
    recorded.answers["stripe_customer_tenant"] = TENANT
    assert tenants.of(news("acct_unknown"), Effect("subscription", {"customer": "cus_1"})) is None
