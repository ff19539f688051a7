"""A codebook as a workbook: the study, its tables, the variables, their codes, what changed."""

from collections.abc import Iterator

from exporters.book import Book, Cell, Look, Sheet
from exporters.codebooks.figures import shown_range
from exporters.codebooks.model import Code, Codebook, Counted, Rule, Variable
from exporters.codebooks.study_sheet import Row, head_of, study_sheet
from exporters.codebooks.words import said, word
from surveys.engine.model import Texts, text_in

MEASURES = ("mean", "median", "sd", "least", "greatest", "sum")


def codebook_book(codebook: Codebook, language: str) -> Book:
    """The workbook in one language, with the labels in both."""
    return Book(
        title=word("codebook_of", language, title=codebook.title),
        creator=word("product", language),
        made_at=codebook.as_of,
        sheets=(
            study_sheet(codebook, language),
            _files(codebook, language),
            _variables(codebook, language),
            _codes(codebook, language),
            _changes(codebook, language),
        ),
    )


def _files(codebook: Codebook, language: str) -> Sheet:
    rows: list[Row] = [head_of(("file", "title", "cases", "columns"), language)]
    rows += [
        (
            Cell(file.name, Look.LABEL),
            Cell(text_in(file.title, language)),
            Cell(file.cases, Look.INTEGER),
            Cell(len(file.variables), Look.INTEGER),
        )
        for file in codebook.files
    ]
    return Sheet(
        name=word("files", language), rows=tuple(rows), widths=(28, 64, 12, 12), frozen=(1, 1)
    )


COLUMNS = (
    ("file", 18),
    ("variable", 30),
    ("number", 10),
    ("section", 26),
    ("label_vi", 52),
    ("label_en", 52),
    ("kind", 16),
    ("unit", 14),
    ("range", 18),
    ("missing", 18),
    ("hint", 40),
    ("instructions", 40),
    ("asked_of", 40),
    ("checks", 40),
    ("derivation", 44),
    ("source", 30),
    ("indicators", 16),
    ("version", 10),
)
STORED = (("stored", 30),)
COUNTS = (("answered", 12), ("blank", 12), *((f"measure_{name}", 12) for name in MEASURES))


def _variables(codebook: Codebook, language: str) -> Sheet:
    is_stored = any(variable.stored for variable in codebook.variables())
    columns = (
        *COLUMNS,
        *(STORED if is_stored else ()),
        *(COUNTS if codebook.has_counts else ()),
    )
    rows: list[Row] = [head_of([name for name, _width in columns], language)]
    for file in codebook.files:
        for variable in file.variables:
            counts = _counts(variable.counted, language) if codebook.has_counts else ()
            stored = (Cell(variable.stored or variable.name),) if is_stored else ()
            rows.append((*_variable(variable, file.name, language), *stored, *counts))
    return Sheet(
        name=word("variables", language),
        rows=tuple(rows),
        widths=tuple(width for _name, width in columns),
        frozen=(1, 2),
        filtered=True,
        landscape=True,
        fitted=False,
    )


def _variable(variable: Variable, file: str, language: str) -> Row:
    return (
        Cell(file),
        Cell(variable.name, Look.LABEL),
        Cell(variable.number),
        Cell(text_in(variable.section, language)),
        Cell(variable.label.get("vi", "")),
        Cell(variable.label.get("en", "")),
        Cell(word(f"kind_{variable.kind}", language)),
        Cell(text_in(variable.unit, language)),
        Cell(shown_range(variable, language)),
        Cell(", ".join(code.value for code in variable.missing)),
        Cell(text_in(variable.hint, language)),
        Cell(text_in(variable.instructions, language)),
        Cell(_rule(variable.universe, language)),
        Cell("\n".join(_rule(each, language) for each in variable.checks)),
        Cell(_rule(variable.derivation, language)),
        Cell(text_in(variable.source, language)),
        Cell(", ".join(variable.indicators)),
        Cell(", ".join(map(str, variable.versions))),
    )


def _rule(rule: Rule | None, language: str) -> str:
    """What a rule says, and how it was written."""
    if rule is None:
        return ""
    return "\n".join(filter(None, (text_in(rule.words, language), rule.expression)))


def _counts(counted: Counted | None, language: str) -> Row:
    if counted is None:
        return tuple(Cell() for _each in COUNTS)
    if counted.is_hidden:
        text = text_in(counted.refusal, language) or word("hidden", language)
        return (Cell(text, Look.NOTE), *(Cell() for _each in COUNTS[1:]))
    return (
        Cell(counted.answered, Look.INTEGER),
        Cell(counted.blank, Look.INTEGER),
        *(_measure(counted, name, language) for name in MEASURES),
    )


def _measure(counted: Counted, name: str, language: str) -> Cell:
    if name not in counted.measures:
        return Cell()
    value = counted.measures[name]
    return Cell(word("hidden", language), Look.NOTE) if value is None else Cell(value, Look.DECIMAL)


def _codes(codebook: Codebook, language: str) -> Sheet:
    is_stored = any(code.stored for each in codebook.variables() for code, _missing in _of(each))
    names = ["file", "variable", "code", "label_vi", "label_en", "missing"]
    if is_stored:
        names.append("stored")
    if codebook.has_counts:
        names += ["count", "share"]
    rows: list[Row] = [head_of(names, language)]
    for file in codebook.files:
        for variable in file.variables:
            for code, is_missing in _of(variable):
                cells = _code(code, language) if codebook.has_counts else ()
                mark = word("is_missing", language) if is_missing else ""
                rows.append(
                    (
                        Cell(file.name),
                        Cell(variable.name, Look.LABEL),
                        Cell(code.value),
                        Cell(code.label.get("vi", "")),
                        Cell(code.label.get("en", "")),
                        Cell(mark),
                        *((Cell(code.stored or code.value),) if is_stored else ()),
                        *cells,
                    )
                )
    return Sheet(
        name=word("codes", language),
        rows=tuple(rows),
        widths=(18, 30, 18, 52, 52, 16, 10, 10, 10)[: len(names)],
        frozen=(1, 3),
        filtered=True,
        landscape=True,
    )


def _of(variable: Variable) -> Iterator[tuple[Code, bool]]:
    for code in variable.codes:
        yield code, False
    for code in variable.missing:
        yield code, True


def _code(code: Code, language: str) -> Row:
    if code.is_hidden:
        return Cell(word("hidden", language), Look.NOTE), Cell()
    share = None if code.share is None else 100 * code.share
    return Cell(code.count, Look.INTEGER), Cell(share, Look.PERCENT)


def _changes(codebook: Codebook, language: str) -> Sheet:
    names = ("file", "variable", "version", "history", "note")
    rows: list[Row] = [head_of(names, language)]
    for file in codebook.files:
        for variable in file.variables:
            for each in variable.changes:
                note: Texts = said("breaking") if each.is_breaking else {}
                rows.append(
                    (
                        Cell(file.name),
                        Cell(variable.name, Look.LABEL),
                        Cell(each.version, Look.INTEGER),
                        Cell(text_in(each.words, language)),
                        Cell(text_in(note, language)),
                    )
                )
    return Sheet(
        name=word("history", language)[:31],
        rows=tuple(rows),
        widths=(18, 30, 12, 70, 36),
        frozen=(1, 2),
        filtered=True,
        landscape=True,
    )
