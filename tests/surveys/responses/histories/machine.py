"""Two to five people at forty places: they type, lose the network, come back, undo, send, return.

What must hold in the end, whatever came between: every edit that was acknowledged stands in the
document, or was overwritten by somebody who had it before their eyes; of every other one its author
was told; and the history of the cells leads to the document without a gap.
"""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from surveys.engine import Cell
from surveys.models import AnswerChange, Response
from surveys.organisations.enums import MembershipRole
from surveys.responses import services
from surveys.responses.queries import state_of
from surveys.responses.workflow import EDITABLE
from tests.factories import member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft, open_assignment
from tests.surveys.responses.histories.editor import Answer, Editor
from tests.surveys.responses.histories.questionnaire import DEFINITION, MANY, PATHS

SKILLS: st.SearchStrategy[Answer] = st.lists(
    st.sampled_from(["data", "cloud", "security"]), unique=True, max_size=3
)
TEXTS: st.SearchStrategy[Answer] = st.sampled_from(["1", "2", "12", "1.234,5", "một", "", "7"])
# Most people work at the same few cells, or they would never meet.
PLACES = st.one_of(st.just(PATHS[0]), st.sampled_from(PATHS[:4]), st.sampled_from(PATHS))


def answers(path: str) -> st.SearchStrategy[Answer]:
    """What somebody may enter there."""
    return SKILLS if path in MANY else TEXTS


class Draft(RuleBasedStateMachine):
    """One draft and the browsers at it."""

    @initialize(number=st.integers(2, 5))
    def people_open_the_page(self, number: int) -> None:
        self.undoing = transaction.atomic()
        self.undoing.__enter__()
        self.response: Response = draft(open_assignment(DEFINITION))
        agency = self.response.assignment.agency
        people = [member(agency, MembershipRole.CONTRIBUTOR) for _ in range(number)]
        self.signatory = member(agency, MembershipRole.SIGNATORY)
        self.editors = [Editor(person, self.response) for person in people]

    def teardown(self) -> None:
        """Everybody comes back and sends; then the books are compared, and nothing stays."""
        if not hasattr(self, "editors"):
            return
        try:
            self.everybody_comes_back()
            self.compare()
        finally:
            transaction.set_rollback(True)
            self.undoing.__exit__(None, None, None)

    @rule(who=st.integers(0, 4), path=PLACES, is_live=st.booleans(), data=st.data())
    def type(self, who: int, path: str, *, is_live: bool, data: st.DataObject) -> None:
        editor = self.editor(who)
        if is_live and editor.is_online:
            editor.load()
        editor.type(path, data.draw(answers(path)))
        editor.send()

    @rule(who=st.integers(0, 4), path=PLACES, data=st.data())
    def type_and_lose_the_answer(self, who: int, path: str, data: st.DataObject) -> None:
        editor = self.editor(who)
        editor.type(path, data.draw(answers(path)))
        editor.send(loses_answer=True)

    @rule(who=st.integers(0, 4))
    def lose_the_network(self, who: int) -> None:
        self.editor(who).is_online = False

    @rule(who=st.integers(0, 4))
    def come_back(self, who: int) -> None:
        editor = self.editor(who)
        editor.is_online = True
        editor.send()

    @rule(who=st.integers(0, 4))
    def load_the_page_anew(self, who: int) -> None:
        editor = self.editor(who)
        if editor.is_online:
            editor.load()
            editor.send()

    @rule(who=st.integers(0, 4))
    def undo(self, who: int) -> None:
        """Type back what stood there before one's own last edit."""
        editor = self.editor(who)
        if editor.stored:
            last = editor.stored[-1]
            editor.type(last.path, _text(last.before, last.path))
            editor.send()

    @precondition(lambda self: self.status in EDITABLE)
    @rule()
    def send_for_signature(self) -> None:
        if not any(typed for typed in Response.objects.get(pk=self.response.pk).typed.values()):
            services.send_for_signature(self.response, actor=None, at=NOW)

    @precondition(lambda self: self.status not in EDITABLE)
    @rule()
    def give_back(self) -> None:
        services.return_to_draft(self.response, actor=self.signatory, at=NOW, reason="Sửa lại.")

    @invariant()
    def nothing_changes_behind_a_lock(self) -> None:
        if hasattr(self, "editors") and self.status not in EDITABLE:
            sent = self.response.revisions.order_by("-number").first()
            assert sent is not None
            stored = Response.objects.get(pk=self.response.pk)
            assert services.is_intact(sent)
            assert AnswerChange.objects.filter(response=stored, at__gt=sent.at).count() == 0

    @property
    def status(self) -> str:
        """Where the answers stand now."""
        if not hasattr(self, "editors"):
            return ""
        return Response.objects.get(pk=self.response.pk).assignment.status

    def editor(self, who: int) -> Editor:
        """One of those who are there."""
        return self.editors[who % len(self.editors)]

    def everybody_comes_back(self) -> None:
        for editor in self.editors:
            editor.is_online = True
            editor.send()
            assert editor.queue == []

    def compare(self) -> None:
        """The books of the browsers against what the server stored."""
        written = list(AnswerChange.objects.filter(response=self.response).order_by("number"))
        by_id = {change.edit_id: change for change in written}
        stored = {edit.edit_id: edit for editor in self.editors for edit in editor.stored}
        told = {edit.edit_id: edit for editor in self.editors for edit in editor.told}
        assert stored.keys() <= by_id.keys(), "an acknowledged edit is not in the history"
        assert not stored.keys() & told.keys(), "an edit was stored and refused"
        assert all(not by_id[name].changes for name in told.keys() & by_id.keys())

        cells: dict[str, Cell] = {path: Cell() for path in PATHS}
        for change in written:
            for path, old, new in change.changes:
                before, after = _cell(old), _cell(new)
                assert _same(before, cells[path]), f"a gap in the history of {path}"
                edit = stored[change.edit_id]
                if path in MANY:
                    assert set(_words(after)) == _merged(edit.before, edit.value, before)
                else:
                    assert _same(before, edit.before) or _same(after, before), (
                        f"{path}: {edit.edit_id} overwrote {before}, its author had seen {edit.before}"
                    )
                cells[path] = after
        document = state_of(Response.objects.get(pk=self.response.pk), at=NOW)
        for path in PATHS:
            assert _same(document.cell(path), cells[path]), f"{path} is not what was last written"


def _cell(data: dict[str, Any]) -> Cell:
    return Cell(value=data["value"], missing=data["missing"], typed=data["typed"])


def _same(one: Cell, other: Cell) -> bool:
    return set(_words(one)) == set(_words(other))


def _words(cell: Cell) -> Iterator[str]:
    """What stands in a cell, as its author wrote it or as it was read."""
    if isinstance(cell.value, list):
        yield from cell.value
    elif cell.value or cell.typed:
        yield (cell.typed or str(cell.value)).replace("1.234,5", "1234.5")


def _text(cell: Cell, path: str) -> Answer:
    if path in MANY:
        return list(cell.value) if isinstance(cell.value, list) else []
    return cell.typed or str(cell.value or "")


def _merged(seen: Cell, wanted: Answer, before: Cell) -> set[str]:
    """Items added and removed, over what stands there now."""
    known, now = set(_words(seen)), set(_words(before))
    return (now | (set(wanted) - known)) - (known - set(wanted))
