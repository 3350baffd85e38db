"""What can go wrong at start, in words for the person who started it."""

from __future__ import annotations


class StackError(Exception):
    """The stack cannot do what was asked; the message says why and what to do, and is all that a person sees."""
