"""Which register, from which file; which column is what."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from openrenda.exchange.incoming.plan import SheetPlan, remapped
from openrenda.exchange.values import ImportKind
from openrenda.kernel.text import N_

UNUSED = N_("（不用这一列）")


class UploadForm(forms.Form):
    """A kind that is open to this reader, and a file."""

    kind = forms.ChoiceField(
        label=N_("导入什么"),
        error_messages={"required": N_("请选择一种台账。"), "invalid_choice": N_("请从列表中选择。")},
    )
    file = forms.FileField(
        label=N_("文件"),
        allow_empty_file=True,
        error_messages={"required": N_("请选择要导入的文件。"), "invalid": N_("请选择要导入的文件。")},
        help_text=N_("Excel（.xlsx）或 CSV，不超过 20 MB。表头可以有几行标题、合并单元格，列名写法不限。"),
    )

    def __init__(self, *args: Any, kinds: Sequence[ImportKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.name, kind.label) for kind in kinds]


class MappingForm(forms.Form):
    """For each sheet whether it comes in, and for each of its columns which field it is."""

    def __init__(self, *args: Any, plans: Sequence[SheetPlan], kind: ImportKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plans, self.kind = plans, kind
        choices = [("", UNUSED), *((column.key, column.label) for column in kind.columns)]
        for number, plan in enumerate(plans):
            if not plan.labels:
                continue
            self.fields[f"take-{number}"] = forms.BooleanField(
                label=N_("导入这张表"), required=False, initial=plan.is_taken
            )
            for index, label in _columns(plan):
                self.fields[f"column-{number}-{index}"] = forms.ChoiceField(
                    label=label, choices=choices, required=False, initial=plan.key_at(index)
                )

    def sheets(self) -> list[tuple[SheetPlan, Any, list[Any]]]:
        """(plan, whether it comes in, its columns) for the page; sheets without any header have no columns."""
        return [
            (
                plan,
                self[f"take-{number}"] if plan.labels else None,
                [self[f"column-{number}-{index}"] for index, _ in _columns(plan)],
            )
            for number, plan in enumerate(self.plans)
        ]

    def chosen(self) -> list[SheetPlan]:
        """The plans as chosen; raises BadMapping for a field that two columns were given."""
        return [self._chosen(number, plan, self.cleaned_data) for number, plan in enumerate(self.plans)]

    def _chosen(self, number: int, plan: SheetPlan, data: Mapping[str, Any]) -> SheetPlan:
        if not plan.labels:
            return plan
        columns = {index: data[f"column-{number}-{index}"] for index, _ in _columns(plan)}
        return remapped(plan, columns, self.kind, taken=data[f"take-{number}"])


def _columns(plan: SheetPlan) -> list[tuple[int, str]]:
    return [(index, label) for index, label in enumerate(plan.labels) if label]
