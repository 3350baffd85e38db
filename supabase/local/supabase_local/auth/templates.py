"""The part of Go's template language that mail templates use: fields, ``if``/``else``/``end`` with ``eq`` and ``ne``.

Anything else is refused when the stack starts, with the name of the template: a mail that lacks a paragraph would be
worse than no start.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Fields = Mapping[str, Any]
_ACTION = re.compile(r"\{\{(-)?\s*(.*?)\s*(-)?\}\}", re.DOTALL)
_FIELD = re.compile(r"\.[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
_CONDITION = re.compile(rf'(?:(?P<op>eq|ne)\s+)?(?P<field>{_FIELD.pattern})(?:\s+"(?P<value>[^"]*)")?')


class TemplateError(ValueError):
    """A template uses something that is not understood here."""


Node = Callable[[Fields, Callable[[str], str]], str]


@dataclass(frozen=True)
class Template:
    """A parsed template."""

    nodes: tuple[Node, ...]

    def render_html(self, fields: Fields) -> str:
        """Return the text with values escaped for HTML."""
        return _run(self.nodes, fields, html.escape)

    def render_text(self, fields: Fields) -> str:
        """Return the text with values as they are, on one line: for subjects."""
        return " ".join(_run(self.nodes, fields, str).split())


def parse(source: str) -> Template:
    """Parse a template. Raises TemplateError for what is not supported."""
    pieces = list(_pieces(source))
    nodes, rest = _block(pieces, 0)
    if rest != len(pieces):
        raise TemplateError(f"unexpected {{{{ {pieces[rest][1]} }}}}")
    return Template(tuple(nodes))


def _pieces(source: str) -> Iterator[tuple[str, str]]:
    """Yield ("text", ...) and ("action", ...), with ``{{-`` and ``-}}`` trimming the text next to them."""
    position, trim = 0, False
    for match in _ACTION.finditer(source):
        text = source[position : match.start()]
        text = text.lstrip() if trim else text
        yield "text", text.rstrip() if match[1] else text
        if not match[2].startswith("/*"):
            yield "action", match[2]
        position, trim = match.end(), bool(match[3])
    yield "text", source[position:].lstrip() if trim else source[position:]


def _block(pieces: list[tuple[str, str]], position: int) -> tuple[list[Node], int]:
    """Parse until ``else`` or ``end`` of the enclosing condition; return the nodes and where that stands."""
    nodes: list[Node] = []
    while position < len(pieces):
        kind, content = pieces[position]
        if kind == "text":
            nodes.append(_text(content))
        elif content == "end" or content.startswith("else"):
            break
        elif content.startswith("if "):
            node, position = _condition(pieces, position, content.removeprefix("if "))
            nodes.append(node)
        elif _FIELD.fullmatch(content):
            nodes.append(_field(content))
        else:
            raise TemplateError(f"{{{{ {content} }}}} is not supported")
        position += 1
    return nodes, position


def _condition(pieces: list[tuple[str, str]], position: int, test: str) -> tuple[Node, int]:
    """Parse ``if`` with its branches; return the node and the position of its ``end``."""
    holds = _test(test.strip())
    then, position = _block(pieces, position + 1)
    otherwise: list[Node] = []
    word = pieces[position][1] if position < len(pieces) else "(end of template)"
    if word.startswith("else if "):
        node, position = _condition(pieces, position, word.removeprefix("else if "))
        otherwise = [node]
    elif word == "else":
        otherwise, position = _block(pieces, position + 1)
    if position >= len(pieces) or pieces[position][1] != "end":
        raise TemplateError(f"{{{{ if {test} }}}} has no {{{{ end }}}}")

    def render(fields: Fields, escape: Callable[[str], str]) -> str:
        return _run(then if holds(fields) else otherwise, fields, escape)

    return render, position


def _test(source: str) -> Callable[[Fields], bool]:
    match = _CONDITION.fullmatch(source)
    if match is None or (match["op"] is None) != (match["value"] is None):
        raise TemplateError(f"{{{{ if {source} }}}} is not supported")
    path, wanted = match["field"], match["value"]
    if match["op"] is None:
        return lambda fields: bool(_lookup(fields, path))
    same = match["op"] == "eq"
    return lambda fields: (_lookup(fields, path) == wanted) is same


def _lookup(fields: Fields, path: str) -> Any:
    value: Any = fields
    for name in path.removeprefix(".").split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _text(content: str) -> Node:
    return lambda _fields, _escape: content


def _field(path: str) -> Node:
    def render(fields: Fields, escape: Callable[[str], str]) -> str:
        value = _lookup(fields, path)
        return "" if value is None else escape(str(value))

    return render


def _run(nodes: list[Node] | tuple[Node, ...], fields: Fields, escape: Callable[[str], str]) -> str:
    return "".join(node(fields, escape) for node in nodes)
