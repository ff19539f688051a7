"""The editor of one expression: as a sentence that is put together, and as text."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.views.generic import View

from surveys.engine import Element, Severity
from surveys.engine.structure import flag
from surveys.questionnaires.advice import advice_in_words
from surveys.questionnaires.logic import (
    CHECKS,
    CONDITIONS,
    KINDS,
    DraftedGroup,
    DraftedTerm,
    Incomplete,
    RuleKind,
    Spot,
    added,
    box_of,
    drafted_of,
    find,
    fitted,
    path_of,
    removed,
    sentence,
    text_of,
    walk,
)
from surveys.questionnaires.problem_words import WORDS
from surveys.questionnaires.views.drafts import DraftMixin
from surveys.questionnaires.views.fragments import EditUnreadable, read_body, refusal_answer

DIALOG: Final = "questionnaires/condition/body.html"
SENTENCES: Final = "questionnaires/condition/sentences.html"
MOST_TEXT: Final = 20_000


class ElementMixin(DraftMixin):
    """A page about one element of the draft."""

    @cached_property
    def element(self) -> Element:
        """The element of the address."""
        for each in self.reader.form.definition.elements():
            if each.uid == self.kwargs["uid"]:
                return each
        raise Http404


class SentencesView(ElementMixin, View):
    """What the expressions of an element say, for the pane of its properties."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """One part for each expression it can have."""
        reader = self.reader
        said = [
            (
                kind,
                words,
                sentence(Spot(reader.form, self.element, kind, reader.language), text),
                text,
            )
            for kind, (words, _look) in KINDS.items()
            if (text := getattr(self.element, kind, None)) is not None
        ]
        return render(request, SENTENCES, {"said": said, "element": self.element})


class FieldMixin(ElementMixin):
    """A page about one expression of an element."""

    @cached_property
    def kind(self) -> RuleKind:
        """The field of the address, if the element has it."""
        field = self.kwargs["field"]
        if field not in set(RuleKind) or not hasattr(self.element, field):
            raise Http404
        return RuleKind(field)

    @property
    def spot(self) -> Spot:
        """Where the expression stands."""
        reader = self.reader
        return Spot(reader.form, self.element, self.kind, reader.language)


class ConditionView(FieldMixin, View):
    """The dialog. A POST says what was chosen or typed so far, and is answered by the dialog with
    sentence, parts, expression and problems in step. Nothing is stored: the browser sends the
    expression as an edit.
    """

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """The expression as it stands in the draft."""
        return self._of_text(request, str(getattr(self.element, self.kind)))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """What somebody chose: the parts, with one added or removed, or the text."""
        try:
            body = read_body(request)
        except EditUnreadable as refusal:
            return refusal_answer(refusal)
        if isinstance(text := body.get("text"), str):
            return self._of_text(request, text[:MOST_TEXT])
        given = body.get("condition")
        group = DraftedGroup.read(given if isinstance(given, dict) else {})
        group, focus = _changed(group, str(body.get("do")), path_of(str(body.get("at"))))
        return self._of_parts(request, fitted(self.spot, group), focus)

    def _of_text(self, request: HttpRequest, text: str) -> HttpResponse:
        group = drafted_of(self.spot, text) if self.kind in CONDITIONS else None
        if flag(text) is not None:
            group = DraftedGroup()
        return self._answer(request, text, group, "")

    def _of_parts(self, request: HttpRequest, group: DraftedGroup, focus: str) -> HttpResponse:
        try:
            text = text_of(self.spot, group)
        except Incomplete:
            return self._answer(request, None, group, focus)
        return self._answer(request, text, group, focus)

    def _answer(
        self, request: HttpRequest, text: str | None, group: DraftedGroup | None, focus: str
    ) -> HttpResponse:
        """The dialog. ``text`` is None while the parts make no expression yet."""
        spot = self.spot
        compiled = spot.compile(text) if text and text.strip() and flag(text) is None else None
        problems = [
            (
                WORDS.get(each.code, each.code),
                each.name,
                advice_in_words(each.advice),
                each.severity,
            )
            for each in (compiled.problems if compiled else ())
        ]
        return render(
            request,
            DIALOG,
            {
                "element": self.element,
                "called": spot.label(self.element.name),
                "kind": self.kind,
                "kind_word": KINDS[self.kind][0],
                "is_check": self.kind in CHECKS,
                "is_condition": self.kind in CONDITIONS,
                "seen": str(getattr(self.element, self.kind)),
                "text": text,
                "group": box_of(spot, group) if group is not None else None,
                "tokens": sentence(spot, text) if text else (),
                "problems": [
                    (
                        str(words) % {"name": name},
                        advice,
                        "bad" if severity is Severity.ERROR else "warn",
                    )
                    for words, name, advice, severity in problems
                ],
                "focus": focus,
            },
        )


class ConditionNamesView(FieldMixin, View):
    """What the expression may speak of, searched."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> JsonResponse:
        """At most twenty, the best first."""
        is_subject = request.GET.get("role") != "value"
        found = find(self.spot, request.GET.get("q", "")[:200], is_subject=is_subject)
        told = [
            {"expression": each.expression, "name": each.name, "label": each.label}
            for each in found
        ]
        return JsonResponse({"found": told}, json_dumps_params={"ensure_ascii": False})


def _changed(group: DraftedGroup, do: str, at: tuple[int, ...]) -> tuple[DraftedGroup, str]:
    """The parts after a button, and the id of what takes the focus."""
    if do == "remove":
        return removed(group, at), "condition-add"
    if do not in {"add_term", "add_group"}:
        return group, ""
    where = dict(walk(group)).get(at)
    if not isinstance(where, DraftedGroup):
        return group, ""
    part = DraftedTerm() if do == "add_term" else DraftedGroup(parts=(DraftedTerm(),))
    path = ".".join(str(step) for step in (*at, len(where.parts)))
    focus = f"c-{path}-subject" if do == "add_term" else f"c-{path}.0-subject"
    return added(group, at, part), focus
