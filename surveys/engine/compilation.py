"""From definition to form: every expression parsed, name-checked, type-checked and ordered."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from surveys.engine.assembly import FLAGS, parts_of
from surveys.engine.catalogue import Catalogue, triggers_of
from surveys.engine.defaults import compile_default
from surveys.engine.dependencies import Graph, cycles, ordered, reverse_edges, tangled, value_graph
from surveys.engine.expressions import (
    Compiled,
    ExpressionError,
    Place,
    Type,
    compile_expression,
    nearest,
    parse,
)
from surveys.engine.expressions.references import names_in
from surveys.engine.form import VALUE_FIELDS, Form, field_place
from surveys.engine.mentions import mention_problems, mentioned, speaking_texts
from surveys.engine.model import Definition, Element, Group, Question, Repeat, Table
from surveys.engine.others import with_others
from surveys.engine.problems import Problem, Severity
from surveys.engine.scoring import scoring_problems
from surveys.engine.sections import home_sections, sections_of, unseen_of
from surveys.engine.structure import flag, nesting_problem, structure_problems

FIELDS: Final[dict[type[Element], tuple[str, ...]]] = {
    Question: ("relevant", "required", "read_only", "constraint", "warning", "choice_filter"),
    Group: ("relevant",),
    Repeat: ("relevant", "repeat_count"),
    Table: ("relevant", "closed", "constraint", "warning"),
}


def compile_definition(definition: Definition) -> Form:
    """Parse, check and order every expression. Never raises: see ``Form.problems``."""
    if (too_deep := nesting_problem(definition)) is not None:
        empty = replace(definition, children=())
        return _Compilation(empty, Catalogue(empty), [too_deep]).form()
    whole = with_others(definition)
    problems = [*structure_problems(definition), *whole.problems]
    return _Compilation(
        whole.definition, Catalogue(whole.definition), problems, whole.others
    ).form()


@dataclass(slots=True)
class _Compilation:
    """One run over a definition."""

    definition: Definition
    catalogue: Catalogue
    problems: list[Problem] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)

    def form(self) -> Form:
        """The form of the definition."""
        self.compile_calculations()
        self.compile_rules()
        self.compile_indicators()
        self.problems.extend(scoring_problems(self.definition, self.catalogue.names))
        self.problems.extend(self.mentions_of_nobody())
        graph = self.break_cycles()
        texts = speaking_texts(self.definition)
        order = {name: index for index, name in enumerate(ordered(graph))}
        sections = tuple(sections_of(self.definition))
        homes = home_sections(self.definition, sections)
        return Form(
            definition=self.definition,
            problems=tuple(self.problems),
            sections=sections,
            unseen=unseen_of(self.definition, sections, homes),
            parts=parts_of(self.catalogue, graph, order, homes, texts),
            names=self.catalogue.names,
            edges=reverse_edges(
                self.catalogue.elements,
                self.catalogue.owners,
                self.catalogue.rules,
                {
                    name: mentioned(said)
                    for name, said in texts.items()
                    if name in self.catalogue.elements
                },
            ),
            triggered=self.catalogue.triggered(),
            columns=self.catalogue.members(),
            needs={name: frozenset(needs) for name, needs in graph.items()},
            order=order,
            others=self.others,
            once=tuple(
                name
                for name, rules in self.catalogue.rules.items()
                if "calculation" in rules and rules["calculation"].is_once
            ),
        )

    def mentions_of_nobody(self) -> Iterator[Problem]:
        """References in texts to names that do not exist."""
        elements = self.catalogue.elements
        places = {name: "/".join(self.catalogue.chain(name)) for name in elements}
        return mention_problems(self.definition, places, elements.keys())

    def compile_calculations(self) -> None:
        """Compile each calculation after those it reads, so that its type is known by then."""
        graph: Graph = {}
        for name, element in self.catalogue.elements.items():
            if isinstance(element, Question) and element.calculation:
                graph[name] = {each for each in _names_in(element.calculation) if each != name}
        for name in tangled(graph):
            graph[name] = set()
        for name in ordered(graph):
            question = self.catalogue.elements.get(name)
            if isinstance(question, Question) and question.calculation:
                self.compile_field(question, "calculation")
                self.note_type(question)

    def note_type(self, question: Question) -> None:
        """What a calculation gives, as later expressions and the question's kind see it."""
        rule = self.catalogue.rules[question.name].get("calculation")
        if rule is None:
            return
        known = self.catalogue.by_name[question.name]
        if known.type is Type.ANY:
            given = Type.TEXT if rule.type is Type.BLANK else rule.type
            self.catalogue.by_name[question.name] = replace(known, type=given)
        elif rule.type in _UNFIT.get(known.type, ()):
            self.report(
                question.name,
                "calculation",
                "type_mismatch",
                f"The calculation gives a {rule.type}, the question holds a {known.type}.",
            )

    def compile_rules(self) -> None:
        """Compile everything but calculations."""
        for name, element in self.catalogue.elements.items():
            for field_name in FIELDS[type(element)]:
                self.compile_field(element, field_name)
            if isinstance(element, Question):
                self.check_triggers(element)
                place = Place(self.catalogue.owners[name], self.catalogue.by_name[name].type, name)
                if rule := compile_default(
                    element, self.definition.lists, self.catalogue.names, place
                ):
                    self.keep(name, "default", rule)

    def compile_field(self, element: Element, field_name: str) -> None:
        """Compile one field, and keep it if it is right and ever matters."""
        text: str = getattr(element, field_name).strip()
        if not text:
            return
        if field_name in FLAGS and (rule := flag(text)) is not None:
            self.keep(element.name, field_name, rule)
            return
        rule = compile_expression(text, self.catalogue.names, self.place(element, field_name))
        self.keep(element.name, field_name, rule)

    def keep(self, name: str, field_name: str, rule: Compiled) -> None:
        """Report what is wrong with an expression; enter it if it can be used."""
        for problem in rule.problems:
            self.report(
                name, field_name, problem.code, problem.advice, problem.name, problem.severity
            )
        if rule.is_usable:
            self.catalogue.rules[name][field_name] = rule

    def place(self, element: Element, field_name: str) -> Place:
        """Where a field's expression stands."""
        name = element.name
        own = self.catalogue.by_name[name].type
        return field_place(element, field_name, self.catalogue.owners[name], own)

    def compile_indicators(self) -> None:
        """Check the expressions of the indicators."""
        for indicator in self.definition.indicators:
            for part in ("numerator", "denominator"):
                if not (text := getattr(indicator, part).strip()):
                    continue
                rule = compile_expression(text, self.catalogue.names, Place())
                self.problems.extend(
                    Problem(
                        problem.code,
                        f"indicators/{indicator.code}.{part}",
                        problem.name or indicator.code,
                        problem.advice,
                        problem.severity,
                    )
                    for problem in rule.problems
                )

    def check_triggers(self, question: Question) -> None:
        """Report triggers that do not exist."""
        for trigger in triggers_of(question):
            if trigger not in self.catalogue.elements:
                hint = nearest(trigger, self.catalogue.elements, "${%s}")
                advice = f"There is no question ${{{trigger}}}.{hint}"
                self.report(question.name, "trigger", "reference_unknown", advice, trigger)

    def break_cycles(self) -> Graph:
        """Report each cycle and take its members' rules out, so that nothing can turn in it."""
        graph = value_graph(self.catalogue.elements, self.catalogue.parents, self.catalogue.rules)
        for cycle in cycles(graph):
            self.report_cycle(cycle)
        if not (members := tangled(graph)):
            return graph
        for name in members:
            for field_name in VALUE_FIELDS:
                self.catalogue.rules[name].pop(field_name, None)
        return value_graph(self.catalogue.elements, self.catalogue.parents, self.catalogue.rules)

    def report_cycle(self, cycle: list[str]) -> None:
        """Name a cycle's members in their order."""
        name = next(
            (each for each in cycle if "calculation" in self.catalogue.rules[each]), cycle[0]
        )
        start = cycle.index(name)
        members = [*cycle[start:-1], *cycle[:start], name]
        field_name = "calculation" if "calculation" in self.catalogue.rules[name] else "relevant"
        advice = f"The value hangs on itself: {' → '.join(members)}. Break the circle."
        self.report(name, field_name, "cycle", advice)

    def report(
        self,
        name: str,
        field_name: str,
        code: str,
        advice: str,
        word: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a problem at a field."""
        at = f"{'/'.join(self.catalogue.chain(name))}.{field_name}"
        self.problems.append(Problem(code, at, word or name, advice, severity))


_UNFIT: Final = {
    Type.NUMBER: {Type.DATE, Type.TIME, Type.DATETIME, Type.CHOICES},
    Type.DATE: {Type.BOOLEAN, Type.TIME, Type.CHOICES},
    Type.DATETIME: {Type.BOOLEAN, Type.TIME, Type.CHOICES},
}


def _names_in(text: str) -> set[str]:
    try:
        return names_in(parse(text.strip()))
    except ExpressionError:
        return set()
