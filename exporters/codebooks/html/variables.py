"""One variable of the page."""

from collections.abc import Iterator, Sequence
from datetime import date

from exporters.codebooks.figures import shown, shown_count, shown_range, shown_share
from exporters.codebooks.html.tags import Content, Html, rendered, tag
from exporters.codebooks.html.texts import in_both
from exporters.codebooks.model import Code, Counted, Noted, Rule, Variable
from exporters.codebooks.words import said, shown_day, word
from surveys.engine.model import text_in


def variable_article(variable: Variable, place: str, language: str) -> Html:
    """Everything that is known of a variable."""
    number = f"{variable.number}. " if variable.number else ""
    return tag(
        "article",
        tag(
            "header",
            tag("h4", tag("code", variable.name), id=place),
            tag("div", number, in_both(variable.label, language)),
        ),
        tag("dl", _facts(variable, language)),
        _codes(variable, language),
        aria_labelledby=place,
    )


def _facts(variable: Variable, language: str) -> Iterator[Content]:
    stored = tag("code", variable.stored) if variable.stored else None
    yield from _fact("stored", stored, language)
    yield from _fact("kind", word(f"kind_{variable.kind}", language), language)
    if dict(variable.question) != dict(variable.label):
        yield from _fact("question", in_both(variable.question, language), language)
    for key, texts in (
        ("hint", variable.hint),
        ("instructions", variable.instructions),
    ):
        yield from _fact(key, in_both(texts, language), language)
    yield from _fact("asked_of", _rule(variable.universe, language), language)
    yield from _fact("unit", in_both(variable.unit, language), language)
    yield from _fact("range", shown_range(variable, language), language)
    checks = [tag("li", _rule(each, language)) for each in variable.checks]
    yield from _fact("checks", tag("ul", checks) if checks else None, language)
    yield from _fact("derivation", _rule(variable.derivation, language), language)
    yield from _fact("source", text_in(variable.source, language), language)
    yield from _fact("indicators", ", ".join(variable.indicators), language)
    if variable.counted is not None:
        yield from _fact("answers", _counted(variable.counted, language), language)
    yield from _fact("version", ", ".join(map(str, variable.versions)), language)
    changes = [tag("li", _changed(each, language)) for each in variable.changes]
    yield from _fact("history", tag("ul", changes) if changes else None, language)


def _fact(key: str, content: Content, language: str) -> Iterator[Content]:
    if text := rendered(content):
        yield tag("dt", word(key, language))
        yield tag("dd", Html(text))


def _rule(rule: Rule | None, language: str) -> Content:
    if rule is None:
        return None
    if not rule.expression:
        return in_both(rule.words, language)
    return [in_both(rule.words, language), tag("div", tag("code", rule.expression))]


def _counted(counted: Counted, language: str) -> str:
    """Who answered, and the measures, in one line."""
    if counted.is_hidden:
        return text_in(counted.refusal, language) or word("hidden", language)
    parts = [("answered", counted.answered), ("blank", counted.blank)]
    figures = [
        f"{word(name, language)}: {shown(value, language)}"
        for name, value in parts
        if value is not None
    ]
    figures += [
        f"{word(f'measure_{name}', language)}: "
        + (word("hidden", language) if value is None else _measure(value, language))
        for name, value in counted.measures.items()
    ]
    return "; ".join(figures)


def _measure(value: float | str, language: str) -> str:
    """A measure; of dates, as days are written."""
    return (
        shown_day(date.fromisoformat(value)) if isinstance(value, str) else shown(value, language)
    )


def _changed(change: Noted, language: str) -> str:
    text = text_in(said("since", number=change.version, what=change.words), language)
    return f"{text} ({word('breaking', language)})" if change.is_breaking else text


def _codes(variable: Variable, language: str) -> Content:
    """The codes, those for a missing figure last, with how often each was given where that is told."""
    if not variable.codes and not variable.missing:
        return None
    lines = [
        *((each, False) for each in variable.codes),
        *((each, True) for each in variable.missing),
    ]
    is_counted = any(each.count is not None or each.is_hidden for each, _missing in lines)
    is_stored = any(each.stored for each, _missing in lines)
    heads = [
        "code",
        *(("stored",) if is_stored else ()),
        "meaning",
        *(("count", "share") if is_counted else ()),
    ]
    return tag(
        "div",
        tag(
            "table",
            tag("caption", word("codes", language)),
            tag(
                "thead", tag("tr", [tag("th", word(each, language), scope="col") for each in heads])
            ),
            tag(
                "tbody",
                [tag("tr", list(_code(each, missing, heads, language))) for each, missing in lines],
            ),
        ),
        class_="scroll",
        tabindex="0",
    )


def _code(code: Code, is_missing: bool, heads: Sequence[str], language: str) -> Iterator[Html]:  # noqa: FBT001  (as ``lines`` has it)
    """The cells of a code under the heads."""
    yield tag("th", tag("code", code.value), scope="row")
    if "stored" in heads:
        yield tag("td", tag("code", code.stored or code.value))
    note = f" ({word('is_missing', language)})" if is_missing else ""
    yield tag("td", in_both(code.label, language), note)
    if "count" in heads:
        share = "" if is_missing or code.is_hidden else shown_share(code.share, language)
        yield tag("td", shown_count(code, language), class_="figure")
        yield tag("td", share, class_="figure")
