"""Masks of QR codes: of eight patterns the one that makes a symbol easiest to scan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby, pairwise

from supabase_local.auth.factors.qr.symbol import Symbol, draw_format

MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda x, y: (x + y) % 2 == 0,
    lambda _, y: y % 2 == 0,
    lambda x, _: x % 3 == 0,
    lambda x, y: (x + y) % 3 == 0,
    lambda x, y: (x // 3 + y // 2) % 2 == 0,
    lambda x, y: x * y % 2 + x * y % 3 == 0,
    lambda x, y: (x * y % 2 + x * y % 3) % 2 == 0,
    lambda x, y: ((x + y) % 2 + x * y % 3) % 2 == 0,
)
"""Which modules each mask inverts, by column and row (table 10 of the standard)."""
_FINDER = [True, False, True, True, True, False, True]
_LIGHT = [False] * 4


def best_masked(symbol: Symbol) -> list[list[bool]]:
    """Return the modules under the mask with the lowest penalty."""
    return min((_masked(symbol, number) for number in range(len(MASKS))), key=penalty)


def penalty(modules: list[list[bool]]) -> int:
    """Return how hard to scan a symbol is, by the four rules of the standard."""
    lines = [*modules, *(list(column) for column in zip(*modules, strict=True))]
    return sum(_runs(line) + _false_finders(line) for line in lines) + _blocks(modules) + _imbalance(modules)


def _masked(symbol: Symbol, number: int) -> list[list[bool]]:
    draw_format(symbol, number)
    inverts = MASKS[number]
    return [
        [dark ^ (not fixed and inverts(x, y)) for x, (dark, fixed) in enumerate(zip(row, fixed_row, strict=True))]
        for y, (row, fixed_row) in enumerate(zip(symbol.modules, symbol.fixed, strict=True))
    ]


def _runs(line: list[bool]) -> int:
    lengths = (sum(1 for _ in run) for _, run in groupby(line))
    return sum(length - 2 for length in lengths if length >= 5)


def _false_finders(line: list[bool]) -> int:
    return 40 * sum(line[start : start + 11] in (_FINDER + _LIGHT, _LIGHT + _FINDER) for start in range(len(line) - 10))


def _blocks(modules: list[list[bool]]) -> int:
    return 3 * sum(len(set(square)) == 1 for square in _squares(modules))


def _squares(modules: list[list[bool]]) -> Iterator[tuple[bool, bool, bool, bool]]:
    for upper, lower in pairwise(modules):
        yield from zip(upper, upper[1:], lower, lower[1:], strict=False)


def _imbalance(modules: list[list[bool]]) -> int:
    total = len(modules) ** 2
    dark = sum(map(sum, modules))
    return abs(dark * 20 - total * 10) // total * 10
