"""The change map: in which versions and rounds a column was asked, and what changed from one to the
next. Loads no pyarrow."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from analytics.columnar.layout import Layout
from analytics.dataset import Variable
from exporters.raw.columns import (
    RESPONSES,
    Planned,
    Reading,
    choice_labels,
    column_name,
    grids_in,
    label_of,
    layout_in,
    repeats_in,
)
from exporters.raw.plans import ColumnPlan, Languages
from exporters.raw.sources import RawSource
from exporters.raw.units import fact_column
from exporters.raw.words import CHANGES, told
from surveys.engine import Form, Question, Texts, What, diff

CHANGE_MAP: Final = "changes"
FACTS: Final = (
    "table",
    "column",
    "label",
    "questionnaire",
    "version",
    "rounds",
    "asked",
    "change",
    "old",
    "new",
)
BETWEEN: Final = "; "


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to a column: a key of ``CHANGES``, and what stood and stands there."""

    change: str
    old: str | None = None
    new: str | None = None


def change_columns(source: RawSource, plan: ColumnPlan) -> tuple[Planned, ...]:
    """The columns of the change map."""
    labels: dict[str, Mapping[str, Texts]] = {
        "change": CHANGES,
        "questionnaire": {
            version.questionnaire.code: {"vi": version.title, "en": version.title_en}
            for version in source.versions.values()
        },
    }
    columns = (fact_column(name, plan.languages, labels.get(name)) for name in FACTS)
    return tuple(Planned(each, Reading.GIVEN, each.name) for each in columns)


def changes_of(source: RawSource, plan: ColumnPlan) -> list[dict[str, Any]]:
    """The lines of the change map as ``FACTS``: of each column each version, and of each version
    what changed since the one before of the same questionnaire."""
    layouts = [(RESPONSES, layout_in(source, plan))]
    layouts += [(part.name, part.layout) for part in grids_in(source, plan)]
    layouts += [(part.name, part.layout) for part in repeats_in(source, plan)]
    histories = _Histories(source, plan)
    return [line for table, layout in layouts for line in histories.lines(table, layout)]


class _Histories:
    """The versions of the rounds, questionnaire by questionnaire."""

    def __init__(self, source: RawSource, plan: ColumnPlan) -> None:
        self._source = source
        self._languages = plan.languages
        versions = sorted(
            source.versions.values(), key=lambda each: (each.questionnaire.code, each.number)
        )
        self._groups = [
            [each.pk for each in group]
            for _code, group in groupby(versions, key=lambda each: each.questionnaire.code)
        ]
        self._steps: dict[tuple[int, int], _Step] = {}
        self._rounds = {
            pk: " ".join(each.code for each in source.asked_in(pk)) for pk in source.versions
        }

    def lines(self, table: str, layout: Layout) -> Iterator[dict[str, Any]]:
        """The lines of a table's columns, column by column."""
        filled = {pk: dict(columns) for pk, columns in layout.by_version.items()}
        for name, variable in layout.columns.items():
            for group in self._groups:
                history = [filled.get(pk, {}).get(name) for pk in group]
                if not any(history):
                    continue
                for place, pk in enumerate(group):
                    for each in self._happenings(group, history, place, filled):
                        yield self._line(table, name, variable, pk) | {
                            "asked": history[place] is not None,
                            "change": each.change,
                            "old": each.old,
                            "new": each.new,
                        }

    def _line(self, table: str, name: str, variable: Variable, pk: int) -> dict[str, Any]:
        version = self._source.versions[pk]
        return {
            "table": table,
            "column": column_name(name),
            "label": label_of(variable, self._languages),
            "questionnaire": version.questionnaire.code,
            "version": version.number,
            "rounds": self._rounds[pk],
        }

    def _happenings(
        self,
        group: Sequence[int],
        history: Sequence[Variable | None],
        place: int,
        filled: Mapping[int, Mapping[str, Variable]],
    ) -> list[Happening]:
        now, pk = history[place], group[place]
        before = history[place - 1] if place else None
        if now is None and before is None:
            return [Happening("absent")]
        if not place:
            return [Happening("first")]
        step = self._step(group[place - 1], pk)
        if now is None:
            assert before is not None
            return [step.gone(before, filled.get(pk, {}).values())]
        if before is not None:
            return list(step.kept(before, now)) or [Happening("same")]
        if any(history[:place]):
            return [Happening("returned")]
        return [step.come(now, filled.get(group[place - 1], {}).values())]

    def _step(self, old: int, new: int) -> "_Step":
        key = old, new
        if key not in self._steps:
            forms = self._source.forms
            self._steps[key] = _Step(forms[old].form, forms[new].form, self._languages)
        return self._steps[key]


