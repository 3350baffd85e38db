"""Sends signed webhooks: once or as the switches say, with retries, and to the fallback address at the end."""

import asyncio
import random
import secrets
from abc import ABC, abstractmethod
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urldefrag

import httpx

from scripts.sandbox.overrides import Overrides, failure_of
from scripts.sandbox.switches import SwitchBoard, Switches

_FIRST_RETRY_SECONDS = 0.2


@dataclass(frozen=True)
class Attempt:
    """What one attempt posts."""

    content: bytes
    headers: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Webhook(ABC):
    """One event to report; each provider shapes and signs its own."""

    url: str
    fallback_url: str = ""

    @property
    @abstractmethod
    def overrides(self) -> Overrides:
        """How often it is tried, after which failures, and how long each attempt may take."""

    @abstractmethod
    def attempt(self, switches: Switches, token: str) -> Attempt:
        """Return the signed request; `token` is the same for all attempts."""


class Outbox:
    """Sends webhooks as the switches say and keeps its running tasks, so that a stop can end them."""

    def __init__(self, switches: SwitchBoard) -> None:
        """Read the switches anew for each webhook."""
        self._switches = switches
        self._client = httpx.AsyncClient(trust_env=False, limits=httpx.Limits(max_connections=50))
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run `work` beside everything else."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def close(self) -> None:
        """End what is running and close the connections."""
        await self.forget()
        await self._client.aclose()

    async def forget(self) -> None:
        """End everything that is under way: webhooks waiting for their time are not sent any more."""
        running = [task for task in self._running if task is not asyncio.current_task()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def send(self, webhook: Webhook) -> httpx.Response | None:
        """Send a webhook with its copies; return the first answer that was a success, or None."""
        switches = self._switches.now
        if self._switches.use("webhook_drops"):
            return None
        token = secrets.token_urlsafe(24)
        copies = [self._send_copy(webhook, token) for _ in range(switches.webhook_copies)]
        answers = await asyncio.gather(*copies)
        return next((answer for answer in answers if answer is not None), None)

    async def _send_copy(self, webhook: Webhook, idempotency_token: str) -> httpx.Response | None:
        switches = self._switches.now
        shuffle = random.uniform(0, switches.webhook_shuffle_seconds)  # noqa: S311  (disorder, not a secret)
        await asyncio.sleep(switches.webhook_delay_seconds + shuffle)
        answer = await self._try_all(webhook, idempotency_token)
        if answer is None and webhook.fallback_url:
            fallback = replace(webhook, url=webhook.fallback_url, fallback_url="")
            return await self._try_all(fallback, secrets.token_urlsafe(24))
        return answer

    async def _try_all(self, webhook: Webhook, idempotency_token: str) -> httpx.Response | None:
        """Try a webhook as often as its overrides allow; return the answer that was a success, or None."""
        overrides = webhook.overrides
        for attempt in range(overrides.retries + 1):
            await asyncio.sleep(_FIRST_RETRY_SECONDS * (2**attempt - 1))
            outcome = await self._try_once(webhook, overrides, idempotency_token)
            failure = failure_of(outcome)
            if failure is None and isinstance(outcome, httpx.Response):
                return outcome
            if failure is not None and not overrides.retries_after(failure):
                return None
        return None

    async def _try_once(
        self, webhook: Webhook, overrides: Overrides, idempotency_token: str
    ) -> httpx.Response | httpx.HTTPError:
        if self._switches.use("webhook_failures"):
            return httpx.Response(503)
        attempt = webhook.attempt(self._switches.now, idempotency_token)
        timeout = httpx.Timeout(overrides.read_seconds, connect=overrides.connect_seconds)
        try:
            async with asyncio.timeout(overrides.total_seconds):
                return await self._client.post(
                    urldefrag(webhook.url).url, content=attempt.content, headers=attempt.headers, timeout=timeout
                )
        except TimeoutError:
            return httpx.ReadTimeout("took too long in all")
        except httpx.HTTPError as error:
            return error
