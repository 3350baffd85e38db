"""What all channels share."""

from __future__ import annotations

import os
from dataclasses import dataclass

from supabase_local.context import Keys, Pool, Stack
from supabase_local.realtime.authorization import Authorizer
from supabase_local.realtime.changes.delivery import Delivery
from supabase_local.realtime.changes.subscriptions import Subscriptions
from supabase_local.realtime.feed import Feed
from supabase_local.realtime.hub import Hub
from supabase_local.realtime.presence import Presences

SUPERUSER = "supabase_admin"
PRIVATE_ONLY_VARIABLE = "SUPABASE_LOCAL_REALTIME_PRIVATE_ONLY"
"""Set to 1, it turns off what hosted calls "Allow public access", a project setting that ``config.toml`` has not."""


@dataclass(frozen=True)
class Services:
    """The parts of Realtime, made once for the stack."""

    keys: Keys
    private_only: bool
    pool: Pool
    hub: Hub
    presences: Presences
    authorizer: Authorizer
    subscriptions: Subscriptions
    feed: Feed
    delivery: Delivery


def make_services(stack: Stack) -> Services:
    """Put the parts together; ``feed.run`` and ``delivery.run`` are still to be started."""
    hub, subscriptions = Hub(), Subscriptions()
    conninfo = stack.dsn(SUPERUSER)
    delivery = Delivery(conninfo, subscriptions)
    return Services(
        keys=stack.keys,
        private_only=os.environ.get(PRIVATE_ONLY_VARIABLE) == "1",
        pool=stack.admin_pool,
        hub=hub,
        presences=Presences(hub),
        authorizer=Authorizer(stack.admin_pool),
        subscriptions=subscriptions,
        feed=Feed(conninfo, hub, delivery.accept, subscriptions.announce),
        delivery=delivery,
    )
