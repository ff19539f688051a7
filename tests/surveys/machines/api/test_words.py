"""What is refused is refused in Vietnamese, whoever says so."""

from django.urls import get_resolver
from django.utils import translation

from surveys.machines.api.serializers import QuerySerializer, StrictSerializer
from surveys.machines.api.words import SENTENCES


def kinds(kind):
    for each in kind.__subclasses__():
        yield each
        yield from kinds(each)


def parts(field):
    """A field with all that stands in it."""
    yield field
    for each in getattr(field, "fields", {}).values():
        yield from parts(each)
    if hasattr(field, "child"):
        yield from parts(field.child)


def said(language):
    """Whatever a body or an address can be refused with, in a fixed order."""
    assert get_resolver().url_patterns, "loads every serializer"
    found = {*kinds(StrictSerializer), *kinds(QuerySerializer)}
    with translation.override(language):
        return [
            str(sentence)
            for kind in sorted(found, key=lambda each: (each.__module__, each.__qualname__))
            for part in parts(kind())
            for sentence in (
                *part.error_messages.values(),
                *(each.message for each in part.validators if hasattr(each, "message")),
            )
        ]


def test_every_refusal_of_a_serializer_has_its_words_in_vietnamese():
    same = {en for en, vi in zip(said("en"), said("vi"), strict=True) if en == vi}

    assert same == set()


def test_no_sentence_is_translated_that_nobody_says():
    with translation.override("en"):
        assert {str(each) for each in SENTENCES} <= set(said("en"))
