"""How figures and limits are written for readers of one language."""

from decimal import Decimal

from exporters.codebooks.model import Code, Limit, Variable
from exporters.codebooks.words import word
from surveys.engine.values import format_number

NOTHING = "\N{EN DASH}"
DECIMALS = 2


def shown(value: float | str | None, language: str, *, decimals: int = DECIMALS) -> str:
    """A figure in the reader's way (1.234,5 or 1,234.5); a text as it is; a dash for nothing."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value
    rounded = round(Decimal(str(value)), decimals)
    plain = rounded.normalize() if rounded % 1 else rounded.quantize(Decimal(1))
    return format_number(f"{plain + 0:f}", language=language)


def shown_share(value: float | None, language: str) -> str:
    """A share of 0..1 in percent, without the sign."""
    return shown(None if value is None else 100 * value, language, decimals=1)


def shown_range(variable: Variable, language: str) -> str:
    """From where to where answers go; "" without limits."""
    parts = (
        word("from", language, lowest=_limit(variable.lowest, "> ")) if variable.lowest else "",
        word("to", language, highest=_limit(variable.highest, "< ")) if variable.highest else "",
    )
    return " ".join(filter(None, parts))


def shown_count(code: Code, language: str) -> str:
    """How many gave a code, or that it is not shown."""
    return word("hidden", language) if code.is_hidden else shown(code.count, language)


def _limit(limit: Limit, sign: str) -> str:
    return f"{sign}{limit.value}" if limit.is_open else limit.value
