"""What the table editor edits: a table with its rows, or a repeat, whose questions are columns as well."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from surveys.definitions.editing import (
    ROOT,
    Add,
    Change,
    Operation,
    Place,
    Slot,
    Sort,
    Tree,
)
from surveys.questionnaires.drafting.closing import read_closed, write_closed
from surveys.questionnaires.edit_words import EditRefusal
from surveys.questionnaires.uids import new_uid

Data = dict[str, Any]

HOLDING: Final = frozenset({Sort.TABLE, Sort.REPEAT})
ROW_STEM: Final = "hang"


class Holder:
    """A table or a repeat of a draft, with its columns and rows in order. Raises EditRefusal for
    another node and NodeUnknown.
    """

    def __init__(self, tree: Tree, uid: str) -> None:
        if tree.sort(uid) not in HOLDING:
            raise EditRefusal(_("Only tables and repeats have columns."), node=uid)
        self.tree, self.uid = tree, uid
        self.node = tree.node(uid)
        self.is_table = tree.sort(uid) is Sort.TABLE
        self.slot = Slot.COLUMNS if self.is_table else Slot.CHILDREN
        self.columns: list[Data] = [
            each for each in self.node.get(self.slot.value, ()) if each["element"] == "question"
        ]
        lists: Mapping[str, Data] = tree.document.get("lists", {})
        self.row_list: Data | None = lists.get(str(self.node.get("row_list", "")))
        self.rows: list[Data] = list(self.row_list["choices"]) if self.row_list else []

    @property
    def codes(self) -> list[str]:
        """The codes of the rows."""
        return [str(row["name"]) for row in self.rows]

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [str(column["name"]) for column in self.columns]

    @property
    def language(self) -> str:
        """The language in which texts are pasted where none is said."""
        return str(self.tree.document.get("default_language", "vi"))

    @property
    def sharers(self) -> list[Data]:
        """The other elements that use the list of the rows."""
        if self.row_list is None:
            return []
        nodes = (self.tree.node(uid) for uid in self.tree.uids() if uid not in {ROOT, self.uid})
        name = self.row_list["name"]
        return [each for each in nodes if name in {each.get("row_list"), each.get("list_name")}]

    def places(self, axis: str, nodes: Sequence[str]) -> list[int]:
        """Where columns or rows stand, in order. Raises EditRefusal for one that is none of them."""
        uids = [str(each["uid"]) for each in self.along(axis)]
        if unknown := next((uid for uid in nodes if uid not in uids), None):
            raise EditRefusal(_("It is no row or column of this table."), node=unknown)
        return sorted(uids.index(uid) for uid in set(nodes))

    def along(self, axis: str) -> list[Data]:
        """The columns or the rows."""
        return self.rows if axis == "rows" else self.columns

    def place_of_columns(self, after: int) -> Place:
        """Behind the column with that index, first for -1."""
        return Place(self.uid, self.slot, self.columns[after]["uid"] if after >= 0 else "")

    def adding_rows(self, rows: Sequence[Data], after: int) -> Operation:
        """The addition of rows; a table whose list is missing gets it with them."""
        if self.row_list is None:
            made = {"name": self.node["row_list"], "uid": new_uid(), "choices": list(rows)}
            return Add(Place(ROOT, Slot.LISTS), (made,))
        behind = str(self.rows[after]["uid"]) if after >= 0 else ""
        return Add(Place(self.row_list["uid"], Slot.CHOICES, behind), tuple(rows))

    def closing_without(self, gone: set[str]) -> Iterator[Change]:
        """The changes of greyed cells when rows and columns go: here and where rows are shared."""
        tables = [self, *(Holder(self.tree, each["uid"]) for each in self.sharers_by_row)]
        for table in tables:
            text = str(table.node.get("closed", ""))
            cells = read_closed(text, table.codes, table.names)
            if not text or cells is None:
                continue
            rows = [row["name"] for row in table.rows if row["uid"] not in gone]
            columns = [each["name"] for each in table.columns if each["uid"] not in gone]
            left = {(row, name) for row, name in cells if row in rows and name in columns}
            if len(left) < len(cells):
                yield Change(table.uid, "closed", text, write_closed(left, rows, columns))

    @property
    def sharers_by_row(self) -> list[Data]:
        """The other tables with the same rows."""
        return [each for each in self.sharers if each["element"] == "table"]
