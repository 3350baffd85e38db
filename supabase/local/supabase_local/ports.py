"""Taking TCP ports of the loopback address, with words for the person whose port is taken."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from supabase_local.errors import StackError
from supabase_local.options import HOST


@contextmanager
def listen(port: int, purpose: str, option: str) -> Iterator[socket.socket]:
    """Take a TCP port of the loopback address. Raises StackError, saying what to do, when somebody else has it."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Small answers leave at once: without this each waits some 40 ms for the last one's acknowledgement.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            listening.bind((HOST, port))
        except OSError as error:
            raise StackError(
                f"Port {port} for the {purpose} cannot be used ({error.strerror}). "
                f"Stop what listens there, or choose another port with {option}."
            ) from error
        yield listening
