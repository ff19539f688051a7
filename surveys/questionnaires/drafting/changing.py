"""Commands that change fields of several nodes at once."""

from surveys.definitions.editing import Change, Sort, Tree, renaming
from surveys.questionnaires.drafting.arguments import Arguments, Plan

YES = "yes"


def rename(tree: Tree, arguments: Arguments) -> Plan:
    """``{"node", "name"}``: another name, and everybody who speaks of it is told."""
    uid = arguments.text("node")
    return Plan(renaming(tree.document, uid, arguments.text("name").strip()), uid)


def require(tree: Tree, arguments: Arguments) -> Plan:
    """``{"nodes", "on"}``: an answer to the questions is required, or is not."""
    nodes, on = arguments.texts("nodes"), arguments.flag("on")
    questions = [uid for uid in nodes if tree.sort(uid) is Sort.QUESTION]
    changes = [
        Change(uid, "required", tree.value(uid, "required"), YES if on else None)
        for uid in questions
    ]
    return Plan(tuple(changes), nodes[0])
