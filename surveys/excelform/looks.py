"""The styles that the sheets of a questionnaire use, under the names of what they are for."""

from typing import Final

from surveys.excelform.styles import (
    ACCENT,
    ACCENT_LINE,
    ACCENT_SOFT,
    BAD,
    BAD_SOFT,
    CANVAS,
    INK_2,
    INK_3,
    LINE,
    LINE_2,
    SUNKEN,
    Form,
    Style,
    Styles,
    Variant,
)

_styles = Styles()

PLAIN: Final = 0
CODE: Final = _styles(Style(size=8, ink=INK_3))
TITLE: Final = _styles(Style(size=15, bold=True))
KICKER: Final = _styles(Style(ink=INK_2))
LINK: Final = _styles(Style(ink=ACCENT, link=True))
HEADING: Final = _styles(Style(size=12, bold=True, ink=ACCENT))
GROUP: Final = _styles(Style(size=10.5, bold=True, fill=SUNKEN, line=LINE))
PARAGRAPH: Final = _styles(Style(wrap=True, down="top"))
HINT: Final = _styles(Style(ink=INK_2, wrap=True, down="top"))
HINT_LINE: Final = _styles(Style(ink=INK_2, italic=True))
NOTE: Final = _styles(Style(wrap=True, fill=CANVAS, line=LINE))
FACT: Final = _styles(Style(ink=INK_2, down="top"))
FACT_VALUE: Final = _styles(Style(bold=True, wrap=True, down="top"))

HEAD: Final = _styles(
    Style(bold=True, ink=ACCENT, fill=ACCENT_SOFT, line=ACCENT_LINE, across="center", wrap=True)
)
HEAD_LEFT: Final = _styles(
    Style(bold=True, ink=ACCENT, fill=ACCENT_SOFT, line=ACCENT_LINE, across="left", wrap=True)
)
HEAD_PAST: Final = _styles(
    Style(ink=INK_2, italic=True, fill=SUNKEN, line=LINE_2, across="center", wrap=True)
)
NUMBER: Final = _styles(Style(ink=INK_2, fill=CANVAS, line=LINE, across="center", wrap=True))
LABEL: Final = _styles(Style(fill=CANVAS, line=LINE, wrap=True))
LABEL_IDLE: Final = _styles(Style(ink=INK_3, italic=True, fill=CANVAS, line=LINE, wrap=True))
CHOICE: Final = _styles(Style(fill=CANVAS, line=LINE, across="left", wrap=True, indent=2))
UNIT: Final = _styles(Style(ink=INK_2, fill=CANVAS, line=LINE, across="center", wrap=True))
LOCKED: Final = _styles(Style(ink=INK_2, italic=True, fill=SUNKEN, line=LINE_2, wrap=True))
CLOSED: Final = _styles(Style(fill=SUNKEN, hatched=True, line=LINE_2))
CLOSED_OPEN: Final = _styles(Style(fill=SUNKEN, hatched=True, line=LINE_2, locked=False))
TOTAL_LABEL: Final = _styles(Style(bold=True, fill=SUNKEN, line=LINE_2, wrap=True))
TOTAL: Final = _styles(Style(bold=True, fill=SUNKEN, line=LINE_2, across="right", form=Form.NUMBER))
TICK: Final = _styles(
    Style(bold=True, ink=ACCENT, line=ACCENT_LINE, across="center", form="@", locked=False)
)
RANK: Final = _styles(
    Style(bold=True, ink=ACCENT, line=ACCENT_LINE, across="center", form=Form.WHOLE, locked=False)
)
CODE_FIELD: Final = _styles(
    Style(bold=True, line=ACCENT_LINE, across="center", form=Form.TEXT, locked=False)
)
COUNT: Final = _styles(Style(line=LINE, across="right", form=Form.WHOLE))
CONTENTS: Final = _styles(Style(ink=ACCENT, link=True, line=LINE, wrap=True))
STATE: Final = _styles(Style(ink=INK_2, line=LINE, across="center"))
COUNT_TOTAL: Final = _styles(
    Style(bold=True, fill=SUNKEN, line=LINE_2, across="right", form=Form.WHOLE)
)
KEY_OPEN: Final = _styles(Style(line=ACCENT_LINE))
KEY_READ: Final = _styles(Style(fill=SUNKEN, line=LINE_2))

_NUMERIC: Final = frozenset({Form.WHOLE, Form.NUMBER})
_RIGHT: Final = _NUMERIC | {Form.DATE, Form.MOMENT, Form.TIME}
_INKS: Final = {Variant.IDLE: INK_3, Variant.UNREAD: BAD, Variant.READ: INK_2}
_FILLS: Final = {Variant.IDLE: CANVAS, Variant.UNREAD: BAD_SOFT, Variant.READ: SUNKEN}
_LINES: Final = {Variant.READ: LINE_2, Variant.IDLE: LINE_2}


def _field(form: Form, variant: Variant) -> int:
    return _styles(
        Style(
            ink=_INKS.get(variant, Style().ink),
            fill=_FILLS.get(variant, ""),
            line=_LINES.get(variant, ACCENT_LINE),
            form=form,
            across="right" if form in _RIGHT else "left",
            wrap=form not in _RIGHT,
            locked=variant is Variant.READ,
        )
    )


FIELDS: Final = {(form, variant): _field(form, variant) for form in Form for variant in Variant}
"""The style of an answer's cell."""

STYLES_XML: Final = _styles.xml()
"""The part of the package in which all of them stand."""
