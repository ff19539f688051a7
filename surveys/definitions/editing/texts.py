"""Which texts a draft takes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from surveys.definitions.editing.errors import TextUnfit
from surveys.definitions.editing.operations import Add, Change, Operation

MAX_TEXT: Final = 32_767
"""Characters that a cell of a workbook holds."""

_UNFIT: Final = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
"""What XML, and so a workbook, has no way to write."""


def check_texts(operations: Iterable[Operation]) -> None:
    """Raises TextUnfit for a new text that no workbook could hold: too long, or with control characters."""
    for operation in operations:
        match operation:
            case Change(node=node, field=field, new=new):
                # The entry of a map becomes a key of the draft, as fit as its text has to be.
                _check(field, node, "")
                _check(new, node, field)
            case Add(values=values):
                for value in values:
                    _check(value, str(value.get("uid", "")), "")
            case _:
                pass


def _check(value: Any, node: str, field: str) -> None:
    for text in _texts(value):
        if len(text) > MAX_TEXT:
            raise TextUnfit(node, field, too_long=True)
        if _UNFIT.search(text):
            raise TextUnfit(node, field, too_long=False)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield str(key)
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
