"""Whose address it is: the visitor's, never one that the visitor made up."""

from __future__ import annotations

import pytest

from service.visitors import visitor_address


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "expected"),
    [
        ("203.0.113.7", None, 0, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", 0, "203.0.113.7"),  # nobody is trusted: the header is a claim
        ("10.0.0.1", "198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", 1, "198.51.100.1"),  # what the visitor wrote itself is left of it
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", 2, "198.51.100.1"),
        ("10.0.0.1", None, 1, "10.0.0.1"),  # asked directly, past the proxy
        ("10.0.0.1", "198.51.100.1", 3, "198.51.100.1"),
        ("10.0.0.1", "[2001:db8::1]:443", 1, "2001:db8::1"),
        ("10.0.0.1", "2001:DB8::1", 1, "2001:db8::1"),
        ("10.0.0.1", "198.51.100.1:5060", 1, "198.51.100.1"),
        ("10.0.0.1", "unknown", 1, None),
        ("10.0.0.1", "1.2.3.4\r\nX-Evil: 1", 1, None),
        (None, None, 0, None),
    ],
)
def test_visitor_address(peer: str | None, forwarded: str | None, trusted: int, expected: str | None) -> None:
    assert visitor_address(peer, forwarded, trusted) == expected
