"""Emptying one number: claim a text, send it, record what came of it, until nothing is due.

What is claimed is sent at most once. Every way out of a send is recorded; where that is impossible (the process dies,
the database stays away), the claim is given up later and the text is shown as unknown.
"""

import asyncio
from collections.abc import Awaitable, Callable

from service import urls
from service.background.door import ClaimedText, Number, Wait
from service.background.worker import Worker
from service.errors import DatabaseUnavailable
from service.logs import get_logger
from service.telephony.client import twilio_client
from service.telephony.sending import NotSent, Outcome, Refused, Sent, Throttled, Unknown, send_text

LONGEST_TURN_SECONDS = 5.0
"""After this long a drain goes to the end of the queue, so that one company's backlog holds no slot for ever."""

_SHORT_WAIT_SECONDS = 1.0
_OUT_OF_REACH_SECONDS = 15.0
_NO_CREDENTIALS = Refused(20003, "The company has no Twilio credentials")

log = get_logger(__name__)


async def drain(worker: Worker, number: Number) -> float | None:
    """Send what is due from `number`; return in how many seconds to come back, or None when nothing is left.

    Raises DatabaseUnavailable, and whatever else goes wrong outside of the sending itself; the tick comes back then.
    """
    sender = await worker.door.sender(number.tenant_id)
    clock = asyncio.get_running_loop().time
    until = clock() + LONGEST_TURN_SECONDS
    while clock() < until and not worker.stopping.is_set():
        claimed = await _claim(worker, number)
        match claimed:
            case None:
                return None
            case Wait(seconds) if seconds > _SHORT_WAIT_SECONDS:
                return seconds
            case Wait(seconds):
                await worker.rest(seconds)
            case ClaimedText():
                pause = await _send(worker, sender, claimed)
                if pause is not None:
                    return pause
    return 0.0


async def _claim(worker: Worker, number: Number) -> ClaimedText | Wait | None:
    try:
        return await worker.door.claim(number, worker.claimant.name)
    except DatabaseUnavailable:
        worker.claimant.renew()  # the claim may have been made without our knowing
        raise


async def _send(worker: Worker, sender: tuple[str, str] | None, text: ClaimedText) -> float | None:
    """Send a claimed text and record the outcome; return how long to leave the number alone, or None to go on."""
    outcome = await _ask_twilio(worker, sender, text) if sender else _NO_CREDENTIALS
    try:
        pause = await _record(worker, text, outcome)
    except BaseException:
        worker.claimant.renew()  # the claim is left to the tick, which spares those of living workers
        raise
    log.info("text_handled", message_id=str(text.message_id), outcome=type(outcome).__name__.lower())
    return pause


async def _ask_twilio(worker: Worker, sender: tuple[str, str], text: ClaimedText) -> Outcome:
    def ask() -> Outcome:
        with twilio_client(worker.settings.twilio_api_base_url, *sender) as client:
            return send_text(
                client,
                from_number=text.from_number,
                to_number=text.to_number,
                body=text.body,
                status_callback=urls.status_webhook(worker.settings, text.tenant_id, text.message_id),
            )

    try:
        return await asyncio.get_running_loop().run_in_executor(worker.threads, ask)
    except Exception as error:
        # A fault of ours or of the SDK: nobody knows how far it came, so the text must not be tried again.
        log.exception("sending_broke", message_id=str(text.message_id))
        return Unknown(type(error).__name__)


async def _record(worker: Worker, text: ClaimedText, outcome: Outcome) -> float | None:
    """Record an outcome; return how long to leave the number alone, or None."""
    door = worker.door
    match outcome:
        case Sent(sid, status, segments):
            await _insist(lambda: door.record_sent(text, sid, status, segments))
        case Refused(code, words):
            await _insist(lambda: door.record_failed(text, code, words))
        case Unknown(reason):
            await _insist(lambda: door.record_unknown(text, reason))
        case Throttled(seconds):
            await door.release(text, seconds, "throttled")
            return seconds
        case NotSent(reason):
            await door.release(text, _OUT_OF_REACH_SECONDS, reason)
            return _OUT_OF_REACH_SECONDS
    return None


async def _insist(record: Callable[[], Awaitable[None]]) -> None:
    """Repeat a recording until the database has it: what we know now, nobody will know after us.

    Ends by cancellation when the worker is stopped and the database stays away.
    """
    wait = 0.2
    while True:
        try:
            return await record()
        except DatabaseUnavailable:
            log.warning("recording_waits_for_the_database", seconds=wait)
            await asyncio.sleep(wait)
            wait = min(wait * 2, 5.0)
