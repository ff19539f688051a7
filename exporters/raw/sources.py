"""Where raw data come from: the rounds of a file and the union of their columns. Loads no pyarrow, so
pages may ask too."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analytics.columnar.layout import (
    Layout,
    VersionForm,
    layout_of,
    readable_variables,
    readable_variables_of_rows,
)
from analytics.columnar.live import LiveRound
from analytics.dataset import Variable
from surveys.campaigns.models import Round
from surveys.engine import Form, Kind, Question, Repeat, Table, Texts, walk
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.verification.models import VerificationItem


@dataclass(frozen=True, slots=True)
class Part:
    """A table or repeat of the questionnaires: its label is the newest, its columns are the union.

    ``rows`` are the codes of a table's rows with their labels, those of the newest version first.
    """

    name: str
    label: Texts
    layout: Layout
    rows: Mapping[str, Texts]


@dataclass(frozen=True, slots=True)
class Judged:
    """An indicator whose answers are verified."""

    code: str
    label: Texts
    most: str


class RawSource:
    """The rounds of a file, the oldest first, and the columns of everything that was asked in them."""

    def __init__(self, rounds: Iterable[Round]) -> None:
        unique = {each.pk: each for each in rounds}
        self.rounds: Sequence[Round] = sorted(
            unique.values(), key=lambda each: (each.reference_date, each.code)
        )
        self.live: Mapping[int, LiveRound] = {each.pk: LiveRound(each) for each in self.rounds}

    @cached_property
    def forms(self) -> dict[int, VersionForm]:
        """The versions that were asked or answered, by their keys, in the order of these."""
        found = {pk: form for live in self.live.values() for pk, form in live.forms.items()}
        return dict(sorted(found.items()))

    @cached_property
    def versions(self) -> dict[int, QuestionnaireVersion]:
        """The rows of the versions, with their questionnaires."""
        rows = QuestionnaireVersion.objects.select_related("questionnaire").defer("definition")
        found = rows.in_bulk(list(self.forms))
        return {pk: found[pk] for pk in self.forms}

    @cached_property
    def layout(self) -> Layout:
        """One column for each question, cell and number of rows."""
        return layout_of(self.forms.values())

    def kinds_of(self, layout: Layout) -> dict[str, set[Kind]]:
        """The types that the question of each column has had; none for numbers of rows."""
        found: dict[str, set[Kind]] = {}
        for pk, filled in layout.by_version.items():
            for name, variable in filled:
                kind = _kind_of(variable, self.forms[pk].form)
                found.setdefault(name, set()).update([kind] if kind else [])
        return found

    @cached_property
    def grids(self) -> tuple[Part, ...]:
        """The tables of the questionnaires."""
        return tuple(self._parts(Table, _variables_of_table))

    @cached_property
    def repeats(self) -> tuple[Part, ...]:
        """The repeats of the questionnaires that have a column free of personal data."""
        return tuple(self._parts(Repeat, _variables_of_repeat))

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """The indicators of which answers are verified in the rounds, as they were handed out last."""
        items = VerificationItem.objects.filter(case__assignment__round__in=self.rounds)
        found: dict[str, Judged] = {}
        lines = items.order_by("code", "position").values_list("code", "label", "most").distinct()
        for code, label, most in lines:
            found[code] = Judged(code, label, f"{most.normalize():f}")
        return tuple(found.values())

    def asked_in(self, version: int) -> list[Round]:
        """The rounds in which a version was asked or answered."""
        return [each for each in self.rounds if version in self.live[each.pk].forms]

    def renamed(self, round_: Round) -> dict[str, str]:
        """By the names of the round's own copy what its columns are called in the file."""
        own = self.live[round_.pk].layout
        return {
            mine: name
            for pk, filled in own.by_version.items()
            for (mine, _mine), (name, _variable) in zip(
                filled, self.layout.by_version[pk], strict=True
            )
        }

    def _parts(
        self,
        kind: type[Table] | type[Repeat],
        variables: Callable[[Form, str], Iterable[Variable]],
    ) -> Iterator[Part]:
        newest: dict[str, Texts] = {}
        for version in self.forms.values():
            elements = walk(version.form.definition.children)
            newest |= {each.name: each.label for each in elements if isinstance(each, kind)}
        for name, label in newest.items():
            having = [each for each in self.forms.values() if _has(each.form, name, kind)]
            layout = layout_of(having, _of_part(variables, name))
            if layout.columns:
                yield Part(name, label, layout, _rows_of(having, name))


def _of_part(
    variables: Callable[[Form, str], Iterable[Variable]], name: str
) -> Callable[[Form], Iterable[Variable]]:
    return lambda form: variables(form, name)


def _kind_of(variable: Variable, form: Form) -> Kind | None:
    element = form.element(variable.path.rpartition("/")[2])
    return element.kind if isinstance(element, Question) else None


def _has(form: Form, name: str, kind: type[Table] | type[Repeat]) -> bool:
    part = form.parts.get(name)
    return part is not None and isinstance(part.element, kind)


def _variables_of_table(form: Form, name: str) -> Iterator[Variable]:
    """A variable for each column of a table; its path is the column's name."""
    seen = set[str]()
    for variable in readable_variables(form):
        table, _slash, cell = variable.path.partition("/")
        _row, _slash, column = cell.partition("/")
        if table == name and column and column not in seen:
            seen.add(column)
            yield replace(variable, name=column, path=column, label=variable.label[2:])


def _variables_of_repeat(form: Form, name: str) -> tuple[Variable, ...]:
    element = form.element(name)
    assert isinstance(element, Repeat)
    return readable_variables_of_rows(element, form)


def _rows_of(versions: Iterable[VersionForm], name: str) -> dict[str, Texts]:
    """The rows that a table has had: those of the newest version in its order, then former ones."""
    found: dict[str, Texts] = {}
    for version in versions:
        element = version.form.element(name)
        if isinstance(element, Table):
            rows = version.form.definition.lists[element.row_list].choices
            now = {choice.name: choice.label for choice in rows}
            found = now | {code: label for code, label in found.items() if code not in now}
    return found
