"""Languages come and go; one translation goes to many places."""

from django.utils.translation import gettext as _

from surveys.definitions.editing import ROOT, Change, Tree
from surveys.questionnaires.drafting.arguments import Arguments, Plan
from surveys.questionnaires.edit_words import EditRefusal
from surveys.questionnaires.translating.languages import CODE, MAX_LENGTH, named
from surveys.questionnaires.translating.repeated import spread, take_known
from surveys.questionnaires.translating.texts import stored_texts

DEFAULT = "vi"


def add_language(tree: Tree, arguments: Arguments) -> Plan:
    """``{"language"}``: the questionnaire is to be had in one more language."""
    language = arguments.text("language").strip().lower()
    languages = _languages(tree)
    if CODE.fullmatch(language) is None or len(language) > MAX_LENGTH:
        told = _("A language is named by its code, such as “en” or “km”.")
        raise EditRefusal(told, node=ROOT)
    if language in languages:
        told = _("The questionnaire has the language “%(name)s” already.")
        raise EditRefusal(told % {"name": named(language)}, node=ROOT)
    return Plan((_change(tree, [*languages, language]),))


def remove_language(tree: Tree, arguments: Arguments) -> Plan:
    """``{"language"}``: the language and every text in it go, with one edit that can be undone."""
    language = arguments.text("language")
    languages = _languages(tree)
    if language not in languages:
        raise EditRefusal(_("The questionnaire does not have this language."), node=ROOT)
    if language == tree.document.get("default_language", DEFAULT):
        told = _("The language in which the questionnaire is written cannot be removed.")
        raise EditRefusal(told, node=ROOT)
    texts = tuple(
        Change(uid, f"{field}.{language}", said[language], None)
        for uid, field, said in stored_texts(tree.document)
        if language in said
    )
    return Plan((*texts, _change(tree, [each for each in languages if each != language])))


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
    if language not in _languages(tree):
        raise EditRefusal(_("The questionnaire does not have this language."), node=ROOT)
    return language


def _languages(tree: Tree) -> list[str]:
    return list(tree.document.get("languages", [DEFAULT]))


def _change(tree: Tree, languages: list[str]) -> Change:
    return Change(ROOT, "languages", tree.value(ROOT, "languages"), languages)
