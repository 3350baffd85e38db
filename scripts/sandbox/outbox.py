"""Sends signed webhooks: once or as the switches say, with retries, and to the fallback address at the end."""

import asyncio
import random
import secrets
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urldefrag

import httpx
from twilio.request_validator import RequestValidator

from scripts.sandbox.overrides import Overrides, failure_of, overrides_of
from scripts.sandbox.switches import SwitchBoard

_FIRST_RETRY_SECONDS = 0.2


@dataclass(frozen=True)
class Webhook:
    """One event to report. `parameters` are the form fields, `auth_token` signs them."""

    url: str
    parameters: dict[str, str]
    auth_token: str
    fallback_url: str = ""


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
        overrides = overrides_of(webhook.url)
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
        address = urldefrag(webhook.url).url
        signed = webhook.url if self._switches.now.sign_fragment else address
        headers = {
            "X-Twilio-Signature": RequestValidator(webhook.auth_token).compute_signature(signed, webhook.parameters),
            "I-Twilio-Idempotency-Token": idempotency_token,
            "User-Agent": "TwilioProxy/1.1",
        }
        timeout = httpx.Timeout(overrides.read_seconds, connect=overrides.connect_seconds)
        try:
            async with asyncio.timeout(overrides.total_seconds):
                return await self._client.post(address, data=webhook.parameters, headers=headers, timeout=timeout)
        except TimeoutError:
            return httpx.ReadTimeout("took too long in all")
        except httpx.HTTPError as error:
            return error
