"""How far a text came is told in any order, any number of times: the highest rank wins."""

from __future__ import annotations

import itertools
import uuid
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.support.companies import some_number
from tests.support.texts import new_sid
from tests.webhooks.deliveries import Line

ENDS = [
    (("queued", "sending", "sent", "delivered"), "delivered", None),
    (("queued", "sent", "undelivered"), "undelivered", 30003),
    (("sending", "sent", "failed"), "failed", 30003),
    (("sent", "undelivered", "delivered"), "delivered", None),
]


@pytest.fixture(scope="module")
def conversation(line: Line) -> dict[str, object]:
    sender = some_number()
    line.text(sender, "Please call me")
    (row,) = line.rows("select * from public.conversations where tenant_id = %s and their_number = %s", sender)
    return row


def sending_text(line: Line, conversation: dict[str, object], sid: str | None) -> uuid.UUID:
    """A text of ours that the worker has just handed to Twilio; made in place, since no sandbox knows this account."""
    message = uuid.uuid4()
    with psycopg.connect(line.stack.database_url) as connection:
        connection.execute(
            "insert into public.sms_messages (id, tenant_id, conversation_id, phone_number_id, direction, from_number, "
            "to_number, body, status, provider_sid) values (%s, %s, %s, %s, 'inbound', %s, %s, 'Hello', 'sending', %s)",
            (
                message, line.company.tenant_id, conversation["id"], conversation["phone_number_id"], line.number,
                conversation["their_number"], sid,
            ),
        )  # fmt: skip
        connection.execute(
            "update public.sms_messages set direction = 'outbound', claimed_at = now() where id = %s", (message,)
        )
    return message


def state(line: Line, message: uuid.UUID) -> tuple[object, object, object]:
    (row,) = line.rows(
        "select status, error_code, provider_sid from public.sms_messages where tenant_id = %s and id = %s", message
    )
    return row["status"], row["error_code"], row["provider_sid"]


def tell(line: Line, sid: str, status: str, message: uuid.UUID | None) -> None:
    code = {"ErrorCode": "30003"} if status in {"undelivered", "failed"} else {}
    assert line.status(sid, status, message, **code).status_code == 200


@pytest.mark.parametrize(("statuses", "end", "code"), ENDS)
def test_every_order_ends_the_same(
    line: Line, conversation: dict[str, object], statuses: tuple[str, ...], end: str, code: int | None
) -> None:
    for order in itertools.permutations(statuses):
        sid = new_sid()
        message = sending_text(line, conversation, sid)
        for status in order:
            tell(line, sid, status, None)
        assert state(line, message) == (end, code, sid), order


def test_five_tellings_of_each_at_once_end_the_same(line: Line, conversation: dict[str, object]) -> None:
    sid = new_sid()
    message = sending_text(line, conversation, sid)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda status: tell(line, sid, status, message), ["sent", "delivered", "sending", "queued"] * 5))
    assert state(line, message) == ("delivered", None, sid)


def test_a_callback_that_overtakes_the_send_call_finds_its_text_by_our_id(
    line: Line, conversation: dict[str, object]
) -> None:
    message, sid = sending_text(line, conversation, None), new_sid()
    tell(line, sid, "sent", message)
    assert state(line, message) == ("sent", None, sid)


def test_another_companys_id_in_the_address_moves_nothing(
    line: Line, rival: Line, conversation: dict[str, object]
) -> None:
    message = sending_text(line, conversation, None)
    assert rival.status(new_sid(), "delivered", message).status_code == 200
    assert state(line, message) == ("sending", None, None)
