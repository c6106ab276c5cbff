"""Why a list leaves the house."""

from django import forms

from openrenda.kernel.text import N_


class ReasonForm(forms.Form):
    """The reason is asked for where the list holds personal data."""

    reason = forms.CharField(
        label=N_("导出理由"),
        max_length=200,
        error_messages={"required": N_("请写明导出理由。")},
        help_text=N_("写明用在哪里、交给谁。理由、筛选条件和行数会记入操作记录。"),
    )

    def __init__(self, *args: object, is_asked: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments
        if not is_asked:
            del self.fields["reason"]

    @property
    def reason_given(self) -> str:
        """What was typed; "" where nothing is asked."""
        return str(self.cleaned_data.get("reason", ""))
