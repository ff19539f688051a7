"""What a person types about an item."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.questionnaires.question_library.models import TOPIC_LENGTH, LibraryItem
from surveys.questionnaires.question_library.services import Description

LANGUAGES: Final = ("vi", "en")
TITLE_LENGTH: Final = 300
TAGS_LENGTH: Final = 1_000


class DescriptionForm(forms.Form):
    """Title, topic and tags. The title falls away where several elements are kept at once."""

    title_vi = forms.CharField(label=_("Title in Vietnamese"), max_length=TITLE_LENGTH)
    title_en = forms.CharField(label=_("Title in English"), max_length=TITLE_LENGTH, required=False)
    topic = forms.CharField(
        label=_("Topic"),
        max_length=TOPIC_LENGTH,
        required=False,
        help_text=_("Items of one topic stand together, for example “Human resources”."),
    )
    tags = forms.CharField(
        label=_("Tags"),
        max_length=TAGS_LENGTH,
        required=False,
        help_text=_("Words to find it by, with commas between them."),
    )

    def __init__(
        self, *args: Any, topics: list[str], is_several: bool = False, **kwargs: Any
    ) -> None:
        kwargs["auto_id"] = "item-%s"
        super().__init__(*args, **kwargs)
        self.topics = topics
        if is_several:
            del self.fields["title_vi"], self.fields["title_en"]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
        self.fields["topic"].widget.attrs["list"] = "item-topics"

    def description(self, title: dict[str, str] | None = None) -> Description:
        """What was typed; ``title`` where the form asks for none."""
        typed = self.cleaned_data
        own = {language: typed.get(f"title_{language}", "") for language in LANGUAGES}
        return Description(title or own, typed["topic"], typed["tags"].split(","))


def initial_of(item: LibraryItem) -> dict[str, str]:
    """The fields of an item as they are."""
    titles = {f"title_{language}": item.title.get(language, "") for language in LANGUAGES}
    return {**titles, "topic": item.topic, "tags": ", ".join(item.tags)}
