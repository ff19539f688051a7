"""How a person wants to be told."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from surveys.inbox.enums import NoticeKind, Way
from surveys.inbox.kinds import KINDS
from surveys.inbox.queries import ALL_KINDS

PREFIX: Final = "way_"


class PreferencesForm(forms.Form):
    """One choice for all kinds, one for each kind, the hour and the language of mails.

    ``initial`` holds ``ways`` by kind ("" for all), ``hour`` and ``language``.
    """

    hour = forms.TypedChoiceField(
        label=_("Hour of the mail"),
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
    )
    language = forms.ChoiceField(label=_("Language of mails"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = kwargs["initial"]
        kwargs["initial"] = {
            **initial,
            **{_name(kind): way for kind, way in initial["ways"].items()},
        }
        super().__init__(*args, **kwargs)
        self.fields[_name(ALL_KINDS)] = forms.ChoiceField(
            label=_("All notices"),
            required=False,
            choices=[("", gettext_lazy("As recommended for each kind")), *Way.choices],
        )
        for kind in NoticeKind:
            self.fields[_name(kind)] = forms.ChoiceField(
                label=kind.label,
                required=False,
                choices=[("", _as_usual(kind, initial["ways"])), *Way.choices],
            )
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    @property
    def for_all(self) -> forms.BoundField:
        """The choice that holds for every kind without an own one."""
        return self[_name(ALL_KINDS)]

    @property
    def by_kind(self) -> list[forms.BoundField]:
        """The choices of single kinds."""
        return [self[_name(kind)] for kind in NoticeKind]

    def ways(self) -> dict[str, str]:
        """The choices by kind."""
        return {kind: self.cleaned_data[_name(kind)] for kind in (ALL_KINDS, *NoticeKind)}


def _name(kind: str) -> str:
    return f"{PREFIX}{kind}"


def _as_usual(kind: NoticeKind, ways: dict[str, str]) -> str:
    if chosen := ways.get(ALL_KINDS):
        return gettext("As for all: %(way)s") % {"way": Way(chosen).label}
    return gettext("Recommended: %(way)s") % {"way": KINDS[kind].way.label}
