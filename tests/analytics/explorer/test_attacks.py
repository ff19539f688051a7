"""What a researcher tries who may not see single answers, over forty agencies."""

import json
from collections import Counter
from collections.abc import Iterator
from random import Random

import numpy as np
import pytest
from django.utils import timezone
from scipy.optimize import Bounds, LinearConstraint, milp

from analytics.answers import counted_revisions, signed_answers
from analytics.explorer import queries, services
from analytics.explorer.asking import Asking, Filter
from analytics.explorer.compute import Tabulator
from analytics.gate.enums import Audience
from analytics.gate.models import DisclosurePolicy
from surveys.responses.models import ResponseRevision
from tests.answered import answered_round
from tests.surveys.campaigns.factories import RoundFactory

pytestmark = pytest.mark.django_db

SINGLE = ("a1_reorganised", "a2_model", "a7_positions", "a10_head", "a11_plan")
SIGNED = 38
SEED = 1690
FEWEST = 5
TYPES = ["ministry"] * 14 + ["government_agency"] * 12 + ["province"] * 14


class Researcher:
    """Asks a round and keeps every number of agencies that is shown, by what it counts."""

    def __init__(self, round_):
        self.tabulator = Tabulator.of(round_, at=timezone.now())
        self.basis = queries.basis_of(round_, Audience.RESEARCHERS)

    def ask(self, question, *filters, by=(), weighted=False):
        asking = Asking(question, tuple(by), tuple(Filter(*each) for each in filters), weighted)
        return self.tabulator.result(asking, self.basis, actor=None)


def shown(result) -> dict[str, int]:
    """The answers with their shown numbers."""
    options = result.get("options", ())
    return {each["code"]: each["n"] for each in options if each["n"] is not None}


def cells(result) -> Iterator[tuple[tuple[str, str], int]]:
    """The shown cells of a cross, by the value of the dimension and the answer."""
    for sheet in result.get("cross", {}).get("sheets", ()):
        for row in sheet["rows"]:
            for cell in row["cells"]:
                if cell["n"] is not None:
                    yield (row["code"], cell["code"]), cell["n"]


