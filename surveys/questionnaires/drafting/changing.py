"""Commands that change fields of several nodes at once."""

from surveys.definitions.editing import Change, Sort, Tree, renaming
from surveys.questionnaires.drafting.arguments import Arguments, Plan
from surveys.questionnaires.drafting.names import check_code, check_name
from surveys.questionnaires.drafting.recoding import recoding

YES = "yes"


def rename(tree: Tree, arguments: Arguments) -> Plan:
    """``{"node", "name", "follows"?}``: another name, and everybody who speaks of it is told.

    With ``follows`` a question says that it goes on from the old name. A choice's code is told to the
    conditions that compare its questions with it. Raises EditRefusal for a name that is none or taken.
    """
    uid, new = arguments.text("node"), arguments.text("name").strip()
    if tree.sort(uid) is Sort.CHOICE:
        return Plan(recoding(tree, uid, check_code(tree, uid, new)))
    old = str(tree.node(uid).get("name", ""))
    operations = renaming(tree.document, uid, check_name(tree, uid, new))
    if arguments.given.get("follows") is True and tree.sort(uid) is Sort.QUESTION and old != new:
        former = tree.value(uid, "successor_of")
        if former is None:
            operations = (*operations, Change(uid, "successor_of", former, old))
    return Plan(operations, "" if tree.sort(uid) is Sort.LIST else uid)


def require(tree: Tree, arguments: Arguments) -> Plan:
    """``{"nodes", "on"}``: an answer to the questions is required, or is not."""
    nodes, on = arguments.texts("nodes"), arguments.flag("on")
    questions = [uid for uid in nodes if tree.sort(uid) is Sort.QUESTION]
    changes = [
        Change(uid, "required", tree.value(uid, "required"), YES if on else None)
        for uid in questions
    ]
    return Plan(tuple(changes), nodes[0])
