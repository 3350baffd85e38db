"""How long from a webhook's POST until the text is in an open browser's socket: with one socket, and with a hundred."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import httpx
from realtime import AsyncRealtimeClient

from scripts.benchmarks.companies import Company, make_companies
from scripts.benchmarks.load import Connection, percentiles
from scripts.benchmarks.product import Product
from scripts.benchmarks.requests import inbound_text

COMPANIES = 20
CROWD = 100
"""Subscribers in all, spread evenly over the companies."""

TEXTS_PER_SECOND = 10
PATIENCE_SECONDS = 10.0
"""How long to wait for the last event of a run."""


@dataclass
class Ears:
    """What one run's subscribers heard."""

    sent: dict[str, float] = field(default_factory=dict)
    """When each text was posted, by its body."""
    latencies: list[float] = field(default_factory=list)
    foreign: int = 0
    """Events of another company: must stay 0."""

    def hear(self, tenant: str, message: dict[str, Any]) -> None:
        """Note an event that carries one of this run's texts."""
        change = message["payload"]
        row = change.get("row") or {}
        if change["table"] == "thread_entries" and row.get("body") in self.sent:
            self.latencies.append(time.perf_counter() - self.sent[row["body"]])
            self.foreign += row["tenant_id"] != tenant


def measure(product: Product, seconds: int) -> dict[str, Any]:
    """Return percentiles with 1 and with 100 subscribers."""
    companies = make_companies(product, COMPANIES)
    runs = {
        "alone": asyncio.run(run(product, companies[:1], 1, seconds)),
        f"with_{CROWD}": asyncio.run(run(product, companies, CROWD // COMPANIES, seconds)),
    }
    return {"benchmark": "realtime", **runs}


async def run(product: Product, companies: list[Company], each: int, seconds: int) -> dict[str, Any]:
    """Let ``each`` subscribers listen to each company, post texts at a steady rate, and gather what was heard."""
    ears = Ears()
    clients = [await listen(product, company, ears) for company in companies for _ in range(each)]
    expected = await post_texts(product, companies, ears, TEXTS_PER_SECOND * seconds) * each
    until = time.perf_counter() + PATIENCE_SECONDS
    while len(ears.latencies) < expected and time.perf_counter() < until:
        await asyncio.sleep(0.05)
    await close(clients)
    heard = {"subscribers": len(clients), "expected": expected, "heard": len(ears.latencies), "foreign": ears.foreign}
    return heard | percentiles(ears.latencies)


async def listen(product: Product, company: Company, ears: Ears) -> AsyncRealtimeClient:
    """Open a socket as a browser does and join the company's inbox."""
    async with httpx.AsyncClient() as http:
        headers = {"apikey": product.publishable_key, "Authorization": f"Bearer {company.token}"}
        answer = await http.post(f"{product.supabase_url}/rest/v1/rpc/my_session", json={}, headers=headers)
    topic = next(name for name in answer.raise_for_status().json()[0]["topics"] if name.endswith(":inbox"))
    client = AsyncRealtimeClient(f"{product.supabase_url}/realtime/v1", product.publishable_key)
    await client.set_auth(company.token)
    joined = asyncio.Event()
    channel = client.channel(topic, {"config": {"broadcast": None, "presence": None, "private": True}})
    channel.on_broadcast("change", lambda message: ears.hear(company.id, dict(message)))
    await channel.subscribe(lambda state, _: joined.set() if state.value == "SUBSCRIBED" else None)
    await asyncio.wait_for(joined.wait(), 20)
    return client


async def post_texts(product: Product, companies: list[Company], ears: Ears, count: int) -> int:
    """Post texts to random companies, evenly in time; return how many."""
    connection = Connection(product.service_url)
    for position in range(count):
        body = f"text {position} {random.getrandbits(64):x}"
        request = inbound_text(product, random.choice(companies), body)  # noqa: S311
        ears.sent[body] = time.perf_counter()
        status = await connection.ask(request)
        if status != httpx.codes.OK:
            raise RuntimeError(f"the service answered {status}")
        await asyncio.sleep(max(0.0, ears.sent[body] + 1 / TEXTS_PER_SECOND - time.perf_counter()))
    connection.close()
    return count


async def close(clients: Iterable[AsyncRealtimeClient]) -> None:
    """Close all sockets."""
    for client in clients:
        await client.close()


def describe(figures: dict[str, Any]) -> str:
    """Return the figures as text."""
    lines = [f"From POST to socket, {COMPANIES} companies, {figures['machine']['cpus']} CPUs"]
    for name in ("alone", f"with_{CROWD}"):
        part = figures[name]
        lines.append(
            f"  {part['subscribers']:>4} subscribers:  p50 {part['p50_ms']} ms  p95 {part['p95_ms']} ms  "
            f"p99 {part['p99_ms']} ms  "
            f"(heard {part['heard']} of {part['expected']}, {part['foreign']} of other companies)"
        )
    return "\n".join(lines)
