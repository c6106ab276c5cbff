"""What comes of it: ratings, new rounds, promises, look-backs."""

from typing import Any

from openrenda.kernel import clock
from openrenda.kernel.text import N_
from openrenda.suggestions.actions.values import Given
from openrenda.suggestions.states import ANSWERING_PARTS, ContactWay, LookBackVerdict, Rating, ReplyClass
from openrenda.ui.filters import t

from .base import ActForm, Ask, Day, Line, One, PickSome, Text, Yes, labels
from .plain import ApologyNote


class FeedbackForm(ActForm):
    """征询意见: attitude and result apart; nothing is ticked beforehand (R9)."""

    attitude = One(label=N_("对办理态度"), of=Rating)
    result = One(label=N_("对办理结果"), of=Rating)
    was_met = One(label=N_("承办单位答复前是否与您当面沟通"))
    met_way = One(label=N_("沟通方式"), of=ContactWay, required=False)
    comment = Text(
        label=N_("意见"), required=False, help_text=N_("任何一项选“不满意”的，请写明理由；这是重新办理的依据。")
    )
    agree_publish = Yes(label=N_("同意公开我的评价"), initial=True)
    wish_further = Yes(label=N_("希望继续跟踪这件事"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["was_met"].choices = [("yes", t(N_("是"))), ("no", t(N_("否")))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        if Rating.BAD in (self.cleaned_data.get("attitude"), self.cleaned_data.get("result")):
            self.need("comment", N_("您选了“不满意”，请写明理由。"))
        if self.cleaned_data.get("was_met") == "yes":
            self.need("met_way", N_("请选择沟通方式。"))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        met = given["was_met"] == "yes"
        return {
            "given": Given(
                attitude=Rating(given["attitude"]),
                result=Rating(given["result"]),
                was_met=met,
                met_way=ContactWay(given["met_way"]) if met and given["met_way"] else None,
                comment=given["comment"],
                agree_publish=given["agree_publish"],
                wish_further=given["wish_further"],
            )
        }


class RehandleForm(ActForm):
    """重新办理: thirty days, met in person, signed by the chief."""

    note = Text(label=N_("重新办理要求"), help_text=N_("单位须在三十日内当面沟通后重新答复，由主要负责人签发。"))
    unit_ids = PickSome(
        label=N_("由哪些单位重新办理"), required=False, help_text=N_("不选，则由全部答复单位重新办理。")
    )

    def prepare(self, ask: Ask) -> None:
        units = {
            turn.assignment.unit_id: str(turn.assignment.unit)
            for turn in ask.case.assignments
            if turn.assignment.part in ANSWERING_PARTS
        }
        self.fields["unit_ids"].choices = list(units.items())  # type: ignore[attr-defined]


class ExplainForm(ActForm):
    """说明不再办理, the chairpersons' meeting being informed."""

    reason = Text(label=N_("向代表说明的理由"))
    informed_meeting = Line(label=N_("已向哪次主任会议报告"))


class ApologyForm(ActForm):
    """Only the attitude was bad: the unit called again."""

    note = Text(label=ApologyNote, rows=3)
    on = Day(label=N_("回访日期"))

    def prepare(self, ask: Ask) -> None:
        self.initial["on"] = clock.today()


class ReopenForm(ActForm):
    """A closed one is handled again, by decision of the chairpersons' meeting."""

    decision = Line(label=N_("主任会议决定"))
    decided_on = Day(label=N_("决定日期"))


class ProgressForm(ActForm):
    """进展报告: at least quarterly."""

    text = Text(label=N_("进展"))
    proof = Line(label=N_("佐证"), limit=300, required=False, help_text=N_("文号、网址或照片说明。"))


class ClaimDoneForm(ActForm):
    """报告已落实, with proof."""

    text = Text(label=N_("落实情况"))
    proof = Line(label=N_("佐证"), limit=300, help_text=N_("文号、网址或照片说明。代表或代表工委据此确认。"))


class ChangePromiseForm(ActForm):
    """调整期限: twice at most, signed by the leader."""

    deadline = Day(label=N_("新的完成期限"))
    reason = Text(label=N_("调整理由"), help_text=N_("代表会收到通知。原期限保留在历史中。最多调整两次。"))
    signer = Line(label=N_("签字负责人"), limit=60)


class ImpossibleForm(ActForm):
    """无法落实: explained in writing (R11)."""

    explanation = Text(label=N_("为什么无法落实"))
    signer = Line(label=N_("签字负责人"), limit=60)


class LookBackForm(ActForm):
    """回头看: what was found on the spot."""

    verdict = One(label=N_("结论"), of=LookBackVerdict)
    note = Text(label=N_("看到的情况"))
    on = Day(label=N_("查看日期"))
    new_class = One(label=N_("办理结果改为"), required=False)

    def prepare(self, ask: Ask) -> None:
        self.fields["new_class"].choices = labels(ReplyClass, N_("不变"))  # type: ignore[attr-defined]
        self.initial["on"] = clock.today()

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        new = given["new_class"]
        return {
            **given,
            "verdict": LookBackVerdict(given["verdict"]),
            "new_class": ReplyClass(new) if new else None,
        }


class SubmitForm(ActForm):
    """The last look before filing."""

    one_matter = Yes(label=N_("这份建议只说一件事（一事一议）"), required=True)
    no_secret = Yes(label=N_("内容不涉及国家秘密，也不涉及本人、亲属或本单位的利益"), required=True)

    def values(self) -> dict[str, Any]:
        return {}
