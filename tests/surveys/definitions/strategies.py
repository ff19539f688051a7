"""Arbitrary definitions: every attribute of the model, valid in shape, not in meaning."""

from hypothesis import strategies as st

from surveys.engine.model import (
    Carry,
    Choice,
    ChoiceList,
    DataTable,
    Definition,
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

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
names = st.from_regex(r"[a-z_][a-z0-9_]{0,9}", fullmatch=True)
texts = st.dictionaries(st.sampled_from(["vi", "en", "fr"]), words, max_size=3)
plain = st.dictionaries(names, words, max_size=2)


def _tuples(items, size=3):
    return st.lists(items, max_size=size).map(tuple)


choices = st.builds(Choice, name=names, label=texts, score=words, extra=plain)
lists = st.builds(ChoiceList, name=names, choices=_tuples(choices))
indicators = st.builds(
    Indicator,
    code=names,
    label=texts,
    unit=texts,
    direction=words,
    target=words,
    legal_basis=words,
    numerator=words,
    denominator=words,
    over=words,
    applies_to=_tuples(words),
    scoring=words,
    valid_from=st.none() | st.dates(),
)
questions = st.builds(
    Question,
    name=names,
    kind=st.sampled_from(Kind),
    label=texts,
    hint=texts,
    guidance=texts,
    number=words,
    list_name=words,
    or_other=st.booleans(),
    choice_filter=words,
    relevant=words,
    required=words,
    required_message=texts,
    read_only=words,
    constraint=words,
    constraint_message=texts,
    warning=words,
    warning_message=texts,
    calculation=words,
    trigger=words,
    default=words,
    appearance=words,
    parameters=plain,
    unit=texts,
    indicator=words,
    evidence=st.sampled_from(EvidenceNeed),
    carry=st.none() | st.sampled_from(Carry),
    band=st.sampled_from(("", "20%", "-1,5..+3", ">= 0 or ±5")),
    missing=_tuples(st.sampled_from(MissingCode)),
    personal_data=st.booleans(),
    successor_of=words,
    library_item=words,
)
tables = st.builds(
    Table,
    name=names,
    label=texts,
    hint=texts,
    number=words,
    relevant=words,
    row_list=names,
    totals=st.sampled_from(Totals),
    closed=words,
    constraint=words,
    constraint_message=texts,
    warning=words,
    warning_message=texts,
    appearance=words,
    columns=_tuples(questions),
    library_item=words,
)


def _blocks(children):
    return st.builds(
        Group,
        name=names,
        label=texts,
        hint=texts,
        relevant=words,
        appearance=words,
        children=_tuples(children),
        library_item=words,
    ) | st.builds(
        Repeat,
        name=names,
        label=texts,
        hint=texts,
        number=words,
        relevant=words,
        repeat_count=words,
        appearance=words,
        children=_tuples(children),
        library_item=words,
    )


elements = st.recursive(questions | tables, _blocks, max_leaves=4)
definitions = st.builds(
    Definition,
    code=names,
    title=texts,
    default_language=st.sampled_from(["vi", "en"]),
    languages=_tuples(st.sampled_from(["vi", "en"])),
    children=_tuples(elements),
    lists=st.dictionaries(names, lists, max_size=2),
    indicators=_tuples(indicators, 2),
    settings=plain,
    tables=st.dictionaries(names, st.builds(DataTable, name=names, text=words), max_size=2),
)
