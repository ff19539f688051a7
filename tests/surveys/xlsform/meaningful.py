"""Arbitrary definitions that mean something: their expressions refer to what stands before them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar

from hypothesis import strategies as st

from surveys.engine import data_table
from surveys.engine.model import (
    Carry,
    Choice,
    ChoiceList,
    Definition,
    Element,
    EvidenceNeed,
    Group,
    Indicator,
    Kind,
    MissingCode,
    Question,
    Repeat,
    Table,
    Totals,
)

_T = TypeVar("_T")

WORDS: Final = st.text(
    st.sampled_from("aAbĐđệ xyz019 <>&\"'*_#|;,.!?%()[]{}\n“”/\\=+-"), min_size=1, max_size=20
).map(lambda text: " ".join(text.split(" ")).strip() or "x")
LANGUAGES: Final = ("vi", "en", "fr")
MAX_DEPTH: Final = 3
FILTER_COLUMN: Final = "vùng"
LOOKUP: Final = "tra_cuu"
NUMBERS: Final = (Kind.INTEGER, Kind.DECIMAL, Kind.RANGE)
SELECTS: Final = (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK)
REFERRED: Final = (Kind.INTEGER, Kind.SELECT_ONE, Kind.TEXT, Kind.SELECT_MULTIPLE)
"""Kinds that expressions of others ask for; every questionnaire begins with one of each."""
SPELLINGS: Final = ("q{}", "Q_{}", "câu.{}", "so-{}", "_{}")
CONSTANTS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.TEXT: ("'x'", "concat('a', \"b\")", "format-date(today(), '%d/%m/%Y')"),
    Kind.CALCULATE: ("1 + 2 * 3", "today()", "if(1 > 2, 'a', 'b')"),
    Kind.HIDDEN: ("'x'", "1"),
    Kind.INTEGER: ("12", "round(7 div 2, 0)", "-3"),
    Kind.DECIMAL: ("1.5", "7 div 2"),
    Kind.DATE: ("today()", "date('2026-02-28')", "once(today())"),
    Kind.DATETIME: ("now()", "once(now())"),
}
"""What may be worked out, for the kinds of which it may be."""


@dataclass(slots=True)
class Maker:
    """Makes elements one after the other and remembers what later ones may refer to."""

    draw: Callable[[st.SearchStrategy[Any]], Any]
    languages: tuple[str, ...]
    lists: tuple[str, ...]
    indicators: tuple[str, ...]
    known: dict[Kind, list[str]] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    count: int = 0

    def name(self) -> str:
        self.count += 1
        return self.one(SPELLINGS).format(self.count)

    def one(self, among: tuple[_T, ...]) -> _T:
        found: _T = self.draw(st.sampled_from(among))
        return found

    def chance(self, of: int = 3) -> bool:
        return bool(self.draw(st.integers(1, of)) == 1)

    def texts(self, *, some: bool = False) -> dict[str, str]:
        """A text in any of the languages; with ``some`` in one of them at least."""
        found = {each: self.draw(WORDS) for each in self.languages if self.chance(2)}
        return found or ({self.languages[0]: self.draw(WORDS)} if some else {})

    def elements(self, depth: int, *, in_rows: bool = False) -> tuple[Element, ...]:
        size = self.draw(st.integers(1, 4))
        return tuple(self.element(depth, in_rows=in_rows) for _ in range(size))

    def element(self, depth: int, *, in_rows: bool) -> Element:
        kinds = ["question"] * 4 + (["group"] if depth < MAX_DEPTH else [])
        kinds += [] if in_rows else ["repeat", "table"]
        match self.one(tuple(kinds)):
            case "group":
                return Group(
                    **self.block("field-list"), children=self.elements(depth + 1, in_rows=in_rows)
                )
            case "repeat":
                return self.repeat(depth)
            case "table":
                return self.table()
        return self.question()

    def block(self, appearance: str = "") -> dict[str, Any]:
        return {
            "name": self.name(),
            "label": self.texts(some=True),
            "hint": self.texts(),
            "relevant": self.condition(),
            "appearance": appearance if self.chance() else "",
            "library_item": self.library_item(),
        }

    def repeat(self, depth: int) -> Repeat:
        numbers = tuple(self.known.get(Kind.INTEGER, ()))
        counts = ["", "3", *(f"${{{name}}}" for name in numbers)]
        counts += [f"${{{name}}} + 1" for name in numbers]
        plain = self.block() | {"number": self.number(), "repeat_count": self.one(tuple(counts))}
        return Repeat(**plain, children=self.below(lambda: self.elements(depth, in_rows=True)))

    def table(self) -> Table:
        plain = self.block("likert") | {
            "number": self.number(),
            "row_list": self.one(self.lists),
            "totals": self.one(tuple(Totals)),
            "constraint": self.condition(),
            "constraint_message": self.texts(),
            "warning": self.condition(),
            "warning_message": self.texts(),
        }
        size = self.draw(st.integers(1, 3))
        columns = self.below(lambda: tuple(self.question() for _ in range(size)))
        closed = ("", "row() = 'c1'", f"row() != 'c1' and . = '{columns[0].name}'")
        return Table(**plain, closed=self.one(closed), columns=columns)

    def below(self, make: Callable[[], _T]) -> _T:
        """What stands in rows: from outside it would be a sequence."""
        known, shown = {kind: [*names] for kind, names in self.known.items()}, [*self.shown]
        made = make()
        self.known, self.shown = known, shown
        return made

    def question(self, kind: Kind | None = None) -> Question:
        kind = kind or self.one((*Kind, *REFERRED))
        label, calculation = self.texts(some=True), self.calculation(kind)
        triggers = ", ".join(f"${{{name}}}" for name in self.shown[-2:])
        found = Question(
            kind=kind,
            label=label,
            calculation=calculation,
            trigger=triggers if calculation and triggers and self.chance() else "",
            **self.listed(kind),
            **self.rules(kind),
            **self.messages(),
            **self.official(),
            name=self.name(),
        )
        self.known.setdefault(kind, []).append(found.name)
        if found.is_answerable:
            self.shown.append(found.name)
        return found

    def listed(self, kind: Kind) -> dict[str, Any]:
        if kind not in SELECTS:
            return {}
        others = tuple(self.known.get(Kind.SELECT_ONE, ()))
        filters = [f"{FILTER_COLUMN} = 'bac'", "name != 'c2'"]
        filters += [f"{FILTER_COLUMN} = ${{{name}}}" for name in others]
        choice_filter = self.one(tuple(filters)) if self.chance() else ""
        return {
            "list_name": self.one(self.lists),
            "choice_filter": choice_filter,
            "or_other": kind is not Kind.RANK and not choice_filter and self.chance(),
        }

    def rules(self, kind: Kind) -> dict[str, Any]:
        own = {
            Kind.TEXT: "string-length(.) < 9 and regex(., '[a-z]+')",
            Kind.SELECT_MULTIPLE: "count-selected(.) <= 2",
            Kind.DATE: ". <= today()",
        }
        constraint = ". >= 0 and . < 1000" if kind in NUMBERS else own.get(kind, "")
        parameters = {"start": "0", "end": "10", "step": "2"} if kind is Kind.RANGE else {}
        parameters |= {"rows": "3", "unique": "yes"} if kind is Kind.TEXT and self.chance() else {}
        parameters |= {"prefill": "agency_name"} if self.chance(9) else {}
        is_typed = kind not in {Kind.NOTE, Kind.CALCULATE, Kind.HIDDEN}
        return {
            "relevant": self.condition(),
            "required": self.condition() if is_typed else "",
            "read_only": self.condition() if is_typed else "",
            "constraint": constraint if self.chance(2) else "",
            "warning": constraint if self.chance() else "",
            "default": self.one(CONSTANTS[kind]) if self.has_default(kind) else "",
            "parameters": parameters,
            "appearance": self.one(("", "minimal", "w1 multiline")),
        }

    def has_default(self, kind: Kind) -> bool:
        return kind in CONSTANTS and kind is not Kind.CALCULATE and self.chance()

    def messages(self) -> dict[str, Any]:
        names = ("hint", "guidance", "required_message", "constraint_message", "warning_message")
        return {name: self.texts() for name in names} | {"unit": self.texts()}

    def official(self) -> dict[str, Any]:
        return {
            "number": self.number(),
            "indicator": self.one(("", *self.indicators, " ".join(self.indicators))),
            "evidence": self.one(tuple(EvidenceNeed)),
            "carry": self.one((None, *Carry)),
            "band": self.one(("", "20%", "±5", "-10%..+50% or >=0")),
            "missing": tuple(each for each in MissingCode if self.chance()),
            "personal_data": self.chance(),
            "successor_of": "cũ_1" if self.chance(5) else "",
            "library_item": self.library_item(),
        }

    def library_item(self) -> str:
        return "k3f9d2@2#tên" if self.chance(5) else ""

    def number(self) -> str:
        return f"A{self.count}.1" if self.chance(2) else ""

    def calculation(self, kind: Kind) -> str:
        if kind not in CONSTANTS or (kind is not Kind.CALCULATE and not self.chance()):
            return ""
        rules = list(CONSTANTS[kind])
        texts, numbers = self.known.get(Kind.TEXT, ()), self.known.get(Kind.INTEGER, ())
        if kind is Kind.INTEGER:
            rules += [f"coalesce(${{{name}}}, 0) + 1" for name in numbers]
        if kind is Kind.TEXT:
            rules += [f"concat(${{{name}}}, ' & <x>')" for name in texts]
            rules += [f"pulldata('{LOOKUP}', 'tên', 'mã', ${{{name}}})" for name in texts]
        return self.one(tuple(rules))

    def condition(self) -> str:
        """A yes or no over what stands before, most often none."""
        rules = ["true()", "1 < 2 and not(2 < 1)"]
        for name in self.known.get(Kind.INTEGER, ()):
            rules += [f"${{{name}}} >= 5 or ${{{name}}} = ''", f"${{{name}}} mod 2 = 0"]
        rules += [f"${{{name}}} != 'a b'" for name in self.known.get(Kind.TEXT, ())]
        rules += [f"${{{name}}} = 'c1'" for name in self.known.get(Kind.SELECT_ONE, ())]
        rules += [f"selected(${{{n}}}, 'c1')" for n in self.known.get(Kind.SELECT_MULTIPLE, ())]
        return self.one(tuple(rules)) if self.chance() else ""


def _lists(maker: Maker) -> dict[str, ChoiceList]:
    made = {}
    for name in maker.lists:
        choices = tuple(
            Choice(
                name=f"c{number}",
                label=maker.texts(some=True),
                score=maker.one(("", "1", "2.5")),
                extra={FILTER_COLUMN: maker.one(("bac", "nam"))},
            )
            for number in range(1, maker.draw(st.integers(1, 4)) + 1)
        )
        made[name] = ChoiceList(name, choices)
    return made


def _indicator(maker: Maker, code: str) -> Indicator:
    numbers = maker.known.get(Kind.INTEGER, ())
    formulas = ("", "1", *(f"${{{name}}} > 0" for name in numbers))
    return Indicator(
        code=code,
        label=maker.texts(some=True),
        unit=maker.texts(),
        direction=maker.one(("up", "down")),
        target=maker.one(("", "100")),
        legal_basis=maker.one(("", "Điều 3, khoản 1")),
        numerator=maker.one(formulas),
        denominator=maker.one(formulas),
        over=maker.one(("units", "answered", "sum")),
        applies_to=maker.one(((), ("ministry",), ("ministry", "province"))),
        valid_from=maker.one((None, date(2026, 1, 1))),
    )


@st.composite
def meaningful(draw: Any) -> Definition:
    """A definition without errors, with any of what a questionnaire can say."""
    languages = draw(st.permutations(LANGUAGES).map(tuple))[: draw(st.integers(1, 3))]
    lists = ("dm", "dm_2")[: draw(st.integers(1, 2))]
    indicators = ("T1", "T2.a")[: draw(st.integers(0, 2))]
    maker = Maker(draw, languages, lists, indicators)
    first = tuple(maker.question(kind) for kind in REFERRED)
    children = (*first, *maker.elements(0))
    settings = {"form_id": "phieu_1", "name": "goc", "version": "2026", "style": "pages"}
    return Definition(
        code="phieu",
        title={languages[0]: draw(WORDS)},
        default_language=languages[0],
        languages=languages,
        children=children,
        lists=_lists(maker),
        indicators=tuple(_indicator(maker, code) for code in indicators),
        tables={LOOKUP: data_table(LOOKUP, ["mã", "tên"], [["1", "Một"], ["2", "Hai"]])},
        settings={name: text for name, text in settings.items() if maker.chance(2)},
    )
