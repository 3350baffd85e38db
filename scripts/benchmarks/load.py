"""A load generator that costs little itself: prepared bytes over kept-open connections, and only the status is read."""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


@dataclass
class Sample:
    """What happened to the requests of one run."""

    latencies: list[float] = field(default_factory=list)
    """Seconds, one for each answered request."""
    statuses: dict[int, int] = field(default_factory=dict)
    seconds: float = 0.0
    own_cpu_seconds: float = 0.0

    def figures(self) -> dict[str, Any]:
        """Return rate, percentiles in milliseconds, answers by status, and the generator's own share of one CPU."""
        return {
            "requests": len(self.latencies),
            "per_second": round(len(self.latencies) / self.seconds, 1),
            **percentiles(self.latencies),
            "statuses": {str(status): count for status, count in sorted(self.statuses.items())},
            "generator_cpu": round(self.own_cpu_seconds / self.seconds, 2),
        }


def percentiles(seconds: list[float]) -> dict[str, float]:
    """Return p50, p95 and p99 in milliseconds."""
    ordered = sorted(seconds)
    return {
        f"p{share}_ms": round(1000 * ordered[min(len(ordered) - 1, len(ordered) * share // 100)], 2)
        for share in (50, 95, 99)
    }


class Connection:
    """One kept-open connection to the service."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        self.host, self.port = address.hostname, address.port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> int:
        """Send a prepared request and return the status of the answer.

        A kept connection that the server closed meanwhile is opened anew, as every HTTP client does.
        """
        if self.streams is None:
            return await self.ask_anew(request)
        try:
            return await self.exchange(*self.streams, request)
        except (asyncio.IncompleteReadError, ConnectionError):
            return await self.ask_anew(request)

    async def ask_anew(self, request: bytes) -> int:
        """Ask over a new connection."""
        self.streams = await asyncio.open_connection(self.host, self.port)
        return await self.exchange(*self.streams, request)

    async def exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
        """Write the request and read its whole answer."""
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
        await reader.readexactly(int(fields[b"content-length"]))
        if fields.get(b"connection") == b"close":
            self.close()
        return int(head.split(b" ", 2)[1])

    def close(self) -> None:
        """Close the connection."""
        if self.streams:
            self.streams[1].close()
            self.streams = None


async def as_fast_as_it_goes(url: str, requests: Iterator[bytes], connections: int, seconds: float) -> Sample:
    """Keep a number of connections busy: each sends its next request when the last one is answered."""
    sample = Sample()
    started = time.perf_counter()

    async def keep_busy() -> None:
        connection = Connection(url)
        while time.perf_counter() - started < seconds and (request := next(requests, None)):
            sent = time.perf_counter()
            record(sample, await connection.ask(request), sent)
        connection.close()

    cpu = own_cpu()
    await asyncio.gather(*(keep_busy() for _ in range(connections)))
    return finish(sample, started, cpu)


async def at_a_rate(url: str, requests: Iterator[bytes], per_second: float, connections: int, seconds: float) -> Sample:
    """Send at fixed times whatever happens to earlier requests; latency counts from the time that was due."""
    sample = Sample()
    idle = [Connection(url) for _ in range(connections)]
    waiting = asyncio.Semaphore(connections)
    started = time.perf_counter()

    async def send(request: bytes, due: float) -> None:
        async with waiting:
            connection = idle.pop()
            record(sample, await connection.ask(request), due)
            idle.append(connection)

    cpu = own_cpu()
    async with asyncio.TaskGroup() as group:
        for position in range(int(per_second * seconds)):
            due = started + position / per_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            group.create_task(send(next(requests), due))
    for connection in idle:
        connection.close()
    return finish(sample, started, cpu)


def record(sample: Sample, status: int, since: float) -> None:
    """Note one answer."""
    sample.latencies.append(time.perf_counter() - since)
    sample.statuses[status] = sample.statuses.get(status, 0) + 1


def finish(sample: Sample, started: float, cpu: float) -> Sample:
    """Note how long the run took and what it cost this process."""
    sample.seconds = time.perf_counter() - started
    sample.own_cpu_seconds = own_cpu() - cpu
    return sample


def own_cpu() -> float:
    """Return the CPU seconds that this process has used so far."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
