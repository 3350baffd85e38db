"""The service with a stand-in for the database, for what the pages say and which headers they have."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import cast

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.context import make_services
from service.database import Database
from service.payments.client import Payments
from service.settings import Settings
from tests.service.portal.documents import StandIn


@pytest.fixture
def database_says() -> StandIn:
    return StandIn()


@pytest.fixture
def customer(settings: Settings, database_says: StandIn) -> Iterator[FlaskClient]:
    """A browser of somebody who has a link."""
    services = make_services(settings)
    services.portal.close()
    ready = dataclasses.replace(services, portal=cast(Database, database_says), payments=cast(Payments, object()))
    yield create_app(settings, services=ready).test_client()
    services.webhook.close()
