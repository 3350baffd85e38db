"""People who listen without a page: the official Python client on a thread of its own.

Playwright's loop runs on the thread of the tests, so the client's loop needs another.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from realtime import AsyncRealtimeClient, RealtimeSubscribeStates
from realtime.types import RealtimeChannelConfig

from tests.support.companies import rest
from tests.support.people import Person
from tests.support.stack import RunningStack

T = TypeVar("T")
PATIENCE = 10
PRIVATE: RealtimeChannelConfig = {"private": True, "broadcast": {}, "presence": None}


@dataclass
class Listener:
    """One person's socket, and what each of its topics heard."""

    stack: RunningStack
    person: Person
    client: AsyncRealtimeClient
    loop: asyncio.AbstractEventLoop
    heard: list[dict[str, Any]] = field(default_factory=list)

    def topics(self) -> list[str]:
        """Ask which topics the person may join now; none without a company."""
        rows = rest(self.stack, self.person, "POST", "rpc/my_session")
        return [topic for row in rows for topic in row["topics"]]

    def join(self, topic: str) -> bool:
        """Try to join a topic; return whether that was allowed."""
        return self.await_(self._join(topic))

    async def _join(self, topic: str) -> bool:
        answers: asyncio.Queue[RealtimeSubscribeStates] = asyncio.Queue()
        channel = self.client.channel(topic, {"config": PRIVATE})
        channel.on_broadcast("change", lambda message: self.heard.append(message["payload"]))
        await channel.subscribe(lambda state, _error: answers.put_nowait(state))
        return await asyncio.wait_for(answers.get(), PATIENCE) is RealtimeSubscribeStates.SUBSCRIBED

    def bodies(self) -> list[str]:
        """Return the texts that came along, in their order."""
        rows = [change["row"] for change in self.heard if change["table"] == "thread_entries"]
        return [row["body"] for row in rows if row["body"] is not None]

    def operations(self) -> set[str]:
        """Return the operations that were announced."""
        return {change["op"] for change in self.heard}

    def await_(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something on the client's thread and return its result."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE * 2)


@contextmanager
def listening(stack: RunningStack, person: Person) -> Iterator[Listener]:
    """Open a person's socket for the length of the block, joined to nothing yet."""
    with running_loop() as loop:
        client = AsyncRealtimeClient(f"{stack.supabase_url}/realtime/v1", person.publishable_key)
        listener = Listener(stack, person, client, loop)
        listener.await_(client.set_auth(person.access_token))
        listener.await_(client.connect())
        try:
            yield listener
        finally:
            listener.await_(client.close())


@contextmanager
def running_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Run an event loop on a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
