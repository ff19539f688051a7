"""fileDscr and dataDscr: the tables, and their variables."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element

from exporters.codebooks.ddi.elements import element, filled, in_each, in_one
from exporters.codebooks.ddi.study import accesses_of
from exporters.codebooks.model import (
    Code,
    Codebook,
    Counted,
    DataFile,
    Limit,
    Noted,
    Rule,
    Variable,
    VariableKind,
)
from exporters.codebooks.words import said
from surveys.engine.model import Texts

NUMERIC: Final = {VariableKind.NUMBER, VariableKind.INTEGER}
DATED: Final = {VariableKind.DATE, VariableKind.MOMENT}
CODED: Final = {VariableKind.CATEGORY, VariableKind.CATEGORIES, VariableKind.FLAG}
STATISTICS: Final = {
    "mean": "mean",
    "median": "medn",
    "sd": "stdev",
    "least": "min",
    "greatest": "max",
    "earliest": "min",
    "latest": "max",
}
"""Our measures by the name of the schema; the others stand as ``other``."""

Ids = Mapping[tuple[str, str], str]
"""The ID of a variable by the key of its file and its name."""


def ids_of(codebook: Codebook) -> dict[tuple[str, str], str]:
    """An ID for each variable, which does not hang on its name: names may hold what IDs may not."""
    return {
        (file.key, variable.name): f"V{place}_{number}"
        for place, file in enumerate(codebook.files, start=1)
        for number, variable in enumerate(file.variables, start=1)
    }


def file_descriptions(root: Element, codebook: Codebook) -> None:
    """fileDscr: one for each table."""
    for place, file in enumerate(codebook.files, start=1):
        described = filled(root, "fileDscr", ID=f"F{place}", access=" ".join(accesses_of(codebook)))
        text = filled(described, "fileTxt")
        element(text, "fileName", file.name)
        in_one(text, "fileCont", file.title)
        size = filled(text, "dimensns")
        if file.cases is not None:
            element(size, "caseQnty", str(file.cases))
        element(size, "varQnty", str(len(file.variables)))
        in_one(text, "dataMsng", said("missing"))


def data_description(root: Element, codebook: Codebook) -> None:
    """dataDscr: the sections as groups of variables, then the variables."""
    described = filled(root, "dataDscr")
    ids = ids_of(codebook)
    _groups(described, codebook, ids)
    for place, file in enumerate(codebook.files, start=1):
        for variable in file.variables:
            _variable(described, variable, file, f"F{place}", ids)


def _groups(described: Element, codebook: Codebook, ids: Ids) -> None:
    number = 0
    for file in codebook.files:
        for section, members in groupby(file.variables, key=lambda each: dict(each.section)):
            names = [ids[file.key, each.name] for each in members]
            if section:
                number += 1
                group = filled(
                    described, "varGrp", ID=f"G{number}", type="section", var=" ".join(names)
                )
                in_each(group, "labl", section)


def _variable(
    described: Element, variable: Variable, file: DataFile, file_id: str, ids: Ids
) -> None:
    own = ids[file.key, variable.name]
    is_numeric = variable.kind in NUMERIC
    made = filled(
        described,
        "var",
        ID=own,
        name=variable.stored or variable.name,
        files=file_id,
        intrvl="contin" if is_numeric else "discrete",
        dcml="" if variable.decimals is None else str(variable.decimals),
        measUnit=variable.unit.get("vi", ""),
        temporal="Y" if variable.kind in DATED else "",
        catQnty=str(len(variable.codes)) if variable.codes else "",
        representationType=_representation(variable.kind),
    )
    in_each(made, "labl", variable.label, level="variable")
    _question(made, variable, own)
    _valid(made, variable)
    if variable.missing:
        invalid = filled(made, "invalrng")
        for code in variable.missing:
            element(invalid, "item", VALUE=code.stored or code.value)
    if variable.universe is not None:
        in_each(made, "universe", variable.universe.words or {"vi": variable.universe.expression})
    if variable.counted is not None:
        _statistics(made, variable.counted)
    in_each(made, "txt", variable.source)
    for code in variable.codes:
        _category(made, code)
    for code in variable.missing:
        _category(made, code, missing="Y", missType=code.value)
    if variable.derivation is not None:
        _derivation(made, variable.derivation, file, ids)
    _format(made, variable)
    _notes(made, variable)


def _representation(kind: VariableKind) -> str:
    if kind in NUMERIC:
        return "numeric"
    if kind in DATED:
        return "datetime"
    return "code" if kind in CODED else "text"


def _question(made: Element, variable: Variable, own: str) -> None:
    if not any(variable.question.values()):
        return
    asked = filled(made, "qstn", ID=f"Q{own[1:]}", seqNo=variable.number)
    in_each(asked, "qstnLit", variable.question)
    in_each(asked, "postQTxt", variable.hint)
    in_each(asked, "ivuInstr", variable.instructions)


def _valid(made: Element, variable: Variable) -> None:
    if variable.lowest is None and variable.highest is None:
        return
    units = "INT" if variable.kind is VariableKind.INTEGER else "REAL"
    limits = {
        name: limit.value
        for name, limit in (
            *_named(variable.lowest, "min", "minExclusive"),
            *_named(variable.highest, "max", "maxExclusive"),
        )
    }
    element(filled(made, "valrng"), "range", UNITS=units, **limits)


def _named(limit: Limit | None, closed: str, opened: str) -> list[tuple[str, Limit]]:
    if limit is None:
        return []
    return [(opened if limit.is_open else closed, limit)]


def _statistics(made: Element, counted: Counted) -> None:
    if counted.answered is not None:
        element(made, "TotlResp", _number(counted.answered))
        element(made, "sumStat", _number(counted.answered), type="vald")
    if counted.blank is not None:
        element(made, "sumStat", _number(counted.blank), type="invd")
    for name, value in counted.measures.items():
        if value is not None:
            text = value if isinstance(value, str) else _number(value)
            kind = STATISTICS.get(name, "other")
            element(made, "sumStat", text, type=kind, otherType=name if kind == "other" else "")


def _category(made: Element, code: Code, **attributes: str) -> None:
    category = filled(made, "catgry", **attributes)
    element(category, "catValu", code.stored or code.value)
    in_each(category, "labl", code.label, level="category")
    if code.count is not None:
        element(category, "catStat", _number(code.count), type="freq")
    if code.share is not None:
        element(category, "catStat", _number(round(100 * code.share, 10)), type="percent")


def _derivation(made: Element, rule: Rule, file: DataFile, ids: Ids) -> None:
    derived = filled(made, "derivation", var=" ".join(_sources(rule, file, ids)))
    in_one(derived, "drvdesc", rule.words)
    if rule.expression:
        element(derived, "drvcmd", rule.expression, syntax="XLSForm")


def _sources(rule: Rule, file: DataFile, ids: Ids) -> Sequence[str]:
    """The IDs of what a rule reads: in its own table, else in the first that has it."""
    found: dict[str, str] = {}
    for name in rule.reads:
        known = [own for (_key, each), own in ids.items() if each == name]
        own = ids.get((file.key, name)) or next(iter(known), "")
        if own:
            found[name] = own
    return list(found.values())


def _format(made: Element, variable: Variable) -> None:
    kind = "numeric" if variable.kind in NUMERIC else "character"
    category = "date" if variable.kind in DATED else ""
    element(made, "varFormat", type=kind, schema="ISO", category=category)


def _notes(made: Element, variable: Variable) -> None:
    _stored(made, variable)
    for check in variable.checks:
        in_each(made, "notes", check.words or {"vi": check.expression}, type="check")
    if variable.indicators:
        element(made, "notes", ", ".join(variable.indicators), type="indicators")
    if variable.versions:
        numbers = ", ".join(map(str, variable.versions))
        element(made, "notes", numbers, type="versions")
    if variable.counted is not None and variable.counted.is_hidden:
        in_each(made, "notes", variable.counted.refusal or said("hidden"), type="disclosure")
    for code in variable.codes:
        if code.is_hidden:
            in_each(made, "notes", said("hidden"), type="disclosure", subject=code.value)
    for change in variable.changes:
        in_each(made, "notes", _changed(change), type="change", subject=str(change.version))


def _stored(made: Element, variable: Variable) -> None:
    """What the questionnaire calls what stands in the file under another name or as another value."""
    if variable.stored:
        element(made, "notes", variable.name, type="name")
    for code in (*variable.codes, *variable.missing):
        if code.stored:
            element(made, "notes", code.value, type="code", subject=code.stored)


def _changed(change: Noted) -> Texts:
    words = said("since", number=change.version, what=change.words)
    if not change.is_breaking:
        return words
    broken = said("breaking")
    return {language: f"{text} ({broken[language]})" for language, text in words.items()}


def _number(value: float) -> str:
    """A number as XML Schema writes it: without an exponent where it is whole."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))
