"""A codebook as plain data. Texts are by language ("vi", "en"), as in a questionnaire."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from surveys.engine.model import Texts, text_in


class VariableKind(StrEnum):
    """What stands in a column."""

    NUMBER = "number"
    INTEGER = "integer"
    DATE = "date"
    MOMENT = "moment"
    CATEGORY = "category"
    CATEGORIES = "categories"
    TEXT = "text"
    FLAG = "flag"


class Coverage(StrEnum):
    """Who was asked of those that the study is about."""

    CENSUS = "census"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code that can stand in a column. ``count`` is how many gave it, ``share`` (0..1) of those who
    answered; both are None where they are not told, and ``is_hidden`` where they must not be. ``stored``
    is what stands in the described file for it, where that is something else."""

    value: str
    label: Texts
    stored: str = ""
    count: float | None = None
    share: float | None = None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Who answered a question, and measures of its numbers or dates by name (``measures``: None where
    hidden). ``refusal`` says why nothing of it is told. All are None where it was not counted."""

    asked: float | None = None
    answered: float | None = None
    blank: float | None = None
    measures: Mapping[str, float | str | None] = field(default_factory=dict)
    refusal: Texts = field(default_factory=dict)
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of the answers as it was written; an answer is beyond it only, where it ``is_open``."""

    value: str
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """An expression as it was written, and what it says; ``words`` are blank where no sentence says it.
    ``reads`` names the variables that it rests on."""

    expression: str
    words: Texts = field(default_factory=dict)
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A change of a variable between two versions: since which ``version``, whether answers before and
    after can be compared (``is_breaking``), and what changed, in words."""

    version: int
    is_breaking: bool
    words: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One column.

    ``question`` is the literal question, ``label`` the same with what it stands under (table, row),
    ``hint`` and ``instructions`` what respondents were told beside it. ``universe``: who was asked, where
    not everybody was. ``derivation``: how it was computed, where nobody typed it. ``versions`` are those that ask it.
    ``stored`` is the column's name in the described file, where that is another.
    """

    name: str
    kind: VariableKind
    label: Texts
    stored: str = ""
    question: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    instructions: Texts = field(default_factory=dict)
    number: str = ""
    section: Texts = field(default_factory=dict)
    universe: Rule | None = None
    unit: Texts = field(default_factory=dict)
    lowest: Limit | None = None
    highest: Limit | None = None
    decimals: int | None = None
    codes: tuple[Code, ...] = ()
    missing: tuple[Code, ...] = ()
    checks: tuple[Rule, ...] = ()
    derivation: Rule | None = None
    indicators: tuple[str, ...] = ()
    source: Texts = field(default_factory=dict)
    counted: Counted | None = None
    versions: tuple[int, ...] = ()
    changes: tuple[Noted, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A table of the study: ``cases`` rows (None where that is not told), one column a variable."""

    key: str
    name: str
    title: Texts
    cases: int | None
    variables: tuple[Variable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A response rate by its name in AAPOR's definitions, its formula, and the numbers put in."""

    name: str
    formula: str
    numbers: str
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """A round as the study counts it: when it was asked, and as of which day."""

    code: str
    period: Texts
    reference_date: date
    opened_on: date
    closed_on: date
    asked: int
    signed: int
    rates: tuple[Rate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """What others may do: its name, and where its text stands or the text itself."""

    name: Texts
    address: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """The document by which the agencies are asked; ``cited`` in full, in Vietnamese."""

    cited: str
    issued_on: date | None = None
    issuer: str = ""
    abstract: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of a questionnaire that answers were given to, or that one of them came from."""

    questionnaire: str
    number: int
    title: Texts
    published_on: date | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What the data are of.

    ``identifier`` stays the same over corrections; ``edition`` counts them (0: not published).
    ``protection`` says what was done so that nobody is recognised; ``left_out`` how many questions are
    no variables because they ask for personal data. ``frequency`` is a ``campaigns.enums.Period``.
    """

    identifier: str
    title: Texts
    abstract: Texts
    producer: Texts
    basis: LegalBasis
    universe: Texts
    coverage: Coverage
    sampling: Texts
    mode: Texts
    waves: tuple[Wave, ...]
    versions: tuple[Version, ...]
    licence: Licence | None
    citation: Texts
    protection: Texts
    frequency: str
    frequency_words: Texts
    edition: int = 0
    edition_notes: Texts = field(default_factory=dict)
    published_on: date | None = None
    manifest_sha256: str = ""
    left_out: int = 0
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """A study with its files. ``as_of`` is the newest state that it describes; ``has_counts`` whether
    frequencies stand in it. ``others``: the studies of further campaigns whose answers lie in the same
    files, the newest first."""

    study: Study
    files: tuple[DataFile, ...]
    as_of: datetime
    has_counts: bool = False
    others: tuple[Study, ...] = ()

    @property
    def studies(self) -> tuple[Study, ...]:
        """The study of each campaign, the newest first."""
        return (self.study, *self.others)

    @property
    def title(self) -> Texts:
        """What all of it is called."""
        languages = dict.fromkeys(language for each in self.studies for language in each.title)
        return {
            language: "; ".join(
                dict.fromkeys(text_in(each.title, language) for each in self.studies)
            )
            for language in languages
        }

    @property
    def producers(self) -> tuple[Texts, ...]:
        """Who made the studies, each once."""
        return tuple(_once(each.producer for each in self.studies))

    @property
    def protections(self) -> tuple[Texts, ...]:
        """What was done so that nobody is recognised, each once."""
        return tuple(_once(each.protection for each in self.studies))

    @property
    def identifier(self) -> str:
        """The identifiers of the studies in one."""
        return "+".join(each.identifier for each in self.studies)

    def variables(self) -> Iterator[Variable]:
        """All of them, in the order of the files."""
        for file in self.files:
            yield from file.variables


def _once(texts: Iterable[Texts]) -> list[Texts]:
    found: list[Texts] = []
    for each in texts:
        if each not in found:
            found.append(each)
    return found
