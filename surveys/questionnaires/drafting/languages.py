"""The languages of a draft."""

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from surveys.definitions.editing import ROOT, Change, Tree
from surveys.questionnaires.drafting.arguments import Arguments, Plan
from surveys.questionnaires.edit_words import EditRefusal

CODE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
TEXTS: Final = (
    *("title", "label", "hint", "guidance", "unit"),
    *("required_message", "constraint_message", "warning_message"),
)
MAX_LANGUAGES: Final = 12


def add_language(tree: Tree, arguments: Arguments) -> Plan:
    """``{"language"}``: another language, still without texts. Raises EditRefusal."""
    code = arguments.text("language").strip()
    languages = _languages(tree)
    if CODE.fullmatch(code) is None:
        raise EditRefusal(_("A language is named by its code, such as “en” or “km”."), node=ROOT)
    if code in languages:
        raise EditRefusal(_("The questionnaire has this language already."), node=ROOT)
    if len(languages) >= MAX_LANGUAGES:
        told = _("A questionnaire has at most %(count)s languages.") % {"count": MAX_LANGUAGES}
        raise EditRefusal(told, node=ROOT)
    return Plan((Change(ROOT, "languages", languages, [*languages, code]),), ROOT)


def remove_language(tree: Tree, arguments: Arguments) -> Plan:
    """``{"language"}``: the language goes with every text in it. Raises EditRefusal for the default one."""
    code = arguments.text("language")
    languages = _languages(tree)
    if code == tree.document.get("default_language", "vi"):
        raise EditRefusal(_("The default language stays. Choose another one first."), node=ROOT)
    if code not in languages:
        raise EditRefusal(_("The questionnaire has no such language."), node=ROOT)
    left = [each for each in languages if each != code]
    change = Change(ROOT, "languages", languages, left)
    return Plan((change, *texts_in(tree, code)), ROOT)


def texts_in(tree: Tree, language: str) -> Iterator[Change]:
    """The changes that take every text in the language away."""
    for uid in tree.uids():
        node = tree.node(uid)
        for field in TEXTS:
            texts = node.get(field)
            if isinstance(texts, dict) and language in texts:
                yield Change(uid, f"{field}.{language}", texts[language], None)


def _languages(tree: Tree) -> list[str]:
    return list(tree.document.get("languages", ["vi"]))
