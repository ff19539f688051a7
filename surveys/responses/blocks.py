"""Many cells of a page in a single save: a pasted block, blanks filled with 0, what is undone."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from surveys.responses.enums import Channel
from surveys.responses.forms import PARTS, cell_edit, clean_text
from surveys.responses.services import CellEdit

CHANNELS: Final = (Channel.FORM, Channel.PASTE, Channel.ZEROS, Channel.UNDO)
MOST_CELLS: Final = 5_000
"""The most that a page sends at once; a table of the largest questionnaire has fewer cells."""


class JSONText(forms.JSONField):
    """Also a number of more digits than Python reads is no JSON here, and no failure of ours."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as failure:
            raise forms.ValidationError("", code="unreadable") from failure


class BlockForm(forms.Form):
    """A block as autosave sends it: ``edits`` is a JSON list of ``{path, field, seen, value, many}``.

    ``value`` is a list of texts, each ``seen`` the signature that its own cell was shown with.
    """

    edit_id = forms.CharField(max_length=40)
    channel = forms.ChoiceField(choices=[(each.value, each.value) for each in CHANNELS])
    edits = JSONText()

    def clean_edits(self) -> list[CellEdit]:
        """The edits in their order; refuses the block as a whole where one of them is junk."""
        sent: object = self.cleaned_data["edits"]
        if not isinstance(sent, list) or not 0 < len(sent) <= MOST_CELLS:
            raise forms.ValidationError("", code="unreadable")
        edits = [_edit(each) for each in sent]
        if None in edits:
            raise forms.ValidationError("", code="unreadable")
        return [edit for edit in edits if edit is not None]


def _edit(sent: object) -> CellEdit | None:
    """One edit as it was sent; None where it is none."""
    if not isinstance(sent, Mapping) or not _is_plain(sent):
        return None
    texts = [clean_text(text) for text in sent["value"]]
    return cell_edit(
        path=sent["path"],
        part=sent["field"],
        signature=sent["seen"],
        value=[text for text in texts if text] if sent.get("many") else (texts or [""])[0],
    )


def _is_plain(sent: Mapping[str, Any]) -> bool:
    texts = sent.get("value")
    return (
        all(isinstance(sent.get(name), str) for name in ("path", "field", "seen"))
        and sent["field"] in PARTS
        and isinstance(texts, list)
        and all(isinstance(text, str) for text in texts)
    )
