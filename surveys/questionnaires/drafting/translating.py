"""One translation goes to many places."""

from django.utils.translation import gettext as _

from surveys.definitions.editing import ROOT, Tree
from surveys.questionnaires.drafting.arguments import Arguments, Plan
from surveys.questionnaires.edit_words import EditRefusal
from surveys.questionnaires.translating.repeated import spread, take_known

DEFAULT = "vi"


def spread_translation(tree: Tree, arguments: Arguments) -> Plan:
    """``{"node", "field", "source", "target"}``: the text's translation for all that say the same.

    Those that are translated otherwise stay as they are.
    """
    key = f"{arguments.text('node')}.{arguments.text('field')}"
    changes = spread(tree.document, key, arguments.text("source"), _target(tree, arguments))
    return Plan(tuple(changes))


def take_known_translations(tree: Tree, arguments: Arguments) -> Plan:
    """``{"source", "target"}``: what is missing and translated elsewhere is taken from there."""
    changes = take_known(tree.document, arguments.text("source"), _target(tree, arguments))
    return Plan(tuple(changes))


def _target(tree: Tree, arguments: Arguments) -> str:
    language = arguments.text("target")
    if language not in tree.document.get("languages", [DEFAULT]):
        raise EditRefusal(_("The questionnaire has no such language."), node=ROOT)
    return language
