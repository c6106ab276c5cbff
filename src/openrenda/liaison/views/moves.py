"""Which form and which action stand behind each move of the tables in `workflow`: one view serves them all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from openrenda.kernel.text import N_
from openrenda.kernel.verdict import Verdict
from openrenda.kernel.workflow import Offer
from openrenda.liaison import actions
from openrenda.liaison.forms import moves as f
from openrenda.liaison.selectors import CasePage


@dataclass(frozen=True, slots=True)
class Spec:
    """`key` stands in the address; moves that one action decides between share it."""

    key: str
    label: str
    form: type[f.MoveForm]
    action: Callable[..., Any]
    hint: str = ""

    @property
    def asks(self) -> bool:
        """Does the move ask anything? Otherwise its button does it at once."""
        return bool(self.form.base_fields)


@dataclass(frozen=True, slots=True)
class Choice:
    """A move as the case page shows it."""

    spec: Spec
    label: str
    verdict: Verdict
    law: str

    @property
    def leads_on(self) -> bool:
        """Open, and what usually comes next: the page's one strong button."""
        return bool(self.verdict) and self.spec.key in ONWARD


def _spec(key: str, label: str, form: type[f.MoveForm], action: Callable[..., Any], hint: str = "") -> Spec:
    return Spec(key, label, form, action, hint)


_REFER = _spec("refer", N_("转办"), f.ReferForm, actions.refer)
_APPROVE = _spec("approve_referral", N_("批准转办"), f.ApproveReferralForm, actions.approve_referral)
_DECLINE = _spec("decline_referral", N_("不同意转办"), f.ReasonForm, actions.decline_referral)
_SPLIT = _spec("split", N_("撤销并件"), f.ReasonForm, actions.split)
_PUBLISH = _spec("publish", N_("同意公开"), f.MoveForm, actions.approve_publication)
_KEEP = _spec("keep_private", N_("不公开"), f.ReasonForm, actions.refuse_publication)

SPECS: Mapping[str, Spec] = {
    "register": _spec("register", N_("登记受理"), f.MoveForm, actions.register),
    "not_accept": _spec("not_accept", N_("不予受理"), f.NotAcceptForm, actions.not_accept),
    "answer_on_the_spot": _spec("answer", N_("当场答复"), f.AnswerForm, actions.answer_on_the_spot),
    "classify": _spec("classify", N_("分类"), f.ClassifyForm, actions.classify),
    "merge": _spec("merge", N_("并件"), f.MergeForm, actions.merge),
    "split": _SPLIT,
    "split_joined": _SPLIT,
    "assign_deputy": _spec("assign_deputy", N_("交代表负责"), f.AssignDeputyForm, actions.assign_deputy),
    "pool": _spec("pool", N_("民生实事征集库"), f.PoolForm, actions.set_pooled),
    "refer_community": _REFER,
    "propose_referral": _REFER,
    "refer_street": _APPROVE,
    "forward_referral": _APPROVE,
    "refer_department": _APPROVE,
    "refer_organ": _APPROVE,
    "decline_street": _DECLINE,
    "decline_sc_rep": _DECLINE,
    "decline_hub": _DECLINE,
    "escalate": _spec("escalate", N_("交上级代表"), f.EscalateForm, actions.escalate),
    "enter_result": _spec("enter_result", N_("录入上级办理结果"), f.TextForm, actions.enter_result),
    "sign_for": _spec("sign_for", N_("签收"), f.MoveForm, actions.sign_for),
    "send_back": _spec("send_back", N_("退回"), f.SendBackForm, actions.send_back),
    "request_extension": _spec("request_extension", N_("申请延期"), f.ExtensionForm, actions.request_extension),
    "decide_extension": _spec("decide_extension", N_("审批延期"), f.DecideExtensionForm, actions.decide_extension),
    "draft_result": _spec("draft", N_("填写办理结果"), f.DraftForm, actions.draft_result),
    "return_draft": _spec("return_draft", N_("退回修改"), f.ReasonForm, actions.return_draft),
    "approve_result": _spec("approve_result", N_("审签办理结果"), f.MoveForm, actions.approve_result),
    "reject_result": _spec("reject_result", N_("不合格退回"), f.ReasonForm, actions.reject_result),
    "edit_plain_answer": _spec("plain_answer", N_("改成通俗的话"), f.PlainAnswerForm, actions.edit_plain_answer),
    "feed_back": _spec("feed_back", N_("审核并反馈群众"), f.FeedBackForm, actions.feed_back),
    "reopen": _spec("reopen", N_("决定重新办理"), f.ReasonForm, actions.reopen),
    "keep_closed": _spec("keep_closed", N_("决定不再重办"), f.ReasonForm, actions.keep_closed),
    "revisit": _spec("revisit", N_("回访"), f.RevisitForm, actions.revisit),
    "archive": _spec("archive", N_("归档"), f.MoveForm, actions.archive),
    "edit_summary": _spec("summary", N_("编写公开摘要"), f.SummaryForm, actions.edit_public_summary),
    "head_approve": _PUBLISH,
    "street_approve": _PUBLISH,
    "head_refuse": _KEEP,
    "street_refuse": _KEEP,
    "reconsider": _spec("reconsider", N_("重新考虑公开"), f.MoveForm, actions.reconsider_publication),
}
"""By the move's name in the workflow. `convert` is missing on purpose: suggestions fill it in through a slot."""

ONWARD = (
    "register",
    "classify",
    "refer",
    "approve_referral",
    "sign_for",
    "decide_extension",
    "approve_result",
    "draft",
    "feed_back",
    "enter_result",
    "reopen",
    "revisit",
    "summary",
    "publish",
)
ASIDE = frozenset({"assign_deputy", "pool", "archive", "escalate"})

BY_KEY: Mapping[str, Spec] = {spec.key: spec for spec in SPECS.values()}


def choices(offers: Iterable[Offer[Any]]) -> list[Choice]:
    """One choice per action: of several moves it decides between, the open one speaks, or else the first."""
    found: dict[str, Choice] = {}
    for offer in offers:
        spec = SPECS.get(offer.move.name)
        if spec is None:
            continue
        seen = found.get(spec.key)
        if seen is None or (offer.verdict and not seen.verdict):
            found[spec.key] = Choice(spec, offer.move.label, offer.verdict, offer.move.law)
        elif offer.verdict and seen.verdict:
            found[spec.key] = Choice(spec, spec.label, offer.verdict, "")
    return sorted(found.values(), key=_weight)


def _weight(choice: Choice) -> tuple[bool, int]:
    """Open ones first; among them the step that carries the case on, side acts last."""
    key = choice.spec.key
    return (not choice.verdict, ONWARD.index(key) if key in ONWARD else len(ONWARD) + (key in ASIDE))


def of_case(case: CasePage) -> tuple[list[Choice], list[Choice]]:
    """The handling's moves and the publication's."""
    return choices(case.offers), choices(case.publish_offers)


def choice_of(case: CasePage, key: str) -> Choice | None:
    """The move of that key as it stands for the actor; None if it is not the actor's to take here."""
    return next((one for one in (*choices(case.offers), *choices(case.publish_offers)) if one.spec.key == key), None)
