"""The panes of the editor by name."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from analytics.indices.editor.boundaries import boundary_groups
from analytics.indices.editor.indicators import general_groups, indicator_groups
from analytics.indices.editor.levels import level_groups
from analytics.indices.editor.parts import BOUNDARIES, GENERAL, INDICATORS, LEVELS, STEPS, Group
from analytics.indices.editor.steps import step_groups

_GROUPS: Final[Mapping[str, Callable[[Mapping[str, Any]], list[Group]]]] = {
    GENERAL: general_groups,
    INDICATORS: indicator_groups,
    STEPS: step_groups,
    LEVELS: level_groups,
    BOUNDARIES: boundary_groups,
}


def groups_of(pane: str, document: Mapping[str, Any]) -> list[Group]:
    """The groups of a pane, filled from the document; of the tree and the text there are none."""
    return _GROUPS[pane](document) if pane in _GROUPS else []
