"""The settings of letters."""

from collections.abc import Sequence

from django import forms

from openrenda.kernel.text import N_

from .selectors import TopicChoice


class PreferencesForm(forms.Form):
    """One tick per topic."""

    topics = forms.MultipleChoiceField(label=N_("哪些事项同时发邮件"), required=False)

    def __init__(self, choices: Sequence[TopicChoice], data: object = None) -> None:
        super().__init__(data, initial={"topics": [each.topic for each in choices if each.wanted]})  # type: ignore[arg-type]  # QueryDict or None
        self._all = [each.topic for each in choices]
        self.fields["topics"].choices = [(each.topic, each.label) for each in choices]  # type: ignore[attr-defined]  # a choice field has them

    def wanted(self) -> dict[str, bool]:
        """Each topic and whether it was ticked."""
        return {topic: topic in self.cleaned_data["topics"] for topic in self._all}
