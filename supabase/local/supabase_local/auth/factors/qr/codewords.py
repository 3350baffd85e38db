"""The codewords of a QR code: the text's bytes, padded, with Reed-Solomon error correction, interleaved by block."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, zip_longest

_CHECK_WORDS = (
    10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
    26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
)  # fmt: skip
"""Error correction codewords of each block at level M, for versions 1 to 40 (table 9 of the standard)."""
_BLOCKS = (
    1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
    17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
)  # fmt: skip
"""Blocks at level M, for versions 1 to 40."""
_BYTE_MODE = 0b0100
_PADDING = (0xEC, 0x11)
_FIELD = 0x11D
"""The polynomial that makes GF(256) of the standard."""


def codewords_for(content: bytes) -> tuple[int, bytes]:
    """Return the smallest version that holds ``content``, and its codewords. Raises ValueError when none does."""
    for version in range(1, 41):
        length_bits = 8 if version < 10 else 16
        capacity = _data_words(version)
        if 4 + length_bits + 8 * len(content) <= 8 * capacity:
            return version, _with_correction(version, _padded(content, length_bits, capacity))
    raise ValueError("The text is too long for a QR code")


def module_count(version: int) -> int:
    """Return how many modules of a version carry codewords (and up to seven bits that are left over)."""
    modules = (16 * version + 128) * version + 64
    if version >= 2:
        centres = version // 7 + 2
        modules -= (25 * centres - 10) * centres - 55
    return modules - 36 if version >= 7 else modules


def correction(data: Sequence[int], count: int) -> bytes:
    """Return ``count`` Reed-Solomon codewords for a block: the remainder of its division by the generator."""
    generator = _generator(count)
    remainder = [0] * count
    for value in data:
        factor = value ^ remainder.pop(0)
        remainder.append(0)
        remainder = [
            known ^ multiply(coefficient, factor) for known, coefficient in zip(remainder, generator, strict=True)
        ]
    return bytes(remainder)


def multiply(left: int, right: int) -> int:
    """Return the product of two elements of GF(256)."""
    product = 0
    for bit in range(7, -1, -1):
        product = (product << 1) ^ ((product >> 7) * _FIELD)
        product ^= ((right >> bit) & 1) * left
    return product


def block_lengths(version: int) -> list[int]:
    """Return the number of data codewords in each block of a version; the later blocks may have one more."""
    blocks, words = _BLOCKS[version - 1], _data_words(version)
    longer = words % blocks
    return [words // blocks] * (blocks - longer) + [words // blocks + 1] * longer


def check_words(version: int) -> int:
    """Return the number of error correction codewords in each block of a version."""
    return _CHECK_WORDS[version - 1]


def _data_words(version: int) -> int:
    return module_count(version) // 8 - _CHECK_WORDS[version - 1] * _BLOCKS[version - 1]


def _padded(content: bytes, length_bits: int, capacity: int) -> bytes:
    """Return mode, length and content, then the terminator and alternating padding up to ``capacity`` bytes."""
    bits = f"{_BYTE_MODE:04b}{len(content):0{length_bits}b}" + "".join(f"{byte:08b}" for byte in content)
    bits += "0" * min(4, 8 * capacity - len(bits))
    bits += "0" * (-len(bits) % 8)
    words = bytes(int(bits[start : start + 8], 2) for start in range(0, len(bits), 8))
    return words + bytes(_PADDING[place % 2] for place in range(capacity - len(words)))


def _with_correction(version: int, words: bytes) -> bytes:
    blocks, start = [], 0
    for length in block_lengths(version):
        blocks.append(words[start : start + length])
        start += length
    checks = [correction(block, check_words(version)) for block in blocks]
    return bytes(word for word in chain(_interleaved(blocks), _interleaved(checks)) if word is not None)


def _interleaved(blocks: list[bytes]) -> chain[int | None]:
    return chain.from_iterable(zip_longest(*blocks))


def _generator(count: int) -> list[int]:
    """Return the coefficients of (x - 1)(x - 2)...(x - 2^(count-1)), highest first, without the leading one."""
    coefficients = [0] * (count - 1) + [1]
    root = 1
    for _ in range(count):
        for place in range(count):
            following = coefficients[place + 1] if place + 1 < count else 0
            coefficients[place] = multiply(coefficients[place], root) ^ following
        root = multiply(root, 2)
    return coefficients
