"""The two serialisations, byte by byte."""

from __future__ import annotations

import json

import pytest
from supabase_local.realtime.frames import (
    Frame,
    FrameError,
    Message,
    Outgoing,
    UserPayload,
    Version,
    broadcast,
    decode,
    encode,
    user_broadcast,
)


def test_version_1_is_an_object_and_version_2_an_array() -> None:
    message = Message("realtime:room", "phx_reply", {"status": "ok", "response": {}}, "7", "1")
    assert json.loads(encode(Version.V1, message)) == {
        "topic": "realtime:room",
        "event": "phx_reply",
        "payload": {"status": "ok", "response": {}},
        "ref": "7",
    }
    assert json.loads(encode(Version.V2, message)) == [
        *("1", "7", "realtime:room", "phx_reply"),
        {"status": "ok", "response": {}},
    ]


def test_both_versions_are_read_back() -> None:
    expected = Message("realtime:room", "phx_join", {"config": {}}, "2", "1")
    text = '{"topic":"realtime:room","event":"phx_join","payload":{"config":{}},"ref":"2","join_ref":"1"}'
    assert decode(Version.V1, text) == expected
    assert decode(Version.V2, '["1","2","realtime:room","phx_join",{"config":{}}]') == expected


def test_a_binary_push_carries_the_payload_unread() -> None:
    head = bytes([3, 1, 2, 13, 5, 0, 1])
    message = decode(Version.V2, head + b"1" + b"22" + b"realtime:room" + b"hello" + b'{"a": 1}')
    assert (message.topic, message.event, message.join_ref, message.ref) == ("realtime:room", "broadcast", "1", "22")
    assert message.payload == {
        "type": "broadcast",
        "event": "hello",
        "payload": UserPayload(b'{"a": 1}', is_json=True),
    }


def test_a_client_broadcast_is_binary_in_version_2_and_json_in_version_1() -> None:
    message = user_broadcast("realtime:room", "hello", UserPayload(b'{"a": 1}', is_json=True))
    assert message.frame(Version.V2) == bytes([4, 13, 5, 0, 1]) + b"realtime:room" + b"hello" + b'{"a": 1}'
    assert json.loads(message.frame(Version.V1) or "") == {
        "topic": "realtime:room",
        "event": "broadcast",
        "ref": None,
        "payload": {"type": "broadcast", "event": "hello", "payload": {"a": 1}},
    }


def test_bytes_reach_only_version_2() -> None:
    message = user_broadcast("realtime:room", "photo", UserPayload(b"\0\xff", is_json=False), '{"id":"x"}')
    assert message.frame(Version.V1) is None
    assert message.frame(Version.V2) == bytes([4, 13, 5, 10, 0]) + b'realtime:roomphoto{"id":"x"}\0\xff'


def test_texts_too_long_for_a_binary_frame_are_sent_as_json() -> None:
    event = "e" * 256
    message = user_broadcast("realtime:room", event, UserPayload(b"1", is_json=True))
    frame = message.frame(Version.V2)
    assert isinstance(frame, str)
    assert json.loads(frame)[4] == {"type": "broadcast", "event": event, "payload": 1}


def test_a_message_to_many_is_encoded_once_for_each_version() -> None:
    message = broadcast("realtime:room", "hello", "{}", {"id": "x"})
    assert message.frame(Version.V2) is message.frame(Version.V2)
    assert isinstance(message, Outgoing)


@pytest.mark.parametrize(
    "frame",
    [
        "not json",
        "[]",
        '{"topic": 1, "event": "x"}',
        b"",
        b"\x00",
        bytes([3, 9, 9, 9, 9, 9, 1]),
        bytes([3, 0, 0, 0, 0, 0, 1]) + b"{",
        bytes([3, 1, 0, 0, 0, 0, 1]) + b"\xff{}",
    ],
)
def test_what_no_client_sends_is_refused(frame: Frame) -> None:
    with pytest.raises(FrameError):
        decode(Version.V1, frame)
    with pytest.raises(FrameError):
        decode(Version.V2, frame)
