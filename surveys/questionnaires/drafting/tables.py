"""Commands of the table editor: rows and columns, several at once, and greyed cells."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from surveys.definitions.editing import ROOT, Add, Change, Delete, Excerpt, Place, Slot, Tree
from surveys.engine import Kind
from surveys.questionnaires.drafting.adding import new_element
from surveys.questionnaires.drafting.arguments import Arguments, CommandMalformed, Plan
from surveys.questionnaires.drafting.closing import read_closed, write_closed
from surveys.questionnaires.drafting.copying import copies_of
from surveys.questionnaires.drafting.holders import ROW_STEM, Holder
from surveys.questionnaires.drafting.names import Names, first_free
from surveys.questionnaires.edit_words import EditRefusal
from surveys.questionnaires.uids import new_uid

Data = dict[str, Any]

ROWS: Final = "rows"
AXES: Final = frozenset({ROWS, "columns"})
MAX_INSERTED: Final = 200


def table_insert(tree: Tree, arguments: Arguments) -> Plan:
    """``{"table", "axis", "nodes", "before"}``: as many new ones beside the named ones; one at the end
    where none is named.
    """
    holder, axis = _of(tree, arguments)
    places = holder.places(axis, _nodes(arguments))
    before = arguments.given.get("before") is True
    last = len(holder.along(axis)) - 1
    after = (places[0] - 1 if before else places[-1]) if places else last
    count = min(len(places) or 1, MAX_INSERTED)
    if axis == ROWS:
        return Plan((holder.adding_rows(_blank_rows(holder, count), after),), holder.uid)
    names = Names(tree)
    columns = [new_element(Kind.INTEGER, names, in_table=True)[0] for _n in range(count)]
    return Plan((Add(holder.place_of_columns(after), tuple(columns)),), holder.uid)


def table_delete(tree: Tree, arguments: Arguments) -> Plan:
    """``{"table", "axis", "nodes"}``: they go, and so does what was said of their cells being greyed."""
    holder, axis = _of(tree, arguments)
    places = holder.places(axis, arguments.texts("nodes"))
    gone = [str(holder.along(axis)[place]["uid"]) for place in places]
    changes = holder.closing_without(set(gone)) if holder.is_table else ()
    return Plan((*changes, *(Delete(uid) for uid in gone)), holder.uid)


def table_duplicate(tree: Tree, arguments: Arguments) -> Plan:
    """``{"table", "axis", "nodes"}``: copies behind the last of them, with codes and names of their own."""
    holder, axis = _of(tree, arguments)
    places = holder.places(axis, arguments.texts("nodes"))
    chosen = [holder.along(axis)[place] for place in places]
    if axis == ROWS:
        taken = {code.casefold() for code in holder.codes}
        copies = [{**row, "uid": new_uid(), "name": _free(row["name"], taken)} for row in chosen]
        return Plan((holder.adding_rows(copies, places[-1]),), holder.uid)
    columns = copies_of(tree, Excerpt(tuple(chosen))).elements
    return Plan((Add(holder.place_of_columns(places[-1]), columns),), holder.uid)


def table_own_rows(tree: Tree, arguments: Arguments) -> Plan:
    """``{"table"}``: a copy of the list of rows, for this table alone."""
    holder = _table(tree, arguments)
    name = Names(tree).list(f"{holder.node['name']}_{ROW_STEM}")
    rows = [{**row, "uid": new_uid()} for row in holder.rows]
    copied: Data = {"name": name, "uid": new_uid(), "choices": rows}
    return Plan(
        (
            Add(Place(ROOT, Slot.LISTS), (copied,)),
            Change(holder.uid, "row_list", holder.node["row_list"], name),
        ),
        holder.uid,
    )


def table_close(tree: Tree, arguments: Arguments) -> Plan:
    """``{"table", "cells": [[row, column], …], "on"}``: cells are greyed or opened; an empty row or
    column stands for all of them.

    Raises EditRefusal where the table greys cells by an expression that says more.
    """
    holder, on = _table(tree, arguments), arguments.flag("on")
    text = str(holder.node.get("closed", ""))
    closed = read_closed(text, holder.codes, holder.names)
    if closed is None:
        raise EditRefusal(_("An expression greys the cells of this table. Change it there."))
    cells = frozenset(_cells(holder, arguments.given.get("cells")))
    wanted = closed | cells if on else closed - cells
    if wanted == closed:
        return Plan((), holder.uid)
    try:
        new = write_closed(wanted, holder.codes, holder.names)
    except ValueError as failure:
        told = _("No expression can name “%(code)s”: give it another code first.")
        raise EditRefusal(told % {"code": failure.args[0]}) from failure
    return Plan((Change(holder.uid, "closed", text, new),), holder.uid)


def blank_codes(holder: Holder, count: int) -> list[str]:
    """Codes for rows without words: the numbers behind those that are taken."""
    taken = {code.casefold() for code in holder.codes}
    first = len(holder.rows) + 1
    return [_free(str(first + n), taken) for n in range(count)]


def _blank_rows(holder: Holder, count: int) -> list[Data]:
    return [{"name": c, "label": {}, "uid": new_uid()} for c in blank_codes(holder, count)]


def _free(wanted: str, taken: set[str]) -> str:
    name = first_free(wanted, taken)
    taken.add(name.casefold())
    return name


def _table(tree: Tree, arguments: Arguments) -> Holder:
    holder = Holder(tree, arguments.text("table"))
    if not holder.is_table:
        raise EditRefusal(_("A repeat has no fixed rows."), node=holder.uid)
    return holder


def _of(tree: Tree, arguments: Arguments) -> tuple[Holder, str]:
    axis = arguments.text("axis")
    if axis not in AXES:
        raise CommandMalformed("'axis' is rows or columns.")
    holder = _table(tree, arguments) if axis == ROWS else Holder(tree, arguments.text("table"))
    return holder, axis


def _nodes(arguments: Arguments) -> Sequence[str]:
    return arguments.texts("nodes") if arguments.given.get("nodes") else ()


def _cells(holder: Holder, given: Any) -> list[tuple[str, str]]:
    rows = {str(row["uid"]): [str(row["name"])] for row in holder.rows} | {"": holder.codes}
    columns = {str(each["uid"]): [str(each["name"])] for each in holder.columns} | {
        "": holder.names
    }
    try:
        return [(r, c) for row, column in given for r in rows[row] for c in columns[column]]
    except (KeyError, TypeError, ValueError) as failure:
        raise CommandMalformed("'cells' are pairs of a row and a column of the table.") from failure
