"""The figures of a round, as they passed the disclosure gate for an audience, at their variables."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.utils import translation

from analytics.explorer.asking import Asking
from analytics.explorer.audiences import is_withheld
from analytics.explorer.queries import basis_of, items_of_round, plain_results
from analytics.explorer.services import store_plain
from analytics.gate.enums import Audience, Refusal
from exporters.codebooks.model import Code, Codebook, Counted, DataFile, Variable
from exporters.codebooks.words import LANGUAGES
from surveys.campaigns.models import Round
from surveys.engine import Texts
from surveys.organisations.models import User

Results = Mapping[str, Mapping[str, Any]]

MEASURES: Final = ("mean", "median", "sd", "least", "greatest", "sum")
DATES: Final = ("earliest", "median", "latest")


def counted(codebook: Codebook, results: Results) -> Codebook:
    """The codebook with the stored results at the variables that have one."""
    files = tuple(_counted_file(each, results) for each in codebook.files)
    return replace(codebook, files=files, has_counts=bool(results))


def results_for(
    round_: Round, audience: Audience, *, actor: User | None, at: datetime
) -> dict[str, Mapping[str, Any]]:
    """The results of all questions of a round as the audience may see them; nothing while they are
    withheld. What is not stored yet is computed, which passes the gate and is logged: loads pandas, for
    tasks only."""
    if is_withheld(round_):
        return {}
    basis, items = basis_of(round_, audience), items_of_round(round_)
    stored = plain_results(round_, items.values(), basis)
    if stored:
        return stored
    from analytics.explorer.compute import Tabulator  # noqa: PLC0415  (loads pandas)

    tabulator = Tabulator.of(round_, at=at)
    found = {
        Asking(name): tabulator.result(Asking(name), basis, actor=actor) for name in tabulator.items
    }
    store_plain(round_, found, basis, at=at)
    return {asking.question: result for asking, result in found.items()}


def _counted_file(file: DataFile, results: Results) -> DataFile:
    if not file.key.startswith("answers"):
        return file
    return replace(file, variables=tuple(_counted(file.variables, results)))


def _counted(variables: Iterable[Variable], results: Results) -> Iterable[Variable]:
    for variable in variables:
        result = results.get(variable.name)
        yield _with_figures(variable, result) if result is not None else variable


def _with_figures(variable: Variable, result: Mapping[str, Any]) -> Variable:
    if refusal := result.get("refusal"):
        return replace(variable, counted=Counted(refusal=_refusal(refusal), is_hidden=True))
    base = result["base"]
    options = {each["code"]: each for each in result.get("options", ())}
    listed = {each.value for each in variable.codes}
    unlisted = tuple(Code(value=code, label={}) for code in options if code not in listed)
    return replace(
        variable,
        counted=Counted(
            asked=base.get("asked"),
            answered=base.get("answered"),
            blank=base.get("blank"),
            measures=_measures(result),
            is_hidden=bool(base.get("hidden")),
        ),
        codes=tuple(_option(each, options) for each in (*variable.codes, *unlisted))
        if options
        else variable.codes,
        missing=tuple(
            replace(each, count=(base.get("missing") or {}).get(each.value))
            for each in variable.missing
        ),
    )


def _option(code: Code, options: Mapping[str, Mapping[str, Any]]) -> Code:
    told = options.get(code.value)
    if told is None:
        return code
    hidden = bool(told.get("hidden"))
    return replace(code, count=told["n"], share=told["value"], is_hidden=hidden)


def _measures(result: Mapping[str, Any]) -> dict[str, float | str | None]:
    if numbers := result.get("numbers"):
        return {name: _plain(numbers[name]) for name in MEASURES}
    if dates := result.get("dates"):
        return {name: dates[name] for name in DATES}
    return {}


def _plain(figure: Any) -> float | None:
    """A measure, or the value of an estimate."""
    found: float | None = figure["value"] if isinstance(figure, Mapping) else figure
    return found


def _refusal(code: str) -> Texts:
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = str(Refusal(code).label)
    return found
