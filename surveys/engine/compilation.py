"""From definition to form: every expression parsed, name-checked, type-checked and ordered."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from surveys.engine.answers import TYPES
from surveys.engine.defaults import compile_default
from surveys.engine.dependencies import Graph, cycles, ordered, reverse_edges, value_graph
from surveys.engine.expressions import (
    Compiled,
    ExpressionError,
    Holder,
    Name,
    Names,
    Place,
    Type,
    compile_expression,
    nearest,
    parse,
)
from surveys.engine.expressions.closures import NOWHERE, list_items
from surveys.engine.expressions.references import names_in
from surveys.engine.form import Form, Guard, Part
from surveys.engine.model import Definition, Element, Group, Question, Repeat, Table
from surveys.engine.problems import Problem, Severity
from surveys.engine.sections import home_sections, sections_of
from surveys.engine.structure import flag, structure_problems

FIELDS: Final[dict[type[Element], tuple[str, ...]]] = {
    Question: ("relevant", "required", "read_only", "constraint", "warning", "choice_filter"),
    Group: ("relevant",),
    Repeat: ("relevant", "repeat_count"),
    Table: ("relevant", "closed", "constraint", "warning"),
}
FLAGS: Final = {"relevant", "required", "read_only", "closed"}
VALUE_FIELDS: Final = ("relevant", "calculation", "repeat_count", "closed")


def compile_definition(definition: Definition) -> Form:
    """Parse, check and order every expression. Never raises: see ``Form.problems``."""
    return _Compilation(definition).form()


@dataclass(slots=True)
class _Compilation:
    """One run over a definition."""

    definition: Definition
    problems: list[Problem] = field(default_factory=list)
    elements: dict[str, Element] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, Name] = field(default_factory=dict)
    rules: dict[str, dict[str, Compiled]] = field(default_factory=dict)

    def form(self) -> Form:
        """The form of the definition."""
        for element in self.definition.children:
            self.collect(element, "", "")
        self.problems.extend(structure_problems(self.definition))
        self.compile_calculations()
        self.compile_rules()
        self.compile_indicators()
        graph = self.break_cycles()
        order = {name: index for index, name in enumerate(ordered(graph))}
        sections = tuple(sections_of(self.definition))
        triggered: dict[str, tuple[str, ...]] = {}
        for name, element in self.elements.items():
            for trigger in self.triggers(element):
                triggered[trigger] = (*triggered.get(trigger, ()), name)
        return Form(
            definition=self.definition,
            problems=tuple(self.problems),
            sections=sections,
            parts=self.parts(graph, order, home_sections(self.definition, sections)),
            names=self.names,
            edges=reverse_edges(self.elements, self.owners, self.rules),
            triggered=triggered,
            columns=self.members(),
            items={name: tuple(list_items(self.names, name)) for name in self.definition.lists},
            needs={name: frozenset(needs) for name, needs in graph.items()},
            order=order,
            once=tuple(
                name
                for name, rules in self.rules.items()
                if "calculation" in rules and rules["calculation"].is_once
            ),
        )

    @property
    def names(self) -> Names:
        """What expressions may refer to; the mapping grows while types become known."""
        return Names(self.by_name, self.definition.lists, self.definition.default_language)

    def collect(self, element: Element, parent: str, owner: str) -> None:
        """Enter an element and everything below it."""
        name = element.name
        if name in self.elements:
            return
        self.elements[name], self.parents[name], self.owners[name] = element, parent, owner
        self.rules[name] = {}
        match element:
            case Question():
                list_name = element.list_name
                self.by_name[name] = Name(
                    name, TYPES[element.kind], owner=owner, list_name=list_name
                )
            case Group():
                self.by_name[name] = Name(name, Type.ANY, Holder.GROUP, owner)
                for child in element.children:
                    self.collect(child, name, owner)
            case Repeat():
                self.by_name[name] = Name(name, Type.ANY, Holder.REPEAT)
                for child in element.children:
                    self.collect(child, name, name)
            case Table():
                list_name = element.row_list
                self.by_name[name] = Name(name, Type.ANY, Holder.TABLE, list_name=list_name)
                for column in element.columns:
                    self.collect(column, name, name)

    def compile_calculations(self) -> None:
        """Compile each calculation after those it reads, so that its type is known by then."""
        graph: Graph = {}
        for name, element in self.elements.items():
            if isinstance(element, Question) and element.calculation:
                graph[name] = {each for each in _names_in(element.calculation) if each != name}
        for members in cycles(graph):
            graph[members[0]] = set()
        while cycles(graph):
            graph = {name: set() for name in graph}
        for name in ordered(graph):
            question = self.elements.get(name)
            if isinstance(question, Question) and question.calculation:
                self.compile_field(question, "calculation")
                self.note_type(question)

    def note_type(self, question: Question) -> None:
        """What a calculation gives, as later expressions and the question's kind see it."""
        rule = self.rules[question.name].get("calculation")
        if rule is None:
            return
        known = self.by_name[question.name]
        if known.type is Type.ANY:
            given = Type.TEXT if rule.type is Type.BLANK else rule.type
            self.by_name[question.name] = replace(known, type=given)
        elif rule.type in _UNFIT.get(known.type, ()):
            self.report(
                question.name,
                "calculation",
                "type_mismatch",
                f"The calculation gives a {rule.type}, the question holds a {known.type}.",
            )

    def compile_rules(self) -> None:
        """Compile everything but calculations."""
        for name, element in self.elements.items():
            for field_name in FIELDS[type(element)]:
                self.compile_field(element, field_name)
            if isinstance(element, Question):
                self.check_triggers(element)
                place = Place(self.owners[name], self.by_name[name].type, name)
                if rule := compile_default(element, self.definition.lists, self.names, place):
                    self.keep(name, "default", rule)

    def compile_field(self, element: Element, field_name: str) -> None:
        """Compile one field, and keep it if it is right and ever matters."""
        text: str = getattr(element, field_name).strip()
        if not text:
            return
        if field_name in FLAGS and (rule := flag(text)) is not None:
            self.keep(element.name, field_name, rule)
            return
        rule = compile_expression(text, self.names, self.place(element, field_name))
        self.keep(element.name, field_name, rule)

    def keep(self, name: str, field_name: str, rule: Compiled) -> None:
        """Report what is wrong with an expression; enter it if it can be used."""
        for problem in rule.problems:
            self.report(
                name, field_name, problem.code, problem.advice, problem.name, problem.severity
            )
        if rule.is_usable:
            self.rules[name][field_name] = rule

    def place(self, element: Element, field_name: str) -> Place:
        """Where a field's expression stands."""
        name, owner = element.name, self.owners[element.name]
        if isinstance(element, Table) and field_name == "closed":
            return Place(name, Type.TEXT, name, is_open=True)
        if not isinstance(element, Question):
            return Place(owner, None, name)
        list_name = element.list_name if field_name == "choice_filter" else None
        return Place(owner, self.by_name[name].type, name, list_name)

    def compile_indicators(self) -> None:
        """Check the expressions of the indicators."""
        for indicator in self.definition.indicators:
            for part in ("numerator", "denominator"):
                if not (text := getattr(indicator, part).strip()):
                    continue
                rule = compile_expression(text, self.names, Place())
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
        for trigger in self.triggers(question):
            if trigger not in self.elements:
                hint = nearest(trigger, self.elements, "${%s}")
                advice = f"There is no question ${{{trigger}}}.{hint}"
                self.report(question.name, "trigger", "reference_unknown", advice, trigger)

    def triggers(self, element: Element) -> list[str]:
        """The questions whose change runs the element's calculation."""
        if not isinstance(element, Question) or not element.trigger:
            return []
        found = element.trigger.replace("$", " ").replace("{", " ").replace("}", " ")
        return found.replace(",", " ").split()

    def break_cycles(self) -> Graph:
        """Report each cycle and take its members' rules out, so that nothing can turn in it."""
        graph = value_graph(self.elements, self.parents, self.rules)
        reported: set[frozenset[str]] = set()
        while found := cycles(graph):
            for cycle in found:
                if frozenset(cycle) not in reported:
                    reported.add(frozenset(cycle))
                    self.report_cycle(cycle)
            for name in {name for cycle in found for name in cycle}:
                for field_name in VALUE_FIELDS:
                    self.rules[name].pop(field_name, None)
            graph = value_graph(self.elements, self.parents, self.rules)
        return graph

    def report_cycle(self, cycle: list[str]) -> None:
        """Name a cycle's members in their order."""
        name = next((each for each in cycle if "calculation" in self.rules[each]), cycle[0])
        start = cycle.index(name)
        members = [*cycle[start:-1], *cycle[:start], name]
        field_name = "calculation" if "calculation" in self.rules[name] else "relevant"
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
        chain = [name]
        while self.parents[chain[0]]:
            chain.insert(0, self.parents[chain[0]])
        at = f"{'/'.join(chain)}.{field_name}"
        self.problems.append(Problem(code, at, word or name, advice, severity))

    def members(self) -> dict[str, tuple[str, ...]]:
        """The questions of each repeat and table."""
        found: dict[str, tuple[str, ...]] = {}
        for name, owner in self.owners.items():
            if owner and isinstance(self.elements[name], Question):
                found[owner] = (*found.get(owner, ()), name)
        return found

    def parts(
        self, graph: Graph, order: dict[str, int], sections: dict[str, str]
    ) -> dict[str, Part]:
        """Every element, ready to be evaluated."""
        levels: dict[str, int] = {}
        for name in sorted(graph, key=order.__getitem__):
            below = max((levels[needed] for needed in graph[name]), default=0)
            levels[name] = below + ("calculation" in self.rules[name])
        return {
            name: self.part(element, levels[name], sections[name])
            for name, element in self.elements.items()
        }

    def part(self, element: Element, level: int, section: str) -> Part:
        """One element, ready to be evaluated."""
        name, owner = element.name, self.owners[element.name]
        rules = {key: rule for key, rule in self.rules[name].items() if not _is_idle(key, rule)}
        required, read_only = self.rules[name].get("required"), self.rules[name].get("read_only")
        list_name = element.list_name if isinstance(element, Question) else ""
        choices = self.definition.lists.get(list_name)
        closed = self.rules[owner].get("closed") if owner else None
        return Part(
            name=name,
            element=element,
            owner=owner,
            section=section,
            type=self.by_name[name].type,
            rules=rules,
            guards=tuple(self.guards(name)),
            closed=closed if closed and not _is_idle("closed", closed) else None,
            codes=frozenset(choice.name for choice in choices.choices) if choices else frozenset(),
            always_required=_is_always(required),
            always_read_only=_is_always(read_only),
            level=level,
        )

    def guards(self, name: str) -> Iterator[Guard]:
        """The conditions under which an element is shown, outermost first."""
        chain = []
        each = name
        while each:
            chain.append(each)
            each = self.parents[each]
        for each in reversed(chain):
            rule = self.rules[each].get("relevant")
            if rule is not None and not _is_always(rule):
                yield Guard(each, rule, bool(self.owners[each]))


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


def _is_always(rule: Compiled | None) -> bool:
    return rule is not None and rule.constant and bool(rule.run(NOWHERE))


def _is_idle(field_name: str, rule: Compiled) -> bool:
    """Whether a constant flag never changes anything."""
    if field_name not in FLAGS or not rule.constant:
        return False
    value = bool(rule.run(NOWHERE))
    return value if field_name == "relevant" else not value
