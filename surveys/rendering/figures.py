"""Values as people read them: Vietnamese and English numbers, dates, signs of change."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

MINUS = "\N{MINUS SIGN}"


def show_number(text: str, language: str) -> str:
    """A plain-digit number with the reader's separators; ``text`` itself if it is not a number.

    The sign stays the keyboard's hyphen, so that what is shown in a field can be typed again.
    """
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, fraction = digits.partition(".")
    if not whole.isdecimal() or (fraction and not fraction.isdecimal()):
        return text
    group, point = (",", ".") if language == "en" else (".", ",")
    grouped = f"{int(whole):,}".replace(",", group)
    return f"{sign}{grouped}{point}{fraction}" if fraction else f"{sign}{grouped}"


def show_figure(text: str, language: str) -> str:
    """A number for reading: as ``show_number``, with a true minus sign."""
    return show_number(text, language).replace("-", MINUS)


def show_date(text: str) -> str:
    """An ISO date as day/month/year without leading zeros; ``text`` itself if it is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day}/{day.month}/{day.year}"


def show_datetime(text: str) -> str:
    """An ISO date and time as day/month/year hour:minute; ``text`` itself if it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{moment.day}/{moment.month}/{moment.year} {moment:%H:%M}"


def show_change(old: str, new: str, language: str) -> str:
    """The signed difference of two plain-digit numbers; "" where there is none to tell."""
    try:
        difference = Decimal(new) - Decimal(old)
    except InvalidOperation:
        return ""
    if not difference.is_finite() or difference == 0:
        return ""
    shown = show_figure(f"{difference.normalize():f}", language)
    return shown if difference < 0 else f"+{shown}"
