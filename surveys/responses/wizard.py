"""The steps of filling in: one section a step, on a storage that is the response's draft.

The step comes from the URL and is never stored, because a shared draft has no "current" step. What a
step stores are edits of cells; what it reads is the draft itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from formtools.wizard.storage.base import BaseStorage
from formtools.wizard.views import NamedUrlWizardView

from surveys.engine import FormState
from surveys.organisations.models import User
from surveys.responses.forms import SectionForm
from surveys.responses.services import CellEdit, SaveOutcome


@dataclass(slots=True)
class WizardDraft:
    """What the wizard works on: the form state, and how edits are saved."""

    state: FormState
    language: str
    save: Callable[[list[CellEdit]], SaveOutcome]
    actor: User
    outcome: SaveOutcome | None = None


class DraftStorage(BaseStorage):  # type: ignore[misc]  # formtools has no types
    """formtools' storage over the draft: steps are saved as edits, nothing else is kept."""

    def __init__(self, prefix: str, request: Any = None, file_storage: Any = None) -> None:
        super().__init__(prefix, request, file_storage)
        self.draft: WizardDraft = request.draft
        self._step: str = request.resolver_match.kwargs["step"]

    def _get_current_step(self) -> str:
        return self._step

    def _set_current_step(self, step: str) -> None:
        self._step = step

    def _get_extra_data(self) -> dict[str, Any]:
        return {}

    def init_data(self) -> None:
        """Nothing: the draft exists."""

    def reset(self) -> None:
        """Nothing: a draft is not thrown away."""

    def get_step_data(self, _step: str) -> None:
        """None: pages are drawn from the draft."""

    def set_step_data(self, _step: str, cleaned_data: list[CellEdit]) -> None:
        """Save the edits of a step."""
        if cleaned_data:
            self.draft.outcome = self.draft.save(cleaned_data)
            self.draft.state = self.draft.outcome.state

    def get_step_files(self, _step: str) -> None:
        """None: a section carries no files."""

    def set_step_files(self, _step: str, _files: Any) -> None:
        """Nothing: a section carries no files."""


class SectionWizard(NamedUrlWizardView):  # type: ignore[misc]  # formtools has no types
    """One section a page, in any order; irrelevant sections are no steps."""

    form_list: Any = [("section", SectionForm)]
    storage_name = "surveys.responses.wizard.DraftStorage"
    url_name = "section"
    done_step_name = "-"

    @classmethod
    def as_view(cls, **kwargs: Any) -> Any:
        """formtools asks for the URL's name at this point."""
        return super().as_view(**{"url_name": cls.url_name, **kwargs})

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.draft = request.draft = self.get_draft()
        sections = self.draft.state.form.sections
        self.form_list = {section.name: SectionForm for section in sections}
        self.condition_dict = {
            section.name: self._is_relevant(section.name) for section in sections
        }
        return super().dispatch(request, *args, **kwargs)

    def get_draft(self) -> WizardDraft:
        """The draft to fill in."""
        raise NotImplementedError

    def get_prefix(self, _request: Any, *_args: Any, **_kwargs: Any) -> str:
        return "section"

    def get_form_prefix(self, _step: str | None = None, _form: Any = None) -> str:
        return ""

    def get_form_kwargs(self, _step: str | None = None) -> dict[str, Any]:
        return {"form": self.draft.state.form, "language": self.draft.language}

    def process_step(self, form: forms.Form) -> list[CellEdit]:
        assert isinstance(form, SectionForm)
        return form.edits()

    def get_step_url(self, step: str) -> str:
        return reverse(self.url_name, kwargs={**self.kwargs, "step": step})

    def render_next_step(self, form: forms.Form, **kwargs: Any) -> Any:
        is_gone = self.steps.current not in self.get_form_list()
        return self.after_saving(form, self.done if is_gone else super().render_next_step, **kwargs)

    def render_done(self, form: forms.Form, **kwargs: Any) -> Any:
        return self.after_saving(form, self.done, **kwargs)

    def after_saving(self, form: forms.Form, go_on: Callable[..., Any], **kwargs: Any) -> Any:
        """Go on, unless somebody must look at what could not be stored."""
        outcome = self.draft.outcome
        if outcome and (outcome.conflicts or outcome.refused):
            return self.render(form)
        return go_on(form, **kwargs)

    def _is_relevant(self, section: str) -> Callable[[Any], bool]:
        def condition(wizard: "SectionWizard") -> bool:
            return wizard.draft.state.is_relevant(section)

        return condition
