"""The variables of a questionnaire as a codebook describes them."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from django.utils import translation

from analytics.dataset import Measure, variables_of, variables_of_rows
from analytics.dataset import Variable as Column
from exporters.codebooks.model import Code, Limit, Rule, Variable, VariableKind
from exporters.codebooks.words import LANGUAGES, said
from surveys.engine import (
    Element,
    Form,
    Indicator,
    Kind,
    Question,
    Repeat,
    Table,
    Texts,
    text_in,
    walk,
)
from surveys.engine import Group as Block
from surveys.engine.expressions import Node
from surveys.engine.expressions.nodes import Call, Dot, Number
from surveys.engine.expressions.references import names_in
from surveys.engine.form import Part
from surveys.engine.sentences import Comparison, Condition, Group, Joined, Term, bare, read
from surveys.questionnaires.logic.speaking import sentence
from surveys.questionnaires.logic.spot import Spot, parsed
from surveys.questionnaires.logic.tokens import plain
from surveys.rendering import missing_code_label

KINDS: Final = {
    Measure.NUMBER: VariableKind.NUMBER,
    Measure.DATE: VariableKind.DATE,
    Measure.CATEGORY: VariableKind.CATEGORY,
    Measure.CATEGORIES: VariableKind.CATEGORIES,
    Measure.TEXT: VariableKind.TEXT,
    Measure.ROWS: VariableKind.INTEGER,
}


def question_variables(form: Form, version: int) -> tuple[Variable, ...]:
    """Everything a response has one value of, in the order of the questionnaire."""
    return tuple(_variable(each, form, version) for each in variables_of(form))


def row_variables(form: Form, repeat: Repeat, version: int) -> tuple[Variable, ...]:
    """Everything a row of a repeat has one value of."""
    return tuple(_variable(each, form, version) for each in variables_of_rows(repeat, form))


def personal_questions(form: Form) -> int:
    """How many questions ask for personal data, and so are no variables."""
    questions = (each for each in walk(form.definition.children) if isinstance(each, Question))
    return sum(each.personal_data for each in questions)


def indicator_variable(indicator: Indicator, form: Form) -> Variable:
    """An indicator of the catalogue as a derived variable, with its formula in words."""
    parts = {"numerator": indicator.numerator, "denominator": indicator.denominator}
    rules = {name: _expression(form, text) for name, text in parts.items() if text}
    lines = [said(name, words=rule.words or rule.expression) for name, rule in rules.items()]
    lines.append(said(f"over_{indicator.over}"))
    reads = dict.fromkeys(name for rule in rules.values() for name in rule.reads)
    expressions = "; ".join(f"{name} = {text}" for name, text in parts.items() if text)
    basis = f" ({indicator.legal_basis})" if indicator.legal_basis else ""
    return Variable(
        name=indicator.code,
        kind=VariableKind.NUMBER,
        label=indicator.label,
        unit=indicator.unit,
        derivation=Rule(expression=expressions, words=_joined(lines, ". "), reads=tuple(reads)),
        source=said("indicator_source", basis=basis),
    )


def said_of(form: Form, name: str, field: str, text: str) -> Rule:
    """An expression of a field with what it says in both languages."""
    words = _in_both(
        lambda language: plain(sentence(Spot(form, form.element(name), field, language), text))
    )
    node = parsed(text)
    reads = tuple(dict.fromkeys(names_in(node))) if node is not None else ()
    return Rule(expression=text, words=words, reads=reads)


def _variable(column: Column, form: Form, version: int) -> Variable:
    if column.measure is Measure.ROWS:
        return _of_rows(column, form, version)
    part = form.parts[column.path.rpartition("/")[2]]
    question = part.question
    lowest, highest = _limits(question, form)
    return Variable(
        name=column.name,
        kind=_kind(column, question),
        label=_label(column, form),
        question=column.label[-1],
        hint=question.hint,
        instructions=question.guidance or _table_hint(part, form),
        number=column.number,
        section=form.section(part.section).label if part.section else {},
        universe=_universe(part, form),
        unit=column.unit,
        lowest=lowest,
        highest=highest,
        decimals=0 if question.kind is Kind.INTEGER else None,
        codes=tuple(Code(value=each.name, label=each.label) for each in column.choices),
        missing=tuple(Code(value=code, label=_missing(code)) for code in column.missing),
        checks=tuple(_checks(question, form)),
        derivation=_derivation(question, form),
        indicators=question.indicators,
        source=said("computed_source" if question.calculation else "answer_source"),
        versions=(version,),
    )


def _of_rows(column: Column, form: Form, version: int) -> Variable:
    part = form.parts[column.path]
    return Variable(
        name=column.name,
        kind=VariableKind.INTEGER,
        label=said("rows_of", label=column.label[0]),
        question=column.label[0],
        number=column.number,
        section=form.section(part.section).label if part.section else {},
        universe=_universe(part, form),
        lowest=Limit("0"),
        decimals=0,
        source=said("computed_source"),
        versions=(version,),
    )


def _label(column: Column, form: Form) -> Texts:
    """What it is called away from its place: under its table and row, or under its group."""
    above = _groups(form).get(column.path)
    labels = list(column.label) if above is None else [above.label, *column.label]
    return _joined(labels, ": ")


@lru_cache(maxsize=16)
def _groups(form: Form) -> Mapping[str, Block]:
    """The innermost group below a section, by the name of what stands in it."""
    found: dict[str, Block] = {}
    for section in form.sections:
        for element in section.elements:
            _enter(found, element)
    return found


def _enter(found: dict[str, Block], element: Element) -> None:
    if isinstance(element, Block):
        found |= {child.name: element for child in element.children}
        for child in element.children:
            _enter(found, child)


def _kind(column: Column, question: Question) -> VariableKind:
    if question.kind is Kind.INTEGER:
        return VariableKind.INTEGER
    if question.kind is Kind.DATETIME:
        return VariableKind.MOMENT
    return KINDS[column.measure]


def _universe(part: Part, form: Form) -> Rule | None:
    """Who is asked: the conditions of the question and of all that it stands in, together."""
    rules = [
        said_of(form, guard.name, "relevant", guard.condition.text)
        for guard in part.guards
        if guard.name in form.parts
    ]
    owner = form.owner(part.name)
    if isinstance(owner, Table) and owner.closed:
        rules.append(Rule(expression=f"not({owner.closed})", words=said("cells_open")))
    if not rules:
        return None
    words: Texts = rules[0].words
    for rule in rules[1:]:
        words = said("joined_and", one=words, other=rule.words) if words and rule.words else {}
    return Rule(
        expression=" and ".join(f"({rule.expression})" for rule in rules)
        if len(rules) > 1
        else rules[0].expression,
        words=words,
        reads=tuple(dict.fromkeys(name for rule in rules for name in rule.reads)),
    )


def _checks(question: Question, form: Form) -> Iterator[Rule]:
    for field in ("constraint", "warning"):
        if text := getattr(question, field):
            yield said_of(form, question.name, field, text)


def _derivation(question: Question, form: Form) -> Rule | None:
    if not question.calculation:
        return None
    return said_of(form, question.name, "calculation", question.calculation)


def _expression(form: Form, text: str) -> Rule:
    """An expression over the whole response, which stands at no question."""
    first = next(iter(form.parts))
    return said_of(form, first, "calculation", text)


def _table_hint(part: Part, form: Form) -> Texts:
    owner = form.owner(part.name)
    return owner.hint if isinstance(owner, Table) else {}


def _missing(code: str) -> Texts:
    return _in_both(lambda _language: missing_code_label(code))


def _in_both(speak: Callable[[str], str]) -> Texts:
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = speak(language)
    return {language: text for language, text in found.items() if text}


def _joined(texts: list[Texts], between: str) -> Texts:
    """Texts one after the other, in each language that any of them has."""
    languages = [each for each in LANGUAGES if any(text.get(each) for text in texts)]
    return {
        language: between.join(filter(None, (text_in(text, language) for text in texts)))
        for language in languages
    }


def _limits(question: Question, form: Form) -> tuple[Limit | None, Limit | None]:
    """Between what an answer must lie, as far as its range or its check says it plainly."""
    if question.kind is Kind.RANGE:
        ends = (question.parameters.get(name, "") for name in ("start", "end"))
        lowest, highest = (Limit(end) if end else None for end in ends)
        return lowest, highest
    node = parsed(question.constraint) if question.constraint else None
    if node is None or not form.parts[question.name].is_numeric:
        return None, None
    found: dict[Comparison, Limit] = {}
    for term in _terms(read(bare(node))):
        figures = [figure for each in term.values if (figure := _figure(each))]
        if not isinstance(term.subject, Dot) or not figures or len(figures) != len(term.values):
            continue
        if term.comparison is Comparison.BETWEEN:
            found |= {Comparison.AT_LEAST: Limit(figures[0]), Comparison.AT_MOST: Limit(figures[1])}
        else:
            is_open = term.comparison in {Comparison.ABOVE, Comparison.BELOW}
            found[term.comparison] = Limit(figures[0], is_open)
    return (
        found.get(Comparison.AT_LEAST) or found.get(Comparison.ABOVE),
        found.get(Comparison.AT_MOST) or found.get(Comparison.BELOW),
    )


def _terms(condition: Condition | None) -> Iterator[Term]:
    """The terms that must all hold."""
    if isinstance(condition, Term):
        yield condition
    elif isinstance(condition, Group) and condition.kind is Joined.ALL:
        for part in condition.parts:
            yield from _terms(part)


def _figure(node: Node) -> str:
    match node:
        case Number(value=value):
            return format(value, "f")
        case Call(name="-", arguments=(Number(value=value),)):
            return f"-{value:f}"
        case _:
            return ""
