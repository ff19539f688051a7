"""Which questionnaires were asked and answered in some rounds, and the tables that come of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count

from analytics.answers import counted_revisions
from analytics.results.asked import questionnaires_asked
from exporters.codebooks.history import History, history_of
from exporters.codebooks.model import DataFile, Variable
from exporters.codebooks.questions import (
    indicator_variable,
    personal_questions,
    question_variables,
    row_variables,
)
from exporters.codebooks.words import said
from surveys.campaigns.models import Round
from surveys.engine import Form, Indicator, Repeat, walk
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of


@dataclass(frozen=True, slots=True)
class Answered:
    """A questionnaire with its versions that were asked or answered, the newest first; ``number``
    counts the questionnaires from 1, and ``responses`` are those signed."""

    number: int
    versions: tuple[QuestionnaireVersion, ...]
    history: History
    responses: int

    @property
    def newest(self) -> Form:
        """The questionnaire as it is asked now."""
        return form_of(self.versions[0])

    @property
    def personal(self) -> int:
        """How many of its questions are no variables."""
        return personal_questions(self.newest)

    def named(self, name: str) -> str:
        """The name of a table; all but those of the first questionnaire have its number in it."""
        return name if self.number == 1 else f"{name}_{self.number}"


def questionnaires_of(rounds: Sequence[Round]) -> tuple[Answered, ...]:
    """The questionnaires of the rounds, the newest round first, each once."""
    responses = _responses(rounds)
    used: dict[int, dict[int, QuestionnaireVersion]] = {}
    for round_ in rounds:
        for asked in questionnaires_asked(round_):
            used.setdefault(asked.questionnaire_id, {})[asked.version.pk] = asked.version
    older = QuestionnaireVersion.objects.filter(pk__in=responses).select_related("questionnaire")
    for version in older:
        used.setdefault(version.questionnaire_id, {})[version.pk] = version
    return tuple(
        _answered(number, tuple(versions.values()), responses)
        for number, versions in enumerate(used.values(), start=1)
    )


def files_of(answered: Answered) -> Iterator[DataFile]:
    """The table of answers, and one for the rows of each repeat."""
    forms = [(version.number, form_of(version)) for version in answered.versions]
    title = answered.newest.definition.title
    yield DataFile(
        key=answered.named("answers"),
        name=answered.named("answers"),
        title=said("file_answers", title=title),
        cases=answered.responses,
        variables=_told(answered, [question_variables(form, n) for n, form in forms]),
    )
    repeats = {each.name: each for _number, form in reversed(forms) for each in _repeats(form)}
    for name, repeat in repeats.items():
        rows = [
            row_variables(form, each, number)
            for number, form in forms
            for each in _repeats(form)
            if each.name == name
        ]
        if variables := _told(answered, rows):
            yield DataFile(
                key=answered.named(f"rows_{name}"),
                name=answered.named(name),
                title=said("file_rows", title=repeat.label),
                cases=None,
                variables=variables,
            )


def indicator_file(answered: Sequence[Answered]) -> DataFile | None:
    """The indicators that any of the questionnaires measures, each once; None where there are none."""
    found: dict[str, tuple[Indicator, Form]] = {}
    for form in (each.newest for each in answered):
        for indicator in form.definition.indicators:
            if indicator.numerator:
                found.setdefault(indicator.code, (indicator, form))
    if not found:
        return None
    return DataFile(
        key="indicators",
        name="indicators",
        title=said("file_indicators"),
        cases=None,
        variables=tuple(indicator_variable(each, form) for each, form in found.values()),
    )


def _answered(
    number: int, versions: tuple[QuestionnaireVersion, ...], responses: dict[int, int]
) -> Answered:
    newest_first = tuple(sorted(versions, key=lambda each: each.number, reverse=True))
    return Answered(
        number=number,
        versions=newest_first,
        history=history_of(newest_first[0]),
        responses=sum(responses.get(each.pk, 0) for each in versions),
    )


def _responses(rounds: Sequence[Round]) -> dict[int, int]:
    """How many signed responses were given to each version."""
    found: dict[int, int] = {}
    for round_ in rounds:
        counted = counted_revisions(round_).values_list("version_id").annotate(Count("pk"))
        for version_id, number in counted:
            found[version_id] = found.get(version_id, 0) + number
    return found


def _repeats(form: Form) -> list[Repeat]:
    return [each for each in walk(form.definition.children) if isinstance(each, Repeat)]


def _told(answered: Answered, by_version: Sequence[tuple[Variable, ...]]) -> tuple[Variable, ...]:
    """The variables of all versions by name: as the newest asks them, those that it dropped behind."""
    found: dict[str, Variable] = {}
    for variables in by_version:
        for each in variables:
            known = found.get(each.name)
            found[each.name] = (
                replace(known, versions=(*each.versions, *known.versions)) if known else each
            )
    return tuple(answered.history.of(each) for each in found.values())
