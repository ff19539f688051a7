"""Names that repeats must leave free for what an XForm makes of them."""

import re
from collections.abc import Iterator
from typing import Final

from surveys.engine.model import Repeat, Table, walk
from surveys.engine.problems import Problem
from surveys.xlsform.tree import Tree

ROOT: Final = "data"
"""What the root of an XForm is called where the settings give it no name."""

_REFERENCE: Final = re.compile(r"\s*\$\{[^{}]*\}\s*")


def repeat_name_problems(tree: Tree, root: str) -> Iterator[Problem]:
    """Repeats called as the root, and names that a count of rows will have."""
    rows = dict(reversed(tree.named))
    for element in walk(tree.children):
        if not isinstance(element, Repeat | Table) or element.name not in rows:
            continue
        if element.name == root:
            advice = "The whole form has this name; choose another."
            yield rows[root].problem("name_reserved", "name", root, advice)
        if isinstance(element, Repeat) and (taken := rows.get(count_name(element))):
            advice = f"The count of {element.name} gets this name; choose another."
            yield taken.problem("name_reserved", "name", count_name(element), advice)


def count_name(repeat: Repeat) -> str:
    """The name under which the rows are counted; "" where a question says their number."""
    if not repeat.repeat_count or _REFERENCE.fullmatch(repeat.repeat_count):
        return ""
    return f"{repeat.name}_count"
