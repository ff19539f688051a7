"""The columns about who answered, beside the answers. Their names begin with ``@``: no question's does.

They are written with a row and are those of that moment; ``check`` finds rows whose agency or
assignment has changed since, and writing them anew brings them up to date.
"""

from typing import Final

from analytics.dataset import Measure, Variable

RESPONSE: Final = "@response"
REVISION: Final = "@revision"
VERSION: Final = "@version"
TOMBSTONE: Final = "@tombstone"
DIGEST: Final = "@digest"
AGENCY: Final = "@agency"
KEY: Final = "@key"
TYPE: Final = "@type"
PROVINCE: Final = "@province"
PARENT: Final = "@parent"
LATE_DAYS: Final = "@late_days"
STATUS: Final = "@status"
WEIGHT: Final = "@weight"

BOOKKEEPING: Final = (RESPONSE, REVISION, VERSION, TOMBSTONE, DIGEST)
"""What tells rows apart; no variable of an analysis."""


def unit_variables() -> tuple[Variable, ...]:
    """The variables of the unit that answered, for groups and filters.

    ``@province`` is the key of the province to which the unit belongs (a province's own; blank for the
    centre), ``@parent`` that of the agency right above. ``@weight`` is 1: every unit asked counts once
    until an analysis brings weights of its own.
    """
    return (
        _unit(KEY, Measure.TEXT, "Mã cơ quan", "Agency key"),
        _unit(TYPE, Measure.TEXT, "Loại cơ quan", "Type of agency"),
        _unit(PROVINCE, Measure.TEXT, "Tỉnh, thành phố", "Province"),
        _unit(PARENT, Measure.TEXT, "Cơ quan cấp trên", "Superior agency"),
        _unit(STATUS, Measure.TEXT, "Trạng thái", "Status"),
        _unit(LATE_DAYS, Measure.NUMBER, "Số ngày trễ", "Days late"),
        Variable(
            name=WEIGHT,
            path=WEIGHT,
            label=({"vi": "Quyền số", "en": "Weight"},),
            number="",
            measure=Measure.NUMBER,
            is_weight=True,
        ),
    )


def _unit(name: str, measure: Measure, vi: str, en: str) -> Variable:
    return Variable(name=name, path=name, label=({"vi": vi, "en": en},), number="", measure=measure)
