"""Everything in a definition by name: what stands where, and the expressions it has."""

from dataclasses import dataclass, field

from surveys.engine.answers import TYPES
from surveys.engine.expressions import Compiled, Holder, Name, Names, Type
from surveys.engine.expressions.tables import DataRows, ListTable, LookupTable
from surveys.engine.model import Definition, Element, Group, Question, Repeat, Table
from surveys.engine.others import takes_other


@dataclass(slots=True)
class Catalogue:
    """The elements of a definition, their parents and owners, and what is known of their names.

    Of elements with one name the first is kept.
    """

    definition: Definition
    elements: dict[str, Element] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, Name] = field(default_factory=dict)
    rules: dict[str, dict[str, Compiled]] = field(default_factory=dict)
    tables: dict[str, LookupTable] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, choices in self.definition.lists.items():
            self.tables[name] = ListTable(choices, self.definition.default_language)
        for name, table in self.definition.tables.items():
            self.tables.setdefault(name, DataRows(table))
        for element in self.definition.children:
            self.collect(element, "", "")

    @property
    def names(self) -> Names:
        """What expressions may refer to; the mapping grows while types become known."""
        language = self.definition.default_language
        return Names(self.by_name, self.definition.lists, self.tables, language)

    def collect(self, element: Element, parent: str, owner: str) -> None:
        """Enter an element and everything below it."""
        name = element.name
        if name in self.elements:
            return
        self.elements[name], self.parents[name], self.owners[name] = element, parent, owner
        self.rules[name] = {}
        match element:
            case Question():
                self.by_name[name] = Name(
                    name,
                    TYPES[element.kind],
                    owner=owner,
                    list_name=element.list_name,
                    has_other=takes_other(element),
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

    def members(self) -> dict[str, tuple[str, ...]]:
        """The questions of each repeat and table."""
        found: dict[str, tuple[str, ...]] = {}
        for name, owner in self.owners.items():
            if owner and isinstance(self.elements[name], Question):
                found[owner] = (*found.get(owner, ()), name)
        return found

    def chain(self, name: str) -> list[str]:
        """The element and everything around it, outermost first."""
        chain = [name]
        while self.parents[chain[0]]:
            chain.insert(0, self.parents[chain[0]])
        return chain

    def triggered(self) -> dict[str, tuple[str, ...]]:
        """For each question, those whose calculation its change runs."""
        found: dict[str, tuple[str, ...]] = {}
        for name, element in self.elements.items():
            for trigger in triggers_of(element):
                found[trigger] = (*found.get(trigger, ()), name)
        return found


def triggers_of(element: Element) -> list[str]:
    """The questions whose change runs the element's calculation."""
    if not isinstance(element, Question) or not element.trigger:
        return []
    found = element.trigger.replace("$", " ").replace("{", " ").replace("}", " ")
    return found.replace(",", " ").split()
