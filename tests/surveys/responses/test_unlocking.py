"""A return opens what it cites, and nothing else."""

import json
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.engine import Definition, Group, Kind, Question
from surveys.models import Response
from surveys.responses.enums import RevisionKind
from surveys.responses.queries import state_of
from surveys.responses.services import (
    CellEdit,
    CitedUnknown,
    DocumentSource,
    Edit,
    NotCited,
    add_evidence,
    add_row,
    return_to_draft,
    save_cells,
    send_for_signature,
)
from surveys.responses.services.drafts import lock
from surveys.responses.services.freezing import FROZEN, freeze
from tests.factories import UserFactory
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import (
    DEFINITION,
    draft,
    finished,
    open_assignment,
    save,
    seen,
)
from tests.surveys.responses.signoff.chains import NOBODY_NOW

pytestmark = pytest.mark.django_db


def returned(*cited: str) -> Response:
    """A finished response that was sent and returned for these questions."""
    response = finished()
    send_for_signature(response, **NOBODY_NOW)
    return_to_draft(
        response,
        actor=UserFactory(),
        at=NOW,
        reason="Đối chiếu lại",
        cited=dict.fromkeys(cited, ""),
    )
    response.refresh_from_db()
    return response


CASES = [
    (["women"], CellEdit("women", "3", seen=seen("4")), ""),
    (["women"], CellEdit("staff", "11", seen=seen("10")), "not_cited"),
    (["women"], CellEdit("note", "Bổ sung"), "not_cited"),
    (["people"], CellEdit("staff", "11", seen=seen("10")), ""),
    (["budget"], CellEdit("budget/oda/planned", "7", seen=seen("12.5")), ""),
    (["budget/oda/planned"], CellEdit("budget/oda/planned", "7", seen=seen("12.5")), ""),
    (["budget/oda/planned"], CellEdit("budget/oda/loan", "7"), "not_cited"),
    (["budget/oda"], CellEdit("budget/oda/loan", "7"), ""),
    ([], CellEdit("note", "Bổ sung"), ""),
]


@pytest.mark.parametrize(("cited", "edit", "code"), CASES)
def test_an_answer_changes_only_where_the_return_cites_it(cited, edit, code):
    outcome = save(returned(*cited), "fix", edit)

    assert [refused.code for refused in outcome.refused] == ([code] if code else [])


def test_an_explanation_of_another_answer_is_not_changed_either():
    outcome = save(returned("women"), "fix", CellEdit("staff", explanation="Giải trình"))

    assert [refused.code for refused in outcome.refused] == ["not_cited"]


def test_rows_come_and_go_only_in_a_cited_list():
    with pytest.raises(NotCited):
        add_row(returned("women"), repeat="contacts", edit_id="row", **NOBODY_NOW)

    assert add_row(returned("contacts"), repeat="contacts", edit_id="row", **NOBODY_NOW).row


def test_evidence_is_put_behind_cited_answers_only():
    with pytest.raises(NotCited):
        add_evidence(
            returned("women"),
            path="staff",
            source=DocumentSource(number="1"),
            edit=Edit(edit_id="proof", actor=None, at=NOW),
        )


def test_only_questions_of_the_form_are_cited():
    with pytest.raises(CitedUnknown):
        returned("khong_co")


def test_a_second_return_opens_what_it_cites_itself():
    response = returned("women")
    send_for_signature(response, **NOBODY_NOW)
    return_to_draft(response, actor=UserFactory(), at=NOW, reason="Sai", cited={"staff": "Đếm lại"})

    outcome = save(
        response,
        "fix",
        CellEdit("staff", "11", seen=seen("10")),
        CellEdit("women", "3", seen=seen("4")),
    )

    assert [refused.path for refused in outcome.refused] == ["women"]


CONDITIONAL = Definition(
    code="co-dieu-kien",
    title={"vi": "Có điều kiện"},
    children=(
        Group(
            name="a",
            label={"vi": "A"},
            children=(
                Question(name="has", kind=Kind.INTEGER, label={"vi": "Có"}, required="yes"),
                Question(
                    name="how_many",
                    kind=Kind.INTEGER,
                    label={"vi": "Bao nhiêu"},
                    relevant="${has} = 1",
                    required="yes",
                ),
                Question(name="free", kind=Kind.TEXT, label={"vi": "Khác"}),
            ),
        ),
    ),
)


def test_a_question_that_the_corrected_answer_brings_up_can_be_answered():
    response = draft(open_assignment(CONDITIONAL))
    save(response, "first", CellEdit("has", "0"))
    send_for_signature(response, **NOBODY_NOW)
    return_to_draft(response, actor=UserFactory(), at=NOW, reason="Sai", cited={"has": ""})

    outcome = save(
        response,
        "fix",
        CellEdit("has", "1", seen=seen("0")),
        CellEdit("how_many", "3"),
        CellEdit("free", "x"),
    )

    assert [refused.path for refused in outcome.refused] == ["free"]
    send_for_signature(response, **NOBODY_NOW)


PLACES = ["staff", "women", "note", "skills", "budget/oda/planned", "budget/state/planned"]
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "skills": st.lists(st.sampled_from(["data", "cloud", "security"]), unique=True, max_size=3),
    "note": st.text("abc", max_size=3),
}
EDITS = st.lists(
    st.sampled_from(PLACES).flatmap(
        lambda path: st.tuples(
            st.just(path), VALUES.get(path, st.integers(0, 50).map(str)), st.text("xy", max_size=2)
        )
    ),
    max_size=8,
)


def frozen(response: Response) -> dict[str, Any]:
    """What would be signed now."""
    content: dict[str, Any] = json.loads(
        freeze(lock(response, *FROZEN, at=NOW), kind=RevisionKind.SENT, **NOBODY_NOW).canonical
    )
    return content


def cells(content: dict[str, Any]) -> dict[str, Any]:
    """Answers and remarks by place."""
    found: dict[str, Any] = {f"remark {p}": parts for p, parts in content["remarks"].items()}
    for name, value in content["answers"].items():
        if isinstance(value, dict):
            found |= {f"{name}/{row}/{c}": v for row, cs in value.items() for c, v in cs.items()}
        else:
            found[name] = value
    return found


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cited=st.sets(st.sampled_from(["staff", "women", "note", "skills", "budget"]), min_size=1),
    edits=EDITS,
    adds_row=st.booleans(),
)
def test_after_a_return_only_the_cited_answers_and_what_is_computed_from_them_differ(
    db, cited, edits, adds_row
):
    with transaction.atomic():
        response = returned(*cited)
        before = cells(frozen(response))
        for number, (path, value, words) in enumerate(edits):
            now = state_of(Response.objects.get(pk=response.pk), at=NOW).cell(path)
            edit = CellEdit(path, value, seen=now, explanation=words)
            save_cells(response, edit_id=f"e{number}", edits=[edit], **NOBODY_NOW)
        if adds_row:
            with suppress(NotCited):
                add_row(response, repeat="contacts", edit_id="row", **NOBODY_NOW)
        after = cells(frozen(response))
        form = state_of(response, at=NOW).form
        transaction.set_rollback(True)

    differ = {place for place in before | after if before.get(place) != after.get(place)}
    may_differ = {name for each in cited for name in form.downstream(each)}
    assert {place.removeprefix("remark ").split("/")[0] for place in differ} <= cited | (
        may_differ & {"men"}
    )


def test_the_small_questionnaire_computes_something():
    assert "men" in {element.name for element in DEFINITION.elements()}
