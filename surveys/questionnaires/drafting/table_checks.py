"""Ready checks of a table's cells, put in words and written as the columns' rules."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from surveys.definitions.editing import Change, Tree
from surveys.engine import text_in
from surveys.questionnaires.drafting.arguments import Arguments, CommandMalformed, Plan
from surveys.questionnaires.drafting.holders import Holder
from surveys.questionnaires.edit_words import EditRefusal

Data = dict[str, Any]

FIELDS: Final = frozenset({"constraint", "warning"})
NUMBER: Final = r"-?\d+(?:\.\d+)?"
_RANGE: Final = re.compile(
    rf"\. >= (?P<least>{NUMBER})(?: and \. <= (?P<most>{NUMBER}))?|\. <= (?P<only>{NUMBER})"
)


def table_range(tree: Tree, arguments: Arguments) -> Plan:
    """``{"node", "least", "most"}``: the numbers between which a question's answer lies, "" for none.

    Raises EditRefusal for what is no number, and where the question has a rule of another shape.
    """
    uid = arguments.text("node")
    least, most = (_number(uid, arguments.text(each, "")) for each in ("least", "most"))
    old = str(tree.value(uid, "constraint") or "")
    if read_range(old) is None:
        raise EditRefusal(_("The question has another rule. Change it there."), node=uid)
    terms = [f". >= {least}"] * bool(least) + [f". <= {most}"] * bool(most)
    new = " and ".join(terms)
    return Plan((Change(uid, "constraint", old, new),) if new != old else (), uid)


def read_range(constraint: str) -> tuple[str, str] | None:
    """The least and the most that a rule allows, ``None`` where it says something else."""
    if not constraint:
        return "", ""
    found = _RANGE.fullmatch(constraint)
    return (found["least"] or "", found["most"] or found["only"] or "") if found else None


def table_check(tree: Tree, arguments: Arguments) -> Plan:
    """``{"table", "check", "rule", "of", "parts"}``: a ready check as a rule of the columns.

    ``sum``: the column ``of`` is the sum of the columns ``parts``; ``part``: each column of ``parts``
    is at most the column ``of``; ``rows``: in every column of numbers the row ``of`` is the sum of the
    rows ``parts``. ``rule`` is "constraint" or "warning". A rule that is there stays and holds as well;
    the message is written where there is none. Blank cells count as 0 in sums; a check waits for its cell.
    """
    holder, field = Holder(tree, arguments.text("table")), arguments.text("rule")
    make = CHECKS.get(arguments.text("check"))
    if make is None or field not in FIELDS:
        raise CommandMalformed("There is no such check.")
    axis = "rows" if make is _rows else "columns"
    of = holder.along(axis)[holder.places(axis, [arguments.text("of")])[0]]
    places = holder.places(axis, arguments.texts("parts"))
    parts = [each for place in places if (each := holder.along(axis)[place]) is not of]
    if not parts:
        raise EditRefusal(_("Choose what it is compared with."), node=holder.uid)
    rules = list(make(holder, of, parts))
    changes = [change for rule in rules for change in _changes(tree, field, *rule)]
    return Plan(tuple(changes), holder.uid)


Rule = tuple[Data, str, Callable[[str], str]]
"""The column, the expression, its message by language."""
Make = Callable[[Holder, Data, Sequence[Data]], Iterator[Rule]]


def _sum(_holder: Holder, of: Data, parts: Sequence[Data]) -> Iterator[Rule]:
    total = " + ".join(f"coalesce(${{{part['name']}}}, 0)" for part in parts)
    yield of, f". = {total}", _says(SUM, of, parts)


def _part(_holder: Holder, of: Data, parts: Sequence[Data]) -> Iterator[Rule]:
    whole = f"${{{of['name']}}}"
    for part in parts:
        yield part, f"{whole} = '' or . <= {whole}", _says(PART, of, [part])


def _rows(holder: Holder, of: Data, parts: Sequence[Data]) -> Iterator[Rule]:
    for column in holder.columns:
        if column["kind"] not in {"integer", "decimal"}:
            continue
        cells = (f"coalesce(cell(${{{column['name']}}}, {_quoted(row)}), 0)" for row in parts)
        rule = f"row() != {_quoted(of)} or . = {' + '.join(cells)}"
        yield column, rule, _says(ROWS_SUM, of, parts)


CHECKS: Final[Mapping[str, Make]] = {"sum": _sum, "part": _part, "rows": _rows}
SUM: Final = gettext_lazy("“%(of)s” must be the sum of %(parts)s.")
PART: Final = gettext_lazy("%(parts)s must not be more than “%(of)s”.")
ROWS_SUM: Final = gettext_lazy("The row “%(of)s” must be the sum of the rows %(parts)s.")


def _says(words: Promise | str, of: Data, parts: Sequence[Data]) -> Callable[[str], str]:
    def said(language: str) -> str:
        with override(language):
            named = ", ".join(f"“{_called(part, language)}”" for part in parts)
            return str(words) % {"of": _called(of, language), "parts": named}

    return said


def _called(node: Data, language: str) -> str:
    return text_in(node.get("label", {}), language) or str(node["name"])


def _changes(
    tree: Tree, field: str, column: Data, rule: str, message: Callable[[str], str]
) -> Iterator[Change]:
    uid, old = str(column["uid"]), str(column.get(field, ""))
    if rule in old:
        return
    yield Change(uid, field, old, f"({old}) and ({rule})" if old else rule)
    if any(column.get(f"{field}_message", {}).values()):
        return
    for language in tree.document.get("languages", ["vi"]):
        yield Change(uid, f"{field}_message.{language}", None, message(language))


def _quoted(row: Data) -> str:
    code = str(row["name"])
    quote = '"' if "'" in code else "'"
    if quote in code:
        told = _("No expression can name “%(code)s”: give it another code first.")
        raise EditRefusal(told % {"code": code}, node=row["uid"])
    return f"{quote}{code}{quote}"


def _number(uid: str, text: str) -> str:
    plain = text.strip().replace(",", ".")
    if plain and re.fullmatch(NUMBER, plain) is None:
        raise EditRefusal(_("“%(text)s” is no number.") % {"text": text}, node=uid)
    return plain
