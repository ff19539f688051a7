"""The lazy, memoised reading of answers through a form."""

from decimal import ROUND_DOWN
from typing import Final

from surveys.engine.answers import coerced
from surveys.engine.documents import (
    is_repeat,
    path_of,
)
from surveys.engine.expressions import Compiled, EvaluationError, Scope, Value
from surveys.engine.expressions.values import number_of, truth_of
from surveys.engine.form import Part, has_value_rule
from surveys.engine.model import Choice, Group, Question
from surveys.engine.recorded import Recorded

MAX_ROWS: Final = 1_000
DEEP: Final = 1
"""What stands further up than this is worked out from below, so that no chain is too long."""


class Evaluation(Recorded):
    """Reads values, relevance, rows and choices; what was worked out once is kept."""

    def read(self, name: str, row: str | None) -> Value:
        """One answer as expressions see it."""
        memo = self.values.get(name)
        if memo is None:
            memo = self.values[name] = {}
        elif row in memo:
            value: Value = memo[row]
            return value
        part = self.form.parts[name]
        if part.level > DEEP:
            self.work_out_below(part, row)
        value = None
        if part.closed is None or not self.is_closed(part, row):
            value = self.open_value(part, row)
        memo[row] = value
        return value

    def read_open(self, name: str, row: str | None) -> Value:
        """One cell as if it were not closed."""
        part = self.form.parts[name]
        return self.read(name, row) if part.closed is None else self.open_value(part, row)

    def read_all(self, name: str) -> tuple[Value, ...]:
        """The answers of every active row."""
        return tuple(self.read(name, row) for row in self.row_ids(self.form.parts[name].owner))

    def open_value(self, part: Part, row: str | None) -> Value:
        """The value, closed or not."""
        if part.guards and not self.is_shown(part, row):
            return None
        if (rule := part.calculation) is not None:
            return self.computed(part, rule, row)
        return self.given(part, row)

    def computed(self, part: Part, rule: Compiled, row: str | None) -> Value:
        """What the calculation gives."""
        dot = self.given(part, row) if rule.is_once else None
        value = self.run(part, "calculation", row, dot)
        return coerced(part.question.kind, value)

    def work_out_below(self, part: Part, row: str | None) -> None:
        """Evaluate what the element hangs on, the lowest first, so that nothing recurses far."""
        if self.is_working_below:
            return
        self.is_working_below = True
        for name in self.unknown_below(part, row):
            below = self.form.parts[name]
            if not below.owner or below.owner == part.owner:
                self.touch(below, row if below.owner else None)
            else:
                for each in self.row_ids(below.owner):
                    self.touch(below, each)
        self.is_working_below = False

    def unknown_below(self, part: Part, row: str | None) -> list[str]:
        """What an expression decides below the element and is not worked out yet, lowest first.

        What is known is not gone through again: a chain costs its length, however it is read.
        """
        needs = self.form.needs
        found, waiting = set[str](), [part.name]
        while waiting:
            new = {
                name for name in needs[waiting.pop()] - found if not self.is_known(name, part, row)
            }
            found |= new
            waiting.extend(new)
        ruled = (name for name in found if has_value_rule(self.form.parts[name].rules))
        return sorted(ruled, key=self.form.order.__getitem__)

    def is_known(self, name: str, reader: Part, row: str | None) -> bool:
        """Whether an element was worked out in all rows that the reader in ``row`` may ask for."""
        below = self.form.parts[name]
        if not isinstance(below.element, Question | Group):
            return name in self.active
        memo = (self.values if isinstance(below.element, Question) else self.shown).get(name)
        if memo is None:
            return False
        if not below.owner or below.owner == reader.owner:
            return (row if below.owner else None) in memo
        rows = self.active.get(below.owner)
        return rows is not None and len(memo) >= len(rows)

    def touch(self, part: Part, row: str | None) -> None:
        """Evaluate an element, to be kept."""
        if isinstance(part.element, Question):
            self.read(part.name, row)
        elif isinstance(part.element, Group):
            self.is_shown(part, row)
        else:
            self.row_ids(part.name)

    def run(self, part: Part, rule: str, row: str | None, dot: Value = None) -> Value:
        """What one of the element's rules gives; an impossible value is kept as a failure."""
        try:
            return part.rules[rule].run(Scope(self, row, dot))
        except EvaluationError as failure:
            self.failures[path_of(part, row)] = failure
            return None

    def is_shown(self, part: Part, row: str | None) -> bool:
        """Whether the element and everything around it is relevant."""
        for guard in part.guards:
            memo = self.shown.setdefault(guard.name, {})
            at = row if guard.is_in_row else None
            if at not in memo:
                own = self.form.parts[guard.name]
                if own.level > DEEP:
                    self.work_out_below(own, at)
                memo[at] = truth_of(self.run(own, "relevant", at))
            if not memo[at]:
                return False
        return True

    def is_closed(self, part: Part, row: str | None) -> bool:
        """Whether the table cell is greyed."""
        if part.closed is None:
            return False
        try:
            return truth_of(part.closed.run(Scope(self, row, part.name)))
        except EvaluationError as failure:
            self.failures[path_of(part, row)] = failure
            return False

    def is_true(self, part: Part, rule: str, row: str | None) -> bool:
        """Whether a condition such as ``required`` holds."""
        return rule in part.rules and truth_of(self.run(part, rule, row))

    def row_ids(self, owner: str) -> tuple[str, ...]:
        """The active rows of a repeat or table; none while it is not relevant."""
        known = self.active.get(owner)
        if known is None:
            part = self.form.parts[owner]
            if part.guards and not self.is_shown(part, None):
                known = ()
            elif is_repeat(part):
                known = self.repeat_ids(part)
            else:
                known = self.form.row_codes(owner)
            self.active[owner] = known
        return known

    def repeat_ids(self, part: Part) -> tuple[str, ...]:
        """The rows of a repeat: those stored, as many as ``repeat_count`` says."""
        stored = tuple(self.stored_rows(part.name))
        if "repeat_count" not in part.rules:
            return stored
        count = number_of(self.run(part, "repeat_count", None))
        wanted = 0 if count is None else int(count.to_integral_value(ROUND_DOWN))
        wanted = max(0, min(wanted, MAX_ROWS))
        taken, number = list(stored[:wanted]), 0
        while len(taken) < wanted:
            number += 1
            if (row := str(number)) not in self.stored_rows(part.name):
                taken.append(row)
        return tuple(taken)

    def missing_code(self, name: str, row: str | None) -> str | None:
        """Why there is no figure; blank where the question is not relevant."""
        if not self.silent:
            return None
        part = self.form.parts[name]
        remark = self.remarks.get(path_of(part, row))
        code = remark.get("missing") if remark else None
        return code if code and self.is_shown(part, row) else None

    def known_choices(self, part: Part) -> tuple[Choice, ...]:
        """Every choice of the question: its list, and "other" where it takes that too."""
        return self.form.choices_of(part.question)

    def choices(self, part: Part, row: str | None) -> tuple[Choice, ...]:
        """The choices on offer, after ``choice_filter``."""
        known = self.known_choices(part)
        if not known or "choice_filter" not in part.rules:
            return known
        memo = self.offered.setdefault(part.name, {})
        if row not in memo:
            memo[row] = self.filtered(part, row, known)
        offered: tuple[Choice, ...] = memo[row]
        return offered

    def filtered(
        self, part: Part, row: str | None, choices: tuple[Choice, ...]
    ) -> tuple[Choice, ...]:
        """The choices for which the filter holds."""
        rule, scope = part.rules["choice_filter"], Scope(self, row, self.read(part.name, row))
        places = rule.candidates(scope) if rule.candidates is not None else None
        rows = self.form.names.tables[part.question.list_name].rows
        kept = []
        for place in range(len(rows)) if places is None else places:
            scope.item = rows[place]
            try:
                if truth_of(rule.run(scope)):
                    kept.append(choices[place])
            except EvaluationError as failure:
                self.failures[path_of(part, row)] = failure
        kept.extend(choices[len(rows) :])  # "other" stands in no list and passes every filter
        return tuple(kept)
