"""An item of the question library is copied into a draft."""

from typing import Any

from surveys.definitions.editing import Excerpt, Tree
from surveys.definitions.editing.nodes import rebuilt, sort_of
from surveys.questionnaires.drafting.adding import place_after, placed, section_place
from surveys.questionnaires.drafting.arguments import Arguments, CommandMalformed, Plan
from surveys.questionnaires.origins import Origin

Data = dict[str, Any]


def insert_item(tree: Tree, arguments: Arguments) -> Plan:
    """``{"origin", "elements", "lists", "indicators", "after", "section"}``: a copy of an item's element
    behind a node, which remembers ``origin`` (``key@revision``); a section behind the section.
    """
    origin = Origin.read(arguments.text("origin"))
    if origin is None:
        raise CommandMalformed("'origin' names an item and its revision.")
    excerpt = arguments.excerpt(elements="elements")
    after = arguments.text("after", "")
    place = section_place(tree, after) if arguments.flag("section") else place_after(tree, after)
    marked = tuple(_marked(each, origin) for each in excerpt.elements)
    return placed(tree, Excerpt(marked, excerpt.lists, excerpt.indicators), place)


def _marked(element: Data, origin: Origin) -> Data:
    """The element and all in it, each remembering what it is called in the item."""

    def remember(node: Data) -> Data:
        inside = "" if node is element else str(node["name"])
        return {**node, "library_item": str(Origin(origin.key, origin.revision, inside))}

    return rebuilt(element, sort_of(element), remember)
