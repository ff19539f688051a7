"""The boxes in which test values are typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.engine import Kind, Question, Table
from surveys.engine.form import Part
from surveys.questionnaires.logic.rules import Rule, names_read
from surveys.questionnaires.logic.spot import Spot
from surveys.questionnaires.logic.trial import Trial, is_tried

MOST: Final = 60
"""Boxes at a time; the others come with the filter or the page that needs them."""
LONG_LIST: Final = 30
"""A list with more choices is typed: a code or a label."""

UNREADABLE: Final[dict[Kind, str | Promise]] = {
    Kind.INTEGER: _("This is no whole number."),
    Kind.DECIMAL: _("This is no number."),
    Kind.RANGE: _("This is no number."),
    Kind.DATE: _("This is no date. Write it as 31/12/2026."),
    Kind.DATETIME: _("This is no date with a time. Write it as 31/12/2026 09:30."),
    Kind.TIME: _("This is no time. Write it as 09:30."),
}
NO_CHOICE: Final = _("There is no such choice.")
NUMERIC: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})


@dataclass(frozen=True, slots=True)
class Box:
    """One box. ``options`` are (code, label, chosen); without them a text is typed."""

    path: str
    label: str
    text: str
    options: tuple[tuple[str, str, bool], ...]
    is_many: bool
    is_number: bool
    problem: str | Promise
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of one question: one, or one for each row of its table."""

    label: str
    boxes: tuple[Box, ...]

    @property
    def filled(self) -> int:
        """How many have a value."""
        return sum(
            bool(box.text) or any(chosen for _c, _l, chosen in box.options) for box in self.boxes
        )


@dataclass(frozen=True, slots=True)
class Panel:
    """All boxes that the rules shown need; ``left_out`` questions found no room."""

    questions: tuple[Boxes, ...]
    left_out: int


def panel_of(trial: Trial, rules: Iterable[Rule]) -> Panel:
    """The boxes for what the rules read, in the order in which the rules need them."""
    form, found, room, left_out = trial.form, list[Boxes](), MOST, 0
    for name in _names(trial, rules):
        part = form.parts[name]
        paths = trial.paths(part)
        if len(paths) > room:
            left_out += 1
            continue
        room -= len(paths)
        found.append(_boxes(trial, part, paths))
    return Panel(tuple(found), left_out)


def _names(trial: Trial, rules: Iterable[Rule]) -> dict[str, None]:
    order = {name: index for index, name in enumerate(trial.form.parts)}
    names: dict[str, None] = {}
    for rule in rules:
        read = names_read(trial.form, rule)
        tried = (name for name in read if is_tried(trial.form.parts[name]))
        names |= dict.fromkeys(sorted(tried, key=order.__getitem__))
    return names


def _boxes(trial: Trial, part: Part, paths: tuple[str, ...]) -> Boxes:
    spot = Spot(trial.form, part.element, "", trial.language)
    label = spot.label(part.name)
    owner = trial.form.owner(part.name)
    is_table = isinstance(owner, Table)
    return Boxes(
        label,
        tuple(
            _box(
                trial,
                part,
                path,
                spot.row_label(part.name, path.split("/")[1]) if is_table else label,
            )
            for path in paths
        ),
    )


def _box(trial: Trial, part: Part, path: str, label: str) -> Box:
    question = part.question
    typed = trial.typed.get(path, "")
    chosen = set(typed) if isinstance(typed, list) else {typed}
    choices = trial.form.choices_of(question)
    spot = Spot(trial.form, question, "", trial.language)
    listed = choices if len(choices) <= LONG_LIST else ()
    return Box(
        path=path,
        label=label,
        text=", ".join(typed) if isinstance(typed, list) else typed,
        options=tuple(
            (each.name, spot.text(each.label) or each.name, each.name in chosen) for each in listed
        ),
        is_many=question.kind in {Kind.SELECT_MULTIPLE, Kind.RANK},
        is_number=question.kind in NUMERIC,
        problem=_problem(question) if path in trial.unread else "",
        is_hidden=path in trial.typed and not trial.state.is_relevant(path),
    )


def _problem(question: Question) -> str | Promise:
    return UNREADABLE.get(question.kind, NO_CHOICE)