class _Step:
    """What changed from one version to the next."""

    def __init__(self, old: Form, new: Form, languages: Languages) -> None:
        self._old, self._new, self._languages = old, new, languages
        changes = diff(old.definition, new.definition)
        self._became = {each.old: each.new for each in changes if each.what is What.RENAMED}
        self._was = {new_name: old_name for old_name, new_name in self._became.items()}
        self._moved = {each.place: each for each in changes if each.what is What.MOVED}

    def gone(self, before: Variable, now: Iterable[Variable]) -> Happening:
        """Why a column is not filled any more."""
        if any(each.path == before.path for each in now):
            return self._retyped(before)
        name = _question(before)
        if name in self._became:
            return Happening("renamed", name, self._became[name])
        return Happening("removed")

    def come(self, now: Variable, before: Iterable[Variable]) -> Happening:
        """Why a column is filled from now on."""
        if any(each.path == now.path for each in before):
            return self._retyped(now)
        name = _question(now)
        if name in self._was:
            return Happening("renamed", self._was[name], name)
        return Happening("first")

    def kept(self, before: Variable, now: Variable) -> Iterator[Happening]:
        """What changed of a column that was filled before too."""
        old_kind, new_kind = self._kinds(now)
        if old_kind != new_kind:
            yield Happening("type", old_kind, new_kind)
        for change, read in (("label", label_of), ("unit", _unit_of)):
            old, new = read(before, Languages.BOTH), read(now, Languages.BOTH)
            if old != new:
                yield Happening(change, read(before, self._languages), read(now, self._languages))
        yield from self._choices(before, now)
        holder = now.path.partition("/")[0]
        moved = self._moved.get(_question(now)) or self._moved.get(holder)
        if moved is not None:
            yield Happening("moved", moved.old, moved.new)

    def _choices(self, before: Variable, now: Variable) -> Iterator[Happening]:
        old, new = choice_labels(before, Languages.BOTH), choice_labels(now, Languages.BOTH)
        if gone := [code for code in old if code not in new]:
            yield Happening("choices_removed", old=self._named(before, gone))
        if come := [code for code in new if code not in old]:
            yield Happening("choices_added", new=self._named(now, come))
        if other := [code for code in new if code in old and old[code] != new[code]]:
            said = self._named(before, other), self._named(now, other)
            yield Happening("choices_relabelled", *said)

    def _named(self, variable: Variable, codes: Iterable[str]) -> str:
        labels = choice_labels(variable, self._languages)
        return BETWEEN.join(f"{code} = {labels[code]}" for code in codes)

    def _retyped(self, variable: Variable) -> Happening:
        return Happening("type", *self._kinds(variable))

    def _kinds(self, variable: Variable) -> tuple[str | None, str | None]:
        name = _question(variable)
        return _kind_in(self._old, name), _kind_in(self._new, name)


def _question(variable: Variable) -> str:
    return variable.path.rpartition("/")[2]


def _kind_in(form: Form, name: str) -> str | None:
    """The type of a question in XLSForm's words; None for a repeat."""
    part = form.parts.get(name)
    if part is None or not isinstance(part.element, Question):
        return None
    return part.element.kind.value


def _unit_of(variable: Variable, languages: Languages) -> str:
    return told(variable.unit, languages)
