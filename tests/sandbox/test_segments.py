"""Segments as carriers count them."""

from __future__ import annotations

import pytest

from scripts.sandbox.segments import count_segments


@pytest.mark.parametrize(
    ("body", "segments"),
    [
        ("", 1),
        ("x" * 160, 1),
        ("x" * 161, 2),
        ("x" * 306, 2),
        ("x" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("й" * 70, 1),
        ("й" * 71, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("é" * 160, 1),
        ("ê" * 71, 2),
    ],
)
def test_segments_depend_on_alphabet_and_length(body: str, segments: int) -> None:
    assert count_segments(body) == segments
