"""The reply letter: drafting with class and promises, signing, checking, publicity."""

from typing import Any

from openrenda.kernel.text import N_
from openrenda.suggestions.actions.values import Answer, Promise
from openrenda.suggestions.selectors import turns_to_share
from openrenda.suggestions.states import (
    BackReason,
    CommitmentKind,
    Publicity,
    ReferenceReason,
    ReplyClass,
    ReplyState,
)
from openrenda.ui.filters import t

from .base import ActForm, Ask, Day, Line, One, Section, Text, Yes, labels

PROMISES = 3
"""Promises one form can take; more are rare, and a reply can be sent back and drafted again."""

UNIT_VIEWS = (Publicity.FULL, Publicity.SUMMARY, Publicity.NO)


def _promise_names(n: int) -> tuple[str, str, str, str]:
    return (f"promise_{n}", f"deadline_{n}", f"responsible_{n}", f"kind_{n}")


class ReplyForm(ActForm):
    """拟写答复: B and C need a promise, D needs a reason; the sections show themselves by the class chosen."""

    doc_no = Line(label=N_("发文字号"), limit=60, help_text=N_("例如：云城管函〔2025〕15号"))
    reply_class = One(label=N_("办理结果分类"), of=ReplyClass)
    body = Text(
        label=N_("答复正文"), rows=14, help_text=N_("逐条回应代表提出的建议：做了什么、正在做什么、做不到的为什么。")
    )
    co_summary = Text(label=N_("会办意见采纳情况"), rows=3, required=False)
    reference_reason = One(label=N_("留作参考的原因"), of=ReferenceReason, required=False)
    reported_up = Text(
        label=N_("向上反映的情况"), rows=2, required=False, help_text=N_("属上级事权的必须填写：何时、向谁、怎样反映。")
    )
    contact_name = Line(label=N_("联系人"), limit=60)
    contact_phone = Line(label=N_("联系电话"), limit=40)
    publicity = One(label=N_("答复公开意见"), of=UNIT_VIEWS, initial=Publicity.FULL)
    publicity_reason = Line(label=N_("不予公开的理由"), required=False)
    secrecy_checked_by = Line(label=N_("保密审查人"), limit=60, required=False, help_text=N_("公开前必须经保密审查。"))
    sections = (
        Section(N_("答复"), ("doc_no", "reply_class", "body", "co_summary")),
        Section(
            N_("承诺事项"),
            tuple(name for n in range(1, PROMISES + 1) for name in _promise_names(n)),
            N_("B类、C类必须写明承诺事项、完成期限和责任人。B类一般不超过十二个月（以本区规定为准）。"),
            "promise",
        ),
        Section(N_("不能办理的说明"), ("reference_reason", "reported_up"), N_("D类必须写明原因。"), "reference"),
        Section(N_("联系人"), ("contact_name", "contact_phone")),
        Section(N_("公开"), ("publicity", "publicity_reason", "secrecy_checked_by")),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for n in range(1, PROMISES + 1):
            content, deadline, responsible, kind = _promise_names(n)
            self.fields[content] = Text(label=t(N_("承诺事项{n}"), n=n), rows=2, limit=500, required=False)
            self.fields[deadline] = Day(label=t(N_("承诺事项{n}的完成期限"), n=n), required=False)
            self.fields[responsible] = Line(label=t(N_("承诺事项{n}的责任人"), n=n), limit=60, required=False)
            self.fields[kind] = One(
                label=t(N_("承诺事项{n}的性质"), n=n), of=CommitmentKind, required=False, initial=CommitmentKind.PROMISE
            )

    def prepare(self, ask: Ask) -> None:
        self.fields["reply_class"].choices = labels(ReplyClass)  # type: ignore[attr-defined]
        mine = [row for row in ask.case.replies if row.assignment_id == ask.part.assignment.pk]
        if not mine or mine[-1].state != ReplyState.SENT_BACK:
            return
        last = mine[-1]
        self.initial.update(
            {
                name: getattr(last, name)
                for name in (
                    "doc_no",
                    "reply_class",
                    "body",
                    "co_summary",
                    "reference_reason",
                    "reported_up",
                    "contact_name",
                    "contact_phone",
                    "publicity",
                    "publicity_reason",
                    "secrecy_checked_by",
                )
            }
        )
        for n, row in zip(range(1, PROMISES + 1), last.promises, strict=False):
            names = _promise_names(n)
            self.initial.update(
                dict(zip(names, (row["content"], row["deadline"], row["responsible"], row["kind"]), strict=True))
            )

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("reply_class")
        if chosen in (ReplyClass.B, ReplyClass.C):
            for name in _promise_names(1)[:3]:
                self.need(name, N_("B类、C类答复请写明承诺事项、完成期限和责任人。"))
        if chosen == ReplyClass.D:
            self.need("reference_reason", N_("D类答复请选择原因。"))
        if self.cleaned_data.get("reference_reason") == ReferenceReason.HIGHER:
            self.need("reported_up", N_("属上级事权的，请写明向上反映的情况。"))
        if self.cleaned_data.get("publicity") == Publicity.NO:
            self.need("publicity_reason", N_("请写明不予公开的理由。"))
        for n in range(2, PROMISES + 1):
            self._whole_promise(n)
        return self.cleaned_data

    def _whole_promise(self, n: int) -> None:
        content, deadline, responsible, _ = _promise_names(n)
        if self.cleaned_data.get(content):
            self.need(deadline, N_("请写明这项承诺的完成期限。"))
            self.need(responsible, N_("请写明这项承诺的责任人。"))

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        plain = {
            name: given[name]
            for name in (
                "doc_no",
                "body",
                "co_summary",
                "reported_up",
                "contact_name",
                "contact_phone",
                "publicity_reason",
                "secrecy_checked_by",
            )
        }
        reason = given["reference_reason"] if given["reply_class"] == ReplyClass.D else ""
        return {
            "answer": Answer(
                **plain,
                reply_class=ReplyClass(given["reply_class"]),
                publicity=Publicity(given["publicity"]),
                reference_reason=ReferenceReason(reason) if reason else None,
                promises=self._promises(),
            )
        }

    def _promises(self) -> tuple[Promise, ...]:
        given = self.cleaned_data
        if given["reply_class"] not in (ReplyClass.B, ReplyClass.C):
            return ()
        rows = ([given[name] for name in _promise_names(n)] for n in range(1, PROMISES + 1))
        return tuple(
            Promise(content, deadline, responsible, CommitmentKind(kind or CommitmentKind.PROMISE))
            for content, deadline, responsible, kind in rows
            if content
        )


class SignReplyForm(ActForm):
    """签发, by the leader and not the drafter (R8)."""

    signer = Line(label=N_("签发人"), limit=60)
    signer_title = Line(label=N_("职务"), limit=60)
    is_chief = Yes(label=N_("签发人是单位主要负责人"), help_text=N_("重新办理的答复必须由主要负责人签发。"))

    def prepare(self, ask: Ask) -> None:
        self.initial["signer"] = ask.actor.name


class SendBackReplyForm(ActForm):
    """退回重拟."""

    reason = One(label=N_("退回原因"), of=BackReason)
    note = Text(label=N_("具体意见"), rows=3)

    def values(self) -> dict[str, Any]:
        return {**super().values(), "reason": BackReason(self.cleaned_data["reason"])}


class ReviewPublicityForm(ActForm):
    """The unit's view on publication after its secrecy check."""

    publicity = One(label=N_("公开意见"), of=UNIT_VIEWS)
    checked_by = Line(label=N_("保密审查人"), limit=60)
    reason = Line(label=N_("不予公开的理由"), required=False)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("publicity") == Publicity.NO:
            self.need("reason", N_("请写明不予公开的理由。"))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        return {**super().values(), "publicity": Publicity(self.cleaned_data["publicity"])}


class ShareReplyForm(ActForm):
    """One answer for several suggestions of the same matter: a document number for each that is to have it."""

    def prepare(self, ask: Ask) -> None:
        self.turns = turns_to_share(ask.part, ask.actor)
        for pk, name in self.turns:
            self.fields[f"doc_no_{pk}"] = Line(
                label=name, limit=60, required=False, help_text=N_("这份复文的文号；不用这份内容的留空。")
            )

    def clean(self) -> dict[str, Any]:
        if not any(self.cleaned_data.get(f"doc_no_{pk}") for pk, _name in self.turns):
            self.add_error(None, t(N_("请至少给一件建议填写文号。")))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        chosen = {pk: self.cleaned_data[f"doc_no_{pk}"] for pk, _ in self.turns if self.cleaned_data[f"doc_no_{pk}"]}
        return {"assignment_ids": list(chosen), "doc_nos": list(chosen.values())}


class ReleaseForm(ActForm):
    """公开: the decision that counts; personal numbers are masked."""

    decision = One(label=N_("公开方式"), of=(Publicity.FULL, Publicity.SUMMARY, Publicity.NO, Publicity.ON_REQUEST))
    checked_by = Line(label=N_("保密审查人"), limit=60)
    summary = Text(label=N_("公开摘要"), rows=4, required=False, help_text=N_("只公开摘要的必须填写。"))
    reason = Line(label=N_("理由"), required=False, help_text=N_("不予公开、依申请公开的必须填写，公众会看到。"))

    def prepare(self, ask: Ask) -> None:
        checked = [reply.secrecy_checked_by for reply in ask.case.replies if reply.secrecy_checked_by]
        self.initial.update({"decision": Publicity.FULL, "checked_by": checked[-1] if checked else ""})

    def clean(self) -> dict[str, Any]:
        decision = self.cleaned_data.get("decision")
        if decision == Publicity.SUMMARY:
            self.need("summary", N_("请填写公开摘要。"))
        if decision in (Publicity.NO, Publicity.ON_REQUEST):
            self.need("reason", N_("请写明理由，公众会看到。"))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        return {**super().values(), "decision": Publicity(self.cleaned_data["decision"])}
