"""QR codes (ISO/IEC 18004) of texts as SVG: byte mode, error correction level M, the smallest version that fits."""

from __future__ import annotations

from supabase_local.auth.factors.qr.codewords import codewords_for
from supabase_local.auth.factors.qr.masks import best_masked
from supabase_local.auth.factors.qr.symbol import draw_symbol

__all__ = ["svg_of"]

_MODULE = 3
"""Pixels of a module, as in GoTrue's image."""
_QUIET = 4
"""Modules of empty border that scanners need."""


def svg_of(text: str) -> str:
    """Return the QR code of ``text`` as an SVG image. Raises ValueError for more than 2331 bytes."""
    version, codewords = codewords_for(text.encode())
    return _image(best_masked(draw_symbol(version, codewords)))


def _image(modules: list[list[bool]]) -> str:
    size = (len(modules) + 2 * _QUIET) * _MODULE
    dark = "".join(
        f"M{(x + _QUIET) * _MODULE} {(y + _QUIET) * _MODULE}h{_MODULE}v{_MODULE}h-{_MODULE}z"
        for y, row in enumerate(modules)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 {size} {size}">'
        f'<rect width="{size}" height="{size}" fill="white"/><path d="{dark}" fill="black"/></svg>'
    )
