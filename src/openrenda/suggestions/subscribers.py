"""Who is told what: the signatories after each step, and whoever must act next (domain.md 2.3 to 2.6).

Placeholders of every sentence: {number} (or the title before there is one), {matter}, {unit}, {due}, {reason}.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from openrenda.kernel import clock
from openrenda.kernel.event import Meta
from openrenda.kernel.subject import SubjectRef
from openrenda.kernel.text import N_
from openrenda.notifications.actions import notify
from openrenda.orgs.models import Mandate, Unit
from openrenda.orgs.selectors import people_in_role, people_with_role
from openrenda.orgs.states import Role
from openrenda.routing.actions import ask_in_the_background, note_choice

from . import events as e
from .models import Suggestion
from .rules import UNIT_ROLES
from .rules.numbers import number_of
from .selectors.routing import routing_subject
from .states import CosignState

LEAD = N_("您是这件建议的领衔代表。")
COSIGNED = N_("您联名提出了这件建议。")
ASKED = N_("领衔代表邀请您联名。")
TURN = N_("这件事轮到您的岗位办理。")
UNIT = N_("您的单位承办这件建议。")
KNOW = N_("这件事由您的岗位经手。")

Find = Callable[[Suggestion, e.SuggestionEvent], list[str]]


@dataclass(frozen=True, slots=True)
class Word:
    """One sentence to one circle of people, with why they get it; `when` leaves it out."""

    to: Find
    title: str
    why: str
    when: Callable[[e.SuggestionEvent], bool] = lambda _: True


def _urns(ids: Iterable[int | None]) -> list[str]:
    return [f"person:{pk}" for pk in ids if pk is not None]


def _people(mandate_ids: Iterable[int]) -> list[str]:
    return _urns(Mandate.objects.filter(pk__in=list(mandate_ids)).order_by("pk").values_list("person_id", flat=True))


def _lead(suggestion: Suggestion, _: e.SuggestionEvent) -> list[str]:
    return _urns([suggestion.lead.person_id])


def _cosigners(suggestion: Suggestion, _: e.SuggestionEvent) -> list[str]:
    return _people(suggestion.cosigners.filter(state=CosignState.CONFIRMED).values_list("mandate_id", flat=True))


def _named(_: Suggestion, event: e.SuggestionEvent) -> list[str]:
    many: Iterable[int] = getattr(event, "mandate_ids", ())
    one = getattr(event, "mandate_id", 0)
    return _people([*many, *([one] if one else [])])


def _office(role: Role) -> Find:
    def find(suggestion: Suggestion, _: e.SuggestionEvent) -> list[str]:
        people = people_with_role(suggestion.congress_id, role, clock.today())
        return _urns(people.order_by("pk").values_list("pk", flat=True))

    return find


def _committee(suggestion: Suggestion, _: e.SuggestionEvent) -> list[str]:
    return _at([suggestion.oversight_unit_id] if suggestion.oversight_unit_id else [], (Role.SC_COMMITTEE,))


def _at(unit_ids: Iterable[int], roles: Iterable[Role]) -> list[str]:
    ids, found = list(unit_ids), list[str]()
    for role in roles if ids else ():
        found += _urns(people_in_role(role, ids, clock.today()).order_by("pk").values_list("pk", flat=True))
    return list(dict.fromkeys(found))


def _units(*roles: Role, field: str = "unit_ids") -> Find:
    def find(_: Suggestion, event: e.SuggestionEvent) -> list[str]:
        one = getattr(event, "unit_id", 0)
        return _at([*getattr(event, field, ()), *([one] if one else [])], roles or UNIT_ROLES)

    return find


def _main_unit(suggestion: Suggestion, _: e.SuggestionEvent) -> list[str]:
    return _at([suggestion.main_unit_id] if suggestion.main_unit_id else [], UNIT_ROLES)


_rep, _hub = _office(Role.SC_REP), _office(Role.GOV_HUB)
_leader, _clerk = _units(Role.UNIT_LEADER), _units(Role.UNIT_CLERK, Role.UNIT_ADMIN)


def _flag(name: str, *, wanted: bool = True) -> Callable[[e.SuggestionEvent], bool]:
    return lambda event: getattr(event, name) is wanted


def _signatories(title: str, when: Callable[[e.SuggestionEvent], bool] = lambda _: True) -> tuple[Word, Word]:
    """What lead and co-signers both hear."""
    return Word(_lead, title, LEAD, when), Word(_cosigners, title, COSIGNED, when)


_direct, _governed = _flag("is_direct"), _flag("is_direct", wanted=False)

WORDS: Mapping[type[e.SuggestionEvent], tuple[Word, ...]] = {
    e.CosignerInvited: (
        Word(_named, N_("请确认是否联名：{matter}"), ASKED, _flag("again", wanted=False)),
        Word(_named, N_("文本有修改，请重新确认联名：{matter}"), ASKED, _flag("again")),
    ),
    e.CosignerAnswered: (
        Word(_lead, N_("有代表确认联名：{matter}"), LEAD, _flag("confirmed")),
        Word(_lead, N_("有代表没有联名：{matter}"), LEAD, _flag("confirmed", wanted=False)),
    ),
    e.Submitted: (
        Word(_rep, N_("新提交的建议待审查：{matter}"), TURN),
        *_signatories(N_("建议已提交，等待审查：{matter}")),
    ),
    e.Accepted: _signatories(N_("您提出的建议已接收，编为{number}")),
    e.SentBack: _signatories(N_("建议退回修改：{matter}。{reason}")),
    e.Rejected: _signatories(N_("建议不予接收：{matter}。{reason}")),
    e.WithdrawalAsked: (Word(_cosigners, N_("领衔代表提出撤回{number}，请决定是否同意"), COSIGNED),),
    e.Withdrawn: (
        *_signatories(N_("{number}已撤回")), Word(_units(), N_("{number}已由代表撤回，终止办理"), UNIT),
        Word(_rep, N_("{number}已撤回"), KNOW),
    ),
    e.Supplemented: (
        Word(_rep, N_("代表对{number}作了补充说明"), KNOW),
        Word(_main_unit, N_("代表对{number}作了补充说明"), UNIT),
    ),
    e.Assigned: (
        Word(_hub, N_("{number}已交政府办理，请分办：{matter}"), TURN, _flag("to_government")),
        Word(_units(), N_("{number}交您单位办理，请签收：{matter}"), TURN, _flag("to_government", wanted=False)),
        *_signatories(N_("{number}已交办，应在{due}前答复")),
    ),
    e.Grouped: _signatories(N_("{number}与同类建议并案办理；编号、答复和评价仍各归各件")),
    e.Ungrouped: _signatories(N_("{number}退出并案，单独办理")),
    e.Distributed: (
        Word(_units(), N_("{number}交您单位办理，请签收：{matter}"), TURN),
        Word(_units(field="co_unit_ids"), N_("{number}请您单位会办：{matter}"), TURN),
        *_signatories(N_("{number}已交承办单位办理")),
    ),
    e.SignedFor: _signatories(N_("{unit}已签收{number}")),
    e.ReturnRequested: (
        Word(_rep, N_("{unit}申请退办{number}，请决定"), TURN, _direct),
        Word(_hub, N_("{unit}申请退办{number}，请决定"), TURN, _governed),
        Word(_rep, N_("{unit}第三次申请退办{number}，请与政府督查室共同确定承办单位"), TURN, _flag("joint")),
    ),
    e.ReturnDecided: (
        Word(_units(), N_("您单位退办{number}的申请已获同意"), UNIT, _flag("granted")),
        Word(_units(), N_("您单位退办{number}的申请未获同意，请继续办理"), TURN, _flag("granted", wanted=False)),
        *_signatories(N_("{number}改由其他单位承办，法定期限不变"), _flag("granted")),
    ),
    e.ExtensionRequested: (
        Word(_rep, N_("{unit}申请延期办理{number}，请决定"), TURN, _direct),
        Word(_hub, N_("{unit}申请延期办理{number}，请提出意见"), TURN, _governed),
    ),
    e.ExtensionEndorsed: (Word(_rep, N_("政府督查室同意{number}延期，请批准"), TURN),),
    e.ExtensionDecided: (
        Word(_units(), N_("{number}的延期已获批准，应在{due}前答复"), UNIT, _flag("granted")),
        Word(_units(), N_("{number}的延期未获批准，请按期答复"), UNIT, _flag("granted", wanted=False)),
        *_signatories(N_("{number}延期办理，应在{due}前答复"), _flag("granted")),
    ),
    e.ContactRecorded: (Word(_named, N_("{unit}登记了与您的沟通，请确认：{number}"), TURN),),
    e.ContactAnswered: (
        Word(_units(), N_("代表确认了{number}的沟通记录"), UNIT, _flag("confirmed")),
        Word(_units(), N_("代表表示没有沟通过，请尽快联系代表：{number}"), TURN, _flag("confirmed", wanted=False)),
    ),
    e.OpinionGiven: (Word(_main_unit, N_("{unit}对{number}提出了会办意见"), UNIT),),
    e.ReplyDrafted: (Word(_leader, N_("{number}的复文等您签发"), TURN),),
    e.ReplySigned: (
        Word(_rep, N_("{unit}对{number}的复文已签发，请审核"), TURN, _direct),
        Word(_hub, N_("{unit}对{number}的复文已签发，请审核"), TURN, _governed),
    ),
    e.ReplySentBack: (Word(_clerk, N_("{number}的复文退回重拟：{reason}"), TURN),),
    e.Replied: (
        *_signatories(N_("{number}已有答复，请在{due}前评价"), _flag("complete")),
        *_signatories(N_("{number}有一个单位已答复"), _flag("complete", wanted=False)),
        Word(_rep, N_("{number}已答复代表"), KNOW, _flag("complete")),
        Word(_committee, N_("{number}已答复代表"), KNOW, _flag("complete")),
    ),
    e.FeedbackGiven: (Word(_rep, N_("代表评价了{number}"), KNOW),),
    e.FeedbackReminded: (Word(_named, N_("请在{due}前评价{number}的办理态度和结果"), TURN),),
    e.FoundUnsatisfied: (
        Word(_rep, N_("代表对{number}不满意，请研究是否重新办理"), TURN), Word(_hub, N_("代表对{number}不满意"), KNOW),
        Word(_main_unit, N_("代表对{number}不满意"), UNIT),
    ),
    e.RehandleOrdered: (
        Word(_units(), N_("{number}需要重新办理，应在{due}前答复"), TURN),
        *_signatories(N_("{number}将重新办理，应在{due}前答复")),
    ),
    e.Closed: (*_signatories(N_("{number}已办结")), Word(_main_unit, N_("{number}已办结"), UNIT)),
    e.PromiseClaimed: (
        Word(_lead, N_("{unit}报告{number}的承诺已落实，请确认"), LEAD),
        Word(_committee, N_("{unit}报告{number}的承诺已落实，请确认"), TURN),
    ),
    e.PromiseJudged: (
        Word(_units(), N_("{number}的承诺已确认落实"), UNIT, _flag("kept")),
        Word(_units(), N_("{number}的承诺尚未落实，请继续办理"), TURN, _flag("kept", wanted=False)),
    ),
    e.PromiseChanged: _signatories(N_("{unit}对{number}的承诺作了说明或者调整了期限")),
    e.PromiseOverdue: (
        Word(_units(), N_("{number}的承诺已经逾期，请报告原因"), TURN),
        Word(_committee, N_("{number}的承诺已经逾期"), KNOW),
        *_signatories(N_("{number}的承诺已经逾期，单位要说明原因")), Word(_rep, N_("{number}的承诺已经逾期"), KNOW),
    ),
    e.PromiseDueSoon: (Word(_units(), N_("请落实并报告{number}的承诺事项"), TURN),),
    e.KeyMarked: (
        *_signatories(N_("{number}列为重点督办建议")), Word(_main_unit, N_("{number}列为重点督办建议"), UNIT),
        Word(_committee, N_("{number}列为重点督办建议，由您的委室督办"), TURN),
        Word(_hub, N_("{number}列为重点督办建议"), KNOW),
    ),
    e.ObjectionRaised: (Word(_rep, N_("代表对{number}的承办单位提出异议，请答复"), TURN),),
    e.ObjectionAnswered: (Word(_lead, N_("您对{number}承办单位的异议已有答复"), LEAD),),
    e.Nudged: (Word(_units(), N_("{reason}：{number}"), TURN),),
    e.Published: _signatories(N_("{number}的公开方式已审定")),
    e.LeadSucceeded: (
        Word(_named, N_("{number}由您领衔，办理情况请您评价"), LEAD),
        Word(_rep, N_("{number}已更换领衔代表"), KNOW),
    ),
    e.LookedBack: (
        *_signatories(N_("{number}的回头看已有结论")),
        Word(_main_unit, N_("{number}的回头看已有结论"), UNIT),
    ),
    e.DueMoved: (
        *_signatories(N_("工作日历调整，{number}应在{due}前答复")),
        Word(_main_unit, N_("{number}应在{due}前答复"), UNIT),
    ),
}  # fmt: skip


def tell(event: e.SuggestionEvent, meta: Meta) -> None:
    """Tell everybody whom a step concerns, each once; who is in two circles hears the first sentence."""
    suggestion = Suggestion.objects.select_related("lead__person", "main_unit").get(pk=event.suggestion_id)
    unit_id = getattr(event, "unit_id", 0)
    unit = Unit.objects.filter(pk=unit_id).first() if unit_id else suggestion.main_unit
    params = {
        "number": number_of(suggestion.key) or f"《{suggestion.title}》",
        "matter": suggestion.title,
        "unit": str(unit or ""),
        "due": _due(event),
        "reason": str(getattr(event, "reason", "") or getattr(event, "nudge_kind", "")),
    }
    for word in WORDS[type(event)]:
        if word.when(event):
            notify(
                meta=meta, recipients=word.to(suggestion, event), title=word.title, why=word.why,
                subject=SubjectRef("suggestions.suggestion", suggestion.pk), **params,
            )  # fmt: skip


def _due(event: e.SuggestionEvent) -> str:
    names = ("due", "legal_due", "feedback_due", "deadline")
    return next((str(value) for name in names if (value := getattr(event, name, ""))), "")


def note_routing(event: e.SuggestionEvent, meta: Meta) -> None:
    """Who has it stands beside what routing advised; a granted return teaches."""
    row = Suggestion.objects.get(pk=event.suggestion_id)
    if row.main_unit_id is not None:
        note_choice(congress_id=row.congress_id, subject=routing_subject(row), unit_id=row.main_unit_id)
    if isinstance(event, e.ReturnDecided) and event.granted:
        ask_in_the_background(row.congress_id)
