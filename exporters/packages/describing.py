"""The codebook of exactly the tables that lie in a package."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from exporters.codebooks.model import Code, Codebook, DataFile, Variable, VariableKind
from exporters.tables import Column, ColumnKind, DataTable, WrittenColumn, WrittenTable
from surveys.engine.model import Texts

KINDS: Final = {
    ColumnKind.NUMBER: VariableKind.NUMBER,
    ColumnKind.INTEGER: VariableKind.INTEGER,
    ColumnKind.TEXT: VariableKind.TEXT,
    ColumnKind.DATE: VariableKind.DATE,
    ColumnKind.MOMENT: VariableKind.MOMENT,
    ColumnKind.CATEGORY: VariableKind.CATEGORY,
    ColumnKind.FLAG: VariableKind.FLAG,
}
_END: Final = re.compile(r"[._:]")


def described(
    codebook: Codebook, tables: Sequence[DataTable], language: str, written: Sequence[WrittenTable]
) -> Codebook:
    """The codebook with a file for each table and a variable for each column, in their order, and with
    what each became in the file that was written.

    What the codebook knows of a column's question is kept; a column that was made of one (a choice by
    itself, a remark) has the question's words beside its own label, and none of its figures.
    """
    known = {each.name: each for each in codebook.variables()}
    files = tuple(
        DataFile(
            key=table.name,
            name=table.name,
            title={language: table.title} if table.title else {},
            cases=table.rows,
            variables=tuple(
                _stored(_variable(column, known, language), became)
                for column, became in zip(table.columns, made.columns, strict=True)
            ),
        )
        for table, made in zip(tables, written, strict=True)
    )
    return replace(codebook, files=files)


def _variable(column: Column, known: Mapping[str, Variable], language: str) -> Variable:
    own = known.get(column.name)
    source = own or next((known[each] for each in _beginnings(column.name) if each in known), None)
    label: Texts = {language: column.label} if column.label else {}
    codes = _codes(column.labels, source.codes if source else (), language)
    missing = _codes(column.missing, source.missing if source else (), language)
    made = Variable(
        name=column.name,
        kind=KINDS[column.kind],
        label=label or (source.label if source else {}),
        unit={language: column.unit} if column.unit else {},
        decimals=column.decimals,
        codes=codes,
        missing=missing,
    )
    if source is None:
        return made
    told = replace(
        made,
        question=source.question,
        hint=source.hint,
        instructions=source.instructions,
        number=source.number,
        section=source.section,
        universe=source.universe,
        derivation=source.derivation,
        source=source.source,
        versions=source.versions,
        changes=source.changes,
    )
    return told if own is None else _own(told, own)


def _own(told: Variable, own: Variable) -> Variable:
    """The question's own column: its labels in both languages, its limits, its figures."""
    return replace(
        told,
        kind=own.kind if own.kind is VariableKind.CATEGORIES else told.kind,
        label=own.label or told.label,
        unit=own.unit or told.unit,
        lowest=own.lowest,
        highest=own.highest,
        decimals=own.decimals if told.decimals is None else told.decimals,
        codes=told.codes or own.codes,
        missing=told.missing or own.missing,
        checks=own.checks,
        indicators=own.indicators,
        counted=own.counted,
    )


def _stored(variable: Variable, became: WrittenColumn) -> Variable:
    """The variable as it stands in the file, where that is otherwise."""
    return replace(
        variable,
        stored="" if became.name == variable.name else became.name,
        codes=_stored_codes(variable.codes, became.codes),
        missing=_stored_codes(variable.missing, became.missing),
    )


def _stored_codes(codes: Sequence[Code], became: Mapping[str, str]) -> tuple[Code, ...]:
    return tuple(
        each
        if str(became.get(each.value, each.value)) == each.value
        else replace(each, stored=str(became[each.value]))
        for each in codes
    )


def _codes(labels: Mapping[str, str], known: Sequence[Code], language: str) -> tuple[Code, ...]:
    """The codes of a column, each as the codebook knows it, if it does."""
    by_value = {each.value: each for each in known}
    return tuple(
        by_value.get(value) or Code(value=value, label={language: label} if label else {})
        for value, label in labels.items()
    )


def _beginnings(name: str) -> Iterator[str]:
    """What a column's name may be made of: the longest first."""
    places = [found.start() for found in _END.finditer(name)]
    return (name[:place] for place in reversed(places) if place)
