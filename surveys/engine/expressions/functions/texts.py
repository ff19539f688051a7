"""Text, in code points. Blank reads as ''."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from surveys.engine.expressions.functions.table import function
from surveys.engine.expressions.types import Type, Value
from surveys.engine.expressions.values import text_of, truth_of

SPACE: Final = re.compile(r"[ \t\r\n]+")
"""XPath's white space; a no-break space is a character like others."""


@function("string", takes="text", returns=Type.TEXT)
def string(value: str) -> str:
    """The value as text."""
    return value


@function("concat", takes="value*", returns=Type.TEXT)
def concat(values: Sequence[Value]) -> str:
    """All values as text, one after the other."""
    return "".join(map(text_of, values))


@function("join", takes="text value*", returns=Type.TEXT)
def join(separator: str, values: Sequence[Value]) -> str:
    """All values as text with a separator between."""
    return separator.join(map(text_of, values))


@function("substr", takes="text number number?", returns=Type.TEXT)
def substr(text: str, start: Decimal, end: Decimal | None = None) -> str:
    """From ``start``, counted from 0, up to before ``end``; negative counts from the end."""
    return text[int(start) : None if end is None else int(end)]


@function("substring", takes="text number number?", returns=Type.TEXT)
def substring(text: str, start: Decimal, length: Decimal | None = None) -> str:
    """XPath's own: from ``start``, counted from 1, at most ``length`` characters."""
    first = int(start.to_integral_value(ROUND_HALF_UP))
    last = len(text) + 1
    if length is not None:
        last = first + int(length.to_integral_value(ROUND_HALF_UP))
    return text[max(first - 1, 0) : max(last - 1, 0)]


@function("substring-before", takes="text text", returns=Type.TEXT)
def substring_before(text: str, mark: str) -> str:
    """What stands before the first ``mark``; nothing if it does not occur."""
    before, found, _ = text.partition(mark) if mark else ("", "", "")
    return before if found else ""


@function("substring-after", takes="text text", returns=Type.TEXT)
def substring_after(text: str, mark: str) -> str:
    """What stands after the first ``mark``; nothing if it does not occur."""
    return text.partition(mark)[2] if mark else text


@function("translate", takes="text text text", returns=Type.TEXT)
def translate(text: str, from_: str, to: str) -> str:
    """Each character of ``from_`` replaced by its partner in ``to``, or deleted without one."""
    table: dict[int, str | None] = {}
    for index, character in enumerate(from_):
        table.setdefault(ord(character), to[index] if index < len(to) else None)
    return text.translate(table)


@function("string-length", takes="text", returns=Type.NUMBER)
def string_length(text: str) -> Decimal:
    """How many characters."""
    return Decimal(len(text))


@function("normalize-space", takes="text", returns=Type.TEXT)
def normalize_space(text: str) -> str:
    """White space trimmed and runs of it made one blank."""
    return SPACE.sub(" ", text).strip(" ")


@function("contains", takes="text text", returns=Type.BOOLEAN)
def contains(text: str, part: str) -> bool:
    """Whether ``part`` occurs."""
    return part in text


@function("starts-with", takes="text text", returns=Type.BOOLEAN)
def starts_with(text: str, part: str) -> bool:
    """Whether the text begins with ``part``."""
    return text.startswith(part)


@function("ends-with", takes="text text", returns=Type.BOOLEAN)
def ends_with(text: str, part: str) -> bool:
    """Whether the text ends with ``part``."""
    return text.endswith(part)


@function("true", returns=Type.BOOLEAN)
def true() -> bool:
    """True."""
    return True


@function("false", returns=Type.BOOLEAN)
def false() -> bool:
    """False."""
    return False


@function("not", takes="boolean", returns=Type.BOOLEAN)
def negated(value: bool) -> bool:  # noqa: FBT001 - an operator of the language
    """The opposite."""
    return not value


@function("boolean", takes="value", returns=Type.BOOLEAN)
def boolean(value: Value) -> bool:
    """Whether the value is true: not blank and not 0."""
    return truth_of(value)


@function("boolean-from-string", takes="text", returns=Type.BOOLEAN)
def boolean_from_string(text: str) -> bool:
    """Whether the text is 'true' or '1'."""
    return text in {"true", "1"}