class Knowledge:
    """What can be known of two questions by type: each shown number is the sum of some inner cells.

    An inner cell is a type, an answer to the first and one to the second question ("" is none).
    """

    def __init__(self, round_, researcher, first, second):
        self.researcher, self.names = researcher, (first, second)
        types = {each.agency_id: each.type for each in researcher.tabulator.columns.units}
        held: Counter[tuple[str, str, str]] = Counter()
        for each in signed_answers(round_):
            a, b = (each.answers.get(name) or "" for name in self.names)
            held[types[each.agency_id], a, b] += 1
        codes = [[*sorted({cell[place] for cell in held}), ""] for place in (1, 2)]
        kinds = sorted({cell[0] for cell in held})
        self.cells = [
            (t, a, b)
            for t in kinds
            for a in dict.fromkeys(codes[0])
            for b in dict.fromkeys(codes[1])
        ]
        self.truth = np.array([held[cell] for cell in self.cells])
        self.kinds = kinds
        self.equations: dict[tuple[int, ...], int] = {}
        for kind in kinds:
            self.learn(
                lambda c, kind=kind: c[0] == kind, sum(n for c, n in held.items() if c[0] == kind)
            )

    def learn(self, counts, n):
        places = tuple(i for i, cell in enumerate(self.cells) if counts(cell))
        assert self.truth[list(places)].sum() == n, "an equation that does not hold"
        self.equations[places] = n

    def gather(self, *, askings, seed):
        """Ask at random, with filters by type and by the other question, crossed or not."""
        random = Random(seed)  # noqa: S311  (no secret)
        for _each in range(askings):
            place = random.choice((1, 2))
            other = self.names[2 - place]
            codes = [code for code in dict.fromkeys(cell[3 - place] for cell in self.cells) if code]
            types = random.sample(self.kinds, random.choice((0, 0, 1, 2)))
            wanted = random.sample(codes, random.choice((0, 0, 1, 2)))
            by = random.choice(([], [f"question.{other}"], ["type"]))
            filters = [("type", tuple(sorted(types)))] if types else []
            filters += [(f"question.{other}", tuple(sorted(wanted)))] if wanted else []
            found = self.researcher.ask(self.names[place - 1], *filters, by=by)
            self.take_in(found, place, types, wanted, by)

    def take_in(self, found, place, types, wanted, by):
        def inside(cell):
            return (not types or cell[0] in types) and (not wanted or cell[3 - place] in wanted)

        rows = found.get("base", {}).get("rows")
        if rows is not None:
            self.learn(inside, rows)
        for code, n in shown(found).items():
            self.learn(lambda c, code=code: inside(c) and c[place] == code, n)
        at = 0 if by == ["type"] else 3 - place
        for (value, code), n in cells(found):
            self.learn(lambda c, v=value, k=code: inside(c) and c[at] == v and c[place] == k, n)

    def recovered(self):
        """Numbers below five of some answers, by type or of all, that follow from what is known."""
        matrix = np.zeros((len(self.equations), len(self.cells)))
        for row, places in enumerate(self.equations):
            matrix[row, list(places)] = 1
        fits = LinearConstraint(
            matrix, list(self.equations.values()), list(self.equations.values())
        )
        found = []
        for target in self.targets():
            n = int(self.truth[target].sum())
            if 0 < n < FEWEST and self.only(target, fits) == n:
                found.append(([self.cells[i] for i in target], n))
        return found

    def targets(self):
        for t in (*self.kinds, None):
            for a in (*dict.fromkeys(cell[1] for cell in self.cells), None):
                for b in (*dict.fromkeys(cell[2] for cell in self.cells), None):
                    wanted = (t, a, b)
                    if a is not None or b is not None:
                        yield [
                            i
                            for i, cell in enumerate(self.cells)
                            if all(w in {None, part} for w, part in zip(wanted, cell, strict=True))
                        ]

    def only(self, target, fits):
        """The one whole number that the cells can add up to; None where there are several."""
        cost = np.zeros(len(self.cells))
        cost[target] = 1
        ends = [
            milp(
                sign * cost,
                constraints=fits,
                integrality=np.ones(len(cost), dtype=np.int_),
                bounds=Bounds(0, SIGNED),
            )
            for sign in (1, -1)
        ]
        assert all(end.x is not None for end in ends), "what was shown fits nothing"
        low, high = (round(float(cost @ np.asarray(end.x))) for end in ends)
        return low if low == high else None


@pytest.fixture
def round_():
    return answered_round(responses=SIGNED, types=TYPES)


@pytest.fixture
def researcher(round_):
    return Researcher(round_)


def rarely_given(round_, names) -> tuple[str, str, int]:
    """A question with an answer that one to four agencies gave."""
    for name in names:
        counts = Counter(each.answers.get(name) for each in signed_answers(round_))
        for code, n in counts.items():
            if isinstance(code, str) and n < 5:
                return name, code, n
    raise AssertionError("every answer was given often")


def test_a_hidden_answer_is_not_what_the_bases_of_other_questions_leave(round_, researcher):
    name, rare, n = rarely_given(round_, SINGLE)
    codes = [choice.name for choice in researcher.tabulator.items[name].choices]
    others = [each for each in SINGLE if each != name]
    assert rare not in shown(researcher.ask(name))

    left = [
        researcher.ask(other, (f"question.{name}", (code,))).get("base", {}).get("rows") or 0
        for other, code in zip(others, [code for code in codes if code != rare], strict=False)
    ]

    assert SIGNED - sum(left) > n


def test_what_is_hidden_in_a_cross_is_hidden_when_it_is_turned_round(researcher):
    one = dict(cells(researcher.ask("a10_head", by=["question.a1_reorganised"])))
    other = dict(cells(researcher.ask("a1_reorganised", by=["question.a10_head"])))

    assert {(b, a) for a, b in one} == set(other)


def test_a_cross_by_answers_stays_hidden_in_its_slices(researcher):
    one = dict(cells(researcher.ask("a10_head", by=["question.a7_positions"])))

    slices = {
        (a7, code)
        for a7 in ("da", "chua")
        for code in shown(researcher.ask("a10_head", ("question.a7_positions", (a7,))))
    }

    assert slices <= set(one)


