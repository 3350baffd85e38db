"""Runs typst over a template of this folder. Data goes in as JSON and is never part of the markup.

A template reads it as `json(bytes(sys.inputs.data))`; a string of it is text, whatever characters it has.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

TEMPLATES = Path(__file__).resolve().parent

Template = Literal["invoice"]


def render_pdf(template: Template, data: dict[str, Any]) -> bytes:
    """One document. `data` is what JSON can hold, in the shape that the template names at its top."""
    return typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data)},
    )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Typst's own fonts, and behind them the machine's, for scripts that those lack. Looked up once: it reads files."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)
