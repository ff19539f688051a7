"""Runs with results written down as given: no round is answered and nothing is computed."""

from collections.abc import Sequence
from typing import Any

from analytics.indices import services
from analytics.indices.documents import read_document
from analytics.indices.models import IndexRun, IndexVersion
from analytics.indices.outcome import Outcome, UnitOutcome
from analytics.indices.ranking.weighing import Contender, Weighed, weigh
from surveys.models import Round
from tests.analytics.indices.factories import NOW, asked
from tests.surveys.campaigns.factories import RoundFactory

SHARES = (0.6, 0.4)
PILLARS = ("organisation", "safety")
SCORES = [(90.0, 80.0), (70.0, 75.0), (60.0, 95.0), (50.0, 40.0), (None, 30.0), (20.0, 10.0)]

Scores = Sequence[tuple[float | None, float | None]]


def ranked_run(
    scores: Scores = SCORES,
    version: IndexVersion | None = None,
    *,
    round_: Round | None = None,
    draws: int = 0,
    blocks: Sequence[str] = (),
) -> IndexRun:
    """A run of the two pillars with these scores; ``draws``: with intervals of two places each way."""
    run = asked(round_ or RoundFactory.create(), version, draws=draws)
    aggregation = read_document(run.version.definition).tree.aggregation
    named = blocks or [""] * len(scores)
    contenders = [
        Contender(str(place), block, tuple(each))
        for place, (each, block) in enumerate(zip(scores, named, strict=True))
    ]
    found = weigh(contenders, SHARES, aggregation)
    units = [
        _unit(each, own, place, with_spread=bool(draws), units=len(scores))
        for place, (each, own) in enumerate(zip(contenders, found, strict=True))
    ]
    services.store_results(
        run,
        Outcome(
            data_sha256="0" * 64,
            code_version="test",
            units=units,
            warnings=[],
            summary=_summary(draws),
            tables=b"",
        ),
        at=NOW,
    )
    return IndexRun.objects.select_related("version__index", "round__campaign", "job").get(
        pk=run.pk
    )


def _unit(
    each: Contender, own: Weighed, place: int, *, with_spread: bool, units: int
) -> UnitOutcome:
    spread: dict[str, Any] = {}
    low = high = None
    if with_spread and own.rank is not None and own.score is not None:
        low, high = max(1.0, own.rank - 2.0), min(float(units), own.rank + 2.0)
        spread = {
            "score": {"q05": own.score - 1, "q95": own.score + 1},
            "rank": {"q05": low, "q95": high},
            "first": 0.75 if own.rank == 1 else 0.25 if own.rank == 2 else 0.0,
            "top": 1.0 if own.rank <= 10 else 0.0,
            "levels": {},
        }
    first, second = each.children
    leaves = {"T1a": first, "posts": first, "ATTT": second}
    effective = {"T1a": 0.3, "posts": 0.3, "ATTT": 0.4}
    held = sum(effective[code] for code, value in leaves.items() if value is not None)
    return UnitOutcome(
        agency_id=None,
        key=f"unit-{place}",
        name=f"Đơn vị {place}",
        name_en=f"Unit {place}",
        type="province",
        block=each.block,
        score=own.score,
        rank=own.rank,
        rank_label=own.label,
        rank_low=low,
        rank_high=high,
        data={
            "nodes": {
                "index": _node(own.score) | {"answered": held},
                **{code: _node(value) for code, value in zip(PILLARS, each.children, strict=True)},
            },
            "leaves": {
                code: {
                    "raw": value,
                    "normalised": value,
                    "contribution": None if value is None else value * effective[code] / held,
                    "state": "blank" if value is None else "answered",
                }
                for code, value in leaves.items()
            },
            "uncertainty": spread,
        },
    )


def _node(score: float | None) -> dict[str, Any]:
    return {"score": score} | ({"reason": "NO_DATA"} if score is None else {})


def _summary(draws: int) -> dict[str, Any]:
    certainty = {
        "runs": draws,
        "used": draws,
        "failed": {},
        "top": 10,
        "removals": [
            {"code": "safety", "mean_shift": 1.5, "unranked": 0, "reason": ""},
            {"code": "posts", "mean_shift": None, "unranked": 0, "reason": "NO_DATA"},
        ],
        "dominance": {"pairs": 10, "dominated": 4, "share": 0.4},
    }
    return {
        "weights": [
            {"node": "index", "child": code, "nominal": share, "share": share, "effective": share}
            for code, share in zip(PILLARS, SHARES, strict=True)
        ],
        "uncertainty": certainty if draws else {},
    }
