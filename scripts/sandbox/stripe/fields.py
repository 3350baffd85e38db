"""Form fields with brackets (`line_items[0][price_data][currency]=usd`), as the SDK sends them, and typed reading."""

import re
from collections.abc import Iterable
from typing import Any

from scripts.sandbox.stripe.errors import Refusal

_KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


def nested(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the fields as dicts and lists of strings; raises Refusal for a name that cannot be read."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        match = _KEY.fullmatch(name)
        if match is None:
            raise Refusal(400, f"Invalid parameter name: {name}", param=name)
        _put(found, [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])], value, name)
    return {name: _with_lists(value) for name, value in found.items()}


def _put(place: dict[str, Any], keys: list[str], value: str, name: str) -> None:
    for key in keys[:-1]:
        place = place.setdefault(key or str(len(place)), {})
        if not isinstance(place, dict):
            raise Refusal(400, f"Invalid hash: {name}", param=name)
    place[keys[-1] or str(len(place))] = value


def _with_lists(value: Any) -> Any:
    """Turn dicts whose keys are all numbers into lists, in the order of the numbers."""
    if not isinstance(value, dict):
        return value
    inner = {name: _with_lists(item) for name, item in value.items()}
    if inner and all(name.isdecimal() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner


class Fields:
    """The parameters of a request, or a group inside them. Readers raise Refusal as Stripe words it."""

    def __init__(self, values: dict[str, Any], path: str = "") -> None:
        """`path` is the group's own name, for messages."""
        self.values = values
        self._path = path

    def named(self, name: str) -> str:
        """Return a field's full name: `payment_intent_data[metadata]`."""
        return f"{self._path}[{name}]" if self._path else name

    def only(self, *names: str) -> None:
        """Refuse parameters that the sandbox does not play: an answer without their effect would be wrong."""
        for name in self.values:
            if name not in names:
                full = self.named(name)
                raise Refusal(400, f"Received unknown parameter: {full}", code="parameter_unknown", param=full)

    def text(self, name: str) -> str | None:
        """Return a string, or None when it is missing or empty."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, str):
            raise Refusal(400, f"Invalid string: {self.named(name)}", param=self.named(name))
        return value or None

    def required(self, name: str) -> str:
        """Return a string that must be there."""
        value = self.text(name)
        if value is None:
            full = self.named(name)
            raise Refusal(400, f"Missing required param: {full}.", code="parameter_missing", param=full)
        return value

    def address(self, name: str) -> str | None:
        """Return a web address, or None."""
        value = self.text(name)
        if value is not None and not re.match(r"https?://[^/\s]+", value):
            raise Refusal(400, "Not a valid URL", code="url_invalid", param=self.named(name))
        return value

    def required_address(self, name: str) -> str:
        """Return a web address that must be there."""
        self.required(name)
        return str(self.address(name))

    def choice(self, name: str, *choices: str) -> str:
        """Return one of the choices; the first is the default."""
        value = self.text(name) or choices[0]
        if value not in choices:
            raise Refusal(400, f"Invalid {self.named(name)}: must be one of {', '.join(choices)}", param=name)
        return value

    def integer(self, name: str) -> int | None:
        """Return a whole number, or None."""
        value = self.text(name)
        if value is None:
            return None
        if not re.fullmatch(r"-?\d{1,15}", value):
            full = self.named(name)
            raise Refusal(400, f"Invalid integer: {value}", code="parameter_invalid_integer", param=full)
        return int(value)

    def flag(self, name: str) -> bool | None:
        """Return a truth value, or None."""
        value = self.text(name)
        if value not in {None, "true", "false"}:
            raise Refusal(400, f"Invalid boolean: {value}", param=self.named(name))
        return None if value is None else value == "true"

    def group(self, name: str) -> "Fields":
        """Return a group of fields; an empty one when it is missing."""
        value = self.values.get(name) or {}
        if not isinstance(value, dict):
            raise Refusal(400, "Invalid object", param=self.named(name))
        return Fields(value, self.named(name))

    def groups(self, name: str) -> list["Fields"]:
        """Return a list of groups."""
        return [
            Fields({"item": item}, f"{self.named(name)}[{place}]").group("item") for place, item in self._list(name)
        ]

    def texts(self, name: str) -> list[str]:
        """Return a list of strings."""
        return [str(item) for _, item in self._list(name)]

    def metadata(self) -> dict[str, str]:
        """Return the metadata: names and values are strings."""
        return {name: str(value) for name, value in self.group("metadata").values.items()}

    def _list(self, name: str) -> list[tuple[int, Any]]:
        value = self.values.get(name) or []
        if not isinstance(value, list):
            raise Refusal(400, "Invalid array", param=self.named(name))
        return list(enumerate(value))
