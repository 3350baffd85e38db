"""Ports: taken ones are named with the option that changes them, free ones are free and distinct."""

from __future__ import annotations

import socket
from dataclasses import asdict, replace

import pytest

from scripts.stack.console import StackError
from scripts.stack.ports import Ports, is_free, require_free, with_free_ports


def test_a_taken_port_is_named_with_its_option() -> None:
    ports = with_free_ports(Ports(), frozenset())
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with pytest.raises(StackError, match=rf"{taken} \(the service and the web pages\).*--web-port"):
            require_free(replace(ports, web=taken))
    require_free(ports)


def test_free_ports_are_free_distinct_and_leave_chosen_ones_alone() -> None:
    ports = asdict(with_free_ports(Ports(web=8123), frozenset({"web"})))
    assert ports.pop("web") == 8123
    assert len(set(ports.values())) == len(ports)
    assert all(is_free(port) for port in ports.values())
