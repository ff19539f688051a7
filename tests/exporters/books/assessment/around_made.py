"""What is around a run of contents_made, without a database: everybody answered, and every rank is spread."""

from datetime import date

from exporters.books.assessment.around.facts import Around, Asked, Protection, Spread
from exporters.books.assessment.contents import AssessmentContents

TYPE = {"vi": "Xã", "en": "Commune"}
SIGNED = {"vi": "Đã ký", "en": "Signed"}


def around_over(contents: AssessmentContents) -> Around:
    """The facts beside a run; no targets, questions or variables."""
    return Around(
        campaign={"vi": "Cuộc thử", "en": "Trial campaign"},
        owner={"vi": "Bộ thử", "en": "Trial ministry"},
        period={"vi": "2026", "en": "2026"},
        reference_date=date(2026, 6, 30),
        deadline=date(2026, 9, 30),
        basis="",
        forms=(),
        asked=[
            Asked(
                key=unit.key,
                name={"vi": unit.name, "en": unit.name},
                type=TYPE,
                status=SIGNED,
                signed=True,
                submitted_at=None,
                late_days=0,
            )
            for unit in contents.units
        ],
        targets=(),
        questions=None,
        variables=(),
        spreads={
            unit.key: Spread(
                rank_mean=rank,
                rank_median=rank,
                rank_low=max(1.0, rank - 2),
                rank_high=rank + 2,
                score_low=score,
                score_high=score,
                top=0.5,
            )
            for unit in contents.units
            if isinstance(score := unit.nodes[contents.root].score, float)
            and (rank := float(unit.nodes[contents.root].rank or 0))
        },
        outranking={},
        events=(),
        counted=(len(contents.units), len(contents.units)),
        protection=Protection(
            identity={"vi": "Nêu tên", "en": "Named"},
            minimum=3,
            minimum_people=10,
            p=None,
            shows_all=True,
            tables=0,
            hidden=0,
            refused=0,
        ),
    )