def test_nothing_hidden_can_be_worked_out_from_many_askings(round_, researcher):
    """Whole numbers of agencies by type, by this and by that answer, are sought that fit all that was
    shown: no hidden number may be the only one that fits."""
    knowledge = Knowledge(round_, researcher, "a1_reorganised", "a10_head")

    knowledge.gather(askings=24, seed=SEED)

    assert knowledge.recovered() == []


def answered_in_pairs(pairs):
    """A round of as many agencies with these answers to a1 and a10; None is none."""
    kinds = ["ministry"] * (len(pairs) // 2) + ["province"] * (len(pairs) - len(pairs) // 2)
    made = answered_round(responses=len(pairs), types=kinds)
    found = counted_revisions(made).order_by("pk")
    for revision, (first, second) in zip(found, pairs, strict=True):
        document = json.loads(revision.canonical)
        document["answers"] |= {"a1_reorganised": first, "a10_head": second}
        ResponseRevision.objects.filter(pk=revision.pk).update(canonical=json.dumps(document))
    return made


def test_margins_of_a_cross_tell_nothing_of_the_few_who_stand_in_none():
    """One of each side gave no answer to the dividing question, so that it stands in no margin of the
    cross: beside the question's own table, the margins would tell of one agency each."""
    heads = [*["bi_thu"] * 6, *["cap_pho"] * 6, *["dung_dau"] * 4, None]
    researcher = Researcher(
        answered_in_pairs([(side, head) for side in ("da", "chua") for head in heads])
    )

    found = researcher.ask("a1_reorganised", by=["question.a10_head"])

    alone = shown(researcher.ask("a1_reorganised"))
    assert (alone["da"], alone["chua"]) == (17, 17)
    [sheet] = found["cross"]["sheets"]
    told = {each["code"]: each["n"] for each in sheet["total"]}
    assert (told["da"], told["chua"], sheet["n"]) == (None, None, None)


def test_bins_stand_under_no_filter(researcher):
    found = researcher.ask("a4_current", ("type", ("province",)))

    assert found["bins"] == []


def test_bins_begin_and_end_with_one_that_is_shown(researcher):
    bins = researcher.ask("a4_current")["bins"]

    assert all(each["n"] for each in (*bins[:1], *bins[-1:]))


def test_values_that_a_filter_leaves_out_stand_for_nothing_elsewhere(researcher):
    """Counted as nobody under the keys of all, they made later tables contradict the first."""
    researcher.ask("a1_reorganised", ("type", ("ministry",)), by=["type"])

    found = researcher.ask("a1_reorganised", by=["type"])

    assert "refusal" not in found


def test_nobody_in_a_value_that_a_filter_leaves_out_is_no_secret(researcher):
    found = researcher.ask("a1_reorganised", ("type", ("ministry",)), by=["type"])

    [sheet] = found["cross"]["sheets"]
    assert {row["code"]: row["n"] for row in sheet["rows"] if row["code"] != "ministry"} == {
        row["code"]: 0 for row in sheet["rows"] if row["code"] != "ministry"
    }


def test_phrases_are_told_of_all_agencies_only(researcher):
    found = researcher.ask("a19_remarks", ("type", ("ministry", "government_agency")))

    assert "refusal" not in found
    assert "phrases" not in found


def test_weights_are_no_second_count(researcher):
    assert researcher.ask("a2_model", by=["type"], weighted=True)["refusal"] == "unprotectable"


def test_numbers_are_not_added_up_over_several_values_of_a_filter(researcher):
    both = researcher.ask("a4_current", ("type", ("ministry", "province")))

    assert both["refusal"] == "unprotectable"


def test_the_round_before_shows_what_its_own_policy_shows_now(round_):
    """Stored under an older policy, a result is not shown beside the next round."""
    asking = Asking("a2_model")
    after = RoundFactory.create(campaign=round_.campaign, version=round_.version, previous=round_)
    basis = queries.basis_of(round_, Audience.RESEARCHERS)
    services.store_plain(round_, {asking: {"kind": "choice"}}, basis, at=timezone.now())
    before = queries.result_before(after, asking, Audience.RESEARCHERS)

    DisclosurePolicy.objects.create(round=round_, minimum=12, set_at=timezone.now())

    assert (before, queries.result_before(after, asking, Audience.RESEARCHERS)) == (
        {"kind": "choice"},
        None,
    )
