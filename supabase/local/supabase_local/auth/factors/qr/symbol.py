"""The symbol of a QR code before masking: the fixed patterns and, around them, the codewords."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from supabase_local.auth.factors.qr.codewords import module_count

_LEVEL_M = 0b00
_FORMAT_MASK, _FORMAT_GENERATOR = 0x5412, 0x537
_VERSION_GENERATOR = 0x1F25


@dataclass
class Symbol:
    """Modules by row and column (true is dark), and which of them are fixed: the mask leaves those alone."""

    modules: list[list[bool]]
    fixed: list[list[bool]]

    @property
    def size(self) -> int:
        """Modules of one side."""
        return len(self.modules)

    def fix(self, x: int, y: int, dark: bool) -> None:
        """Set a module that belongs to a pattern."""
        self.modules[y][x], self.fixed[y][x] = dark, True


def draw_symbol(version: int, codewords: bytes) -> Symbol:
    """Return the symbol of a version with its codewords."""
    size = 17 + 4 * version
    symbol = Symbol([[False] * size for _ in range(size)], [[False] * size for _ in range(size)])
    _draw_timing(symbol)
    _draw_finders(symbol)
    _draw_alignment(symbol, version)
    draw_format(symbol, 0)
    if version >= 7:
        _draw_version(symbol, version)
    _draw_codewords(symbol, version, codewords)
    return symbol


def draw_format(symbol: Symbol, mask: int) -> None:
    """Write error correction level and mask, twice, as fifteen bits of a BCH code."""
    data = _LEVEL_M << 3 | mask
    bits = (data << 10 | _remainder(data, _FORMAT_GENERATOR, 10)) ^ _FORMAT_MASK
    last = symbol.size - 1
    for place, (x, y) in enumerate(_format_places()):
        symbol.fix(x, y, bool(bits >> place & 1))
    for place in range(8):
        symbol.fix(last - place, 8, bool(bits >> place & 1))
    for place in range(8, 15):
        symbol.fix(8, last - 14 + place, bool(bits >> place & 1))
    symbol.fix(8, last - 7, True)


def codeword_places(symbol: Symbol) -> Iterator[tuple[int, int]]:
    """Yield column and row of the modules that carry codewords: in pairs of columns from the right, up and down."""
    upward = True
    right = symbol.size - 1
    while right > 0:
        if right == 6:  # The column of the timing pattern belongs to no pair.
            right = 5
        rows = range(symbol.size - 1, -1, -1) if upward else range(symbol.size)
        for y in rows:
            for x in (right, right - 1):
                if not symbol.fixed[y][x]:
                    yield x, y
        upward = not upward
        right -= 2


def _format_places() -> list[tuple[int, int]]:
    """Return the places of the first copy of the format bits, around the upper left finder, lowest bit first."""
    down = [(8, row) for row in (0, 1, 2, 3, 4, 5, 7, 8)]
    return down + [(column, 8) for column in (7, 5, 4, 3, 2, 1, 0)]


def _draw_timing(symbol: Symbol) -> None:
    for place in range(symbol.size):
        symbol.fix(6, place, place % 2 == 0)
        symbol.fix(place, 6, place % 2 == 0)


def _draw_finders(symbol: Symbol) -> None:
    for centre_x, centre_y in ((3, 3), (symbol.size - 4, 3), (3, symbol.size - 4)):
        for x in range(max(0, centre_x - 4), min(symbol.size, centre_x + 5)):
            for y in range(max(0, centre_y - 4), min(symbol.size, centre_y + 5)):
                distance = max(abs(x - centre_x), abs(y - centre_y))
                symbol.fix(x, y, distance not in (2, 4))


def _draw_alignment(symbol: Symbol, version: int) -> None:
    places = _alignment_places(version, symbol.size)
    corners = {(6, 6), (6, symbol.size - 7), (symbol.size - 7, 6)}
    for centre_x in places:
        for centre_y in places:
            if (centre_x, centre_y) in corners:
                continue
            for x in range(centre_x - 2, centre_x + 3):
                for y in range(centre_y - 2, centre_y + 3):
                    symbol.fix(x, y, max(abs(x - centre_x), abs(y - centre_y)) != 1)


def _alignment_places(version: int, size: int) -> list[int]:
    """Return the coordinates of alignment patterns: evenly spaced from the far side, by even steps."""
    if version == 1:
        return []
    count = version // 7 + 2
    step = 26 if version == 32 else (4 * version + 2 * count + 1) // (2 * count - 2) * 2
    return [6, *sorted(size - 7 - step * index for index in range(count - 1))]


def _draw_version(symbol: Symbol, version: int) -> None:
    bits = version << 12 | _remainder(version, _VERSION_GENERATOR, 12)
    for place in range(18):
        dark = bool(bits >> place & 1)
        near, far = place // 3, symbol.size - 11 + place % 3
        symbol.fix(far, near, dark)
        symbol.fix(near, far, dark)


def _draw_codewords(symbol: Symbol, version: int, codewords: bytes) -> None:
    places = codeword_places(symbol)
    for number in range(module_count(version)):
        x, y = next(places)
        word = codewords[number // 8] if number // 8 < len(codewords) else 0
        symbol.modules[y][x] = bool(word >> (7 - number % 8) & 1)


def _remainder(data: int, generator: int, degree: int) -> int:
    """Return the check bits of a BCH code: ``data`` times x^degree, divided by the generator."""
    remainder = data
    for _ in range(degree):
        remainder = remainder << 1 ^ (remainder >> (degree - 1)) * generator
    return remainder
