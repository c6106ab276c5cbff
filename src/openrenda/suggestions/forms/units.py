"""Units at work: sign for, return, extension, contact; and who decides on them."""

from typing import Any

from openrenda.kernel import clock
from openrenda.kernel.text import N_
from openrenda.suggestions.states import IN_PERSON, ContactWay, CosignState, ExtensionReason, NudgeKind
from openrenda.ui.filters import t

from .base import ActForm, Ask, Day, Line, One, Pick, Text
from .review import unit_rows


class SignForForm(ActForm):
    """签收: who works on it, who answers for it."""

    clerk = Line(label=N_("承办人"), limit=60, required=False)
    responsible = Line(label=N_("分管负责人"), limit=60, required=False)


class UnitForm(ActForm):
    """Forms that choose a handling unit."""

    unit_id = Pick(label=N_("承办单位"))

    def prepare(self, ask: Ask) -> None:
        for name in {"unit_id", "wished_unit_id"} & self.fields.keys():
            self.fields[name].offer(unit_rows(ask.actor.congress_id))  # type: ignore[attr-defined]


class ReassignForm(UnitForm):
    """改派."""

    unit_id = Pick(label=N_("改由哪个单位办理"))
    reason = Text(label=N_("改派理由"), help_text=N_("法定期限不因改派重新计算。"))


class RequestReturnForm(ActForm):
    """申请退办 within ten days (R4)."""

    reason = Text(label=N_("为什么不属于本单位职责"), help_text=N_("请写明依据。单位之间不得自行转办。"))
    wished_unit_id = Pick(label=N_("建议改由"), required=False, empty=N_("（不提）"))

    def prepare(self, ask: Ask) -> None:
        self.fields["wished_unit_id"].offer(unit_rows(ask.actor.congress_id))  # type: ignore[attr-defined]


class GrantReturnForm(UnitForm):
    """同意退办, and to whom it goes."""

    unit_id = Pick(label=N_("改由哪个单位办理"))
    note = Text(label=N_("意见"), required=False, rows=2)

    def prepare(self, ask: Ask) -> None:
        super().prepare(ask)
        request = ask.part.return_request
        self.initial["unit_id"] = request.wished_unit_id if request else None


class FixUnitForm(UnitForm):
    """会商确定: both offices must name the same unit."""

    unit_id = Pick(
        label=N_("确定由哪个单位办理"), help_text=N_("代表工委和政府督查室指定同一单位后即告确定，不再退办。")
    )
    note = Text(label=N_("会商意见"), required=False, rows=2)


class RequestExtensionForm(ActForm):
    """申请延期, before the first date only."""

    reason = One(label=N_("延期原因"), of=ExtensionReason)
    note = Text(label=N_("具体说明"), help_text=N_("请写明已做了什么、为什么来不及、何时能答复。批准后系统告知代表。"))

    def values(self) -> dict[str, Any]:
        return {**super().values(), "reason": ExtensionReason(self.cleaned_data["reason"])}


class AttemptForm(ActForm):
    """联系未果: a dated attempt."""

    way = One(label=N_("联系方式"), of=ContactWay, initial=ContactWay.PHONE)
    on = Day(label=N_("日期"))
    notes = Text(label=N_("经过"), rows=3, help_text=N_("两次有日期的联系未果后可以答复，但按“未面商”统计。"))

    def prepare(self, ask: Ask) -> None:
        self.initial["on"] = clock.today()

    def values(self) -> dict[str, Any]:
        return {**super().values(), "way": ContactWay(self.cleaned_data["way"])}


class ContactForm(ActForm):
    """面商记录; the deputy confirms or denies it."""

    way = One(label=N_("方式"), of=ContactWay, initial=ContactWay.MEETING)
    on = Day(label=N_("日期"))
    mandate_id = Pick(label=N_("与哪位代表"), required=False, empty=N_("领衔代表"))
    place = Line(label=N_("地点"), limit=100, required=False)
    people = Line(label=N_("参加人员"), required=False)
    notes = Text(label=N_("谈了什么、代表的意见"), rows=6)

    def prepare(self, ask: Ask) -> None:
        signatories = [row for row in ask.case.cosigners if row.state == CosignState.CONFIRMED]
        self.fields["mandate_id"].offer(  # type: ignore[attr-defined]
            (row.mandate_id, str(row.mandate)) for row in signatories
        )
        self.initial["on"] = clock.today()

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("way") in IN_PERSON:
            self.need("place", N_("当面沟通的，请填写地点。"))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        return {**super().values(), "way": ContactWay(self.cleaned_data["way"])}


class NudgeForm(ActForm):
    """催办、督办单、约谈、通报."""

    kind = One(label=N_("方式"), of=NudgeKind, initial=NudgeKind.REMINDER)
    unit_id = Pick(label=N_("向哪个单位"))
    text = Text(label=N_("内容"))
    answer_due = Day(label=N_("要求回复日期"), required=False, help_text=N_("督办单不填的，按本区规定的工作日计算。"))

    def prepare(self, ask: Ask) -> None:
        units = {turn.assignment.unit_id: str(turn.assignment.unit) for turn in ask.case.assignments}
        self.fields["unit_id"].offer(units.items())  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {**super().values(), "kind": NudgeKind(self.cleaned_data["kind"])}


class ObjectionForm(ActForm):
    """The deputy finds the unit wrong (SHJY §14)."""

    unit_id = Pick(label=N_("您认为哪个单位不合适"))
    text = Text(label=N_("理由，以及您认为应由谁办理"))

    def prepare(self, ask: Ask) -> None:
        units = {turn.assignment.unit_id: str(turn.assignment.unit) for turn in ask.case.assignments}
        self.fields["unit_id"].offer(units.items())  # type: ignore[attr-defined]
        self.fields["unit_id"].help_text = t(N_("代表工委会研究并答复您。"))
