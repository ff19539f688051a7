"""The table of commands."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from surveys.definitions.editing import Tree
from surveys.questionnaires.drafting.adding import add, duplicate, paste
from surveys.questionnaires.drafting.arguments import Arguments, CommandMalformed, Plan
from surveys.questionnaires.drafting.arranging import (
    delete,
    move,
    move_down,
    move_into,
    move_out,
    move_up,
)
from surveys.questionnaires.drafting.changing import rename, require
from surveys.questionnaires.drafting.choices import (
    add_choice,
    delete_choice,
    delete_list,
    fresh_list,
    move_choice,
    own_list,
    paste_choices,
)
from surveys.questionnaires.drafting.inserting import insert_item
from surveys.questionnaires.drafting.kinds import set_kind
from surveys.questionnaires.drafting.languages import add_language, remove_language
from surveys.questionnaires.drafting.mending import mend, succeed
from surveys.questionnaires.drafting.table_checks import table_check, table_range
from surveys.questionnaires.drafting.table_pasting import table_paste
from surveys.questionnaires.drafting.tables import (
    table_close,
    table_delete,
    table_duplicate,
    table_insert,
    table_own_rows,
)
from surveys.questionnaires.drafting.translating import (
    spread_translation,
    take_known_translations,
)

Command = Callable[[Tree, Arguments], Plan]

COMMANDS: Final[Mapping[str, Command]] = {
    "add": add,
    "duplicate": duplicate,
    "paste": paste,
    "move": move,
    "move_up": move_up,
    "move_down": move_down,
    "move_into": move_into,
    "move_out": move_out,
    "delete": delete,
    "rename": rename,
    "require": require,
    "insert_item": insert_item,
    "mend": mend,
    "succeed": succeed,
    "table_insert": table_insert,
    "table_delete": table_delete,
    "table_duplicate": table_duplicate,
    "table_paste": table_paste,
    "table_own_rows": table_own_rows,
    "table_close": table_close,
    "table_range": table_range,
    "table_check": table_check,
    "set_kind": set_kind,
    "add_choice": add_choice,
    "move_choice": move_choice,
    "delete_choice": delete_choice,
    "paste_choices": paste_choices,
    "own_list": own_list,
    "fresh_list": fresh_list,
    "delete_list": delete_list,
    "add_language": add_language,
    "remove_language": remove_language,
    "spread_translation": spread_translation,
    "take_known_translations": take_known_translations,
}


def plan(tree: Tree, name: str, arguments: Mapping[str, Any]) -> Plan:
    """The operations of a command. Raises CommandMalformed and EditError; changes nothing."""
    command = COMMANDS.get(name)
    if command is None:
        raise CommandMalformed(f"{name!r} is no command.")
    return command(tree, Arguments(arguments))


__all__ = ["COMMANDS", "Command", "CommandMalformed", "Plan", "plan"]
