"""Who is told what: after each step the receiving deputy and the resident, and whoever must act next (1.4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from openrenda.kernel.event import Meta
from openrenda.kernel.subject import SubjectRef
from openrenda.kernel.text import N_
from openrenda.liaison import events as e
from openrenda.liaison.models import Opinion
from openrenda.liaison.selectors import audience
from openrenda.liaison.selectors.routing import routing_subject
from openrenda.liaison.states import RouteLevel
from openrenda.notifications.actions import notify
from openrenda.orgs.states import Role
from openrenda.routing.actions import ask_in_the_background, note_choice

YOURS = N_("您提交了这件意见，留有编号和查询码。")
MERGED = N_("您的意见并入了这件意见，您同样会收到它的进展。")
DEPUTY = N_("您接待或负责这件意见。")
TURN = N_("这件事轮到您的岗位办理。")
KNOW = N_("这件事由您的岗位经手。")

Find = Callable[[Opinion, e.OpinionEvent], list[str]]


@dataclass(frozen=True, slots=True)
class Word:
    """One sentence to one circle of people. Placeholders: {number}, {about}, {station}, {unit}."""

    to: Find
    title: str
    why: str
    body: str = ""


def _resident(opinion: Opinion, _: e.OpinionEvent) -> list[str]:
    return [f"opinion:{opinion.pk}"]


def _children(opinion: Opinion, _: e.OpinionEvent) -> list[str]:
    return [f"opinion:{pk}" for pk in audience.children_of(opinion.pk)]


def _deputies(opinion: Opinion, _: e.OpinionEvent) -> list[str]:
    return audience.deputies_on(opinion.pk)


def _office(role: Role) -> Find:
    return lambda opinion, _: audience.office(role, opinion)


def _unit(*roles: Role) -> Find:
    return lambda opinion, _: audience.unit(opinion.handler_unit_id, *roles)


def _former_unit(_: Opinion, event: e.OpinionEvent) -> list[str]:
    return audience.unit(getattr(event, "unit_id", None))


def _asked(opinion: Opinion, event: e.OpinionEvent) -> list[str]:
    awaiting = getattr(event, "awaiting", "")
    return audience.office(Role(awaiting), opinion) if awaiting else []


def _extension_office(opinion: Opinion, _: e.OpinionEvent) -> list[str]:
    near = opinion.handler_level in (RouteLevel.COMMUNITY, RouteLevel.STREET)
    return audience.office(Role.STREET_NPC if near else Role.SC_REP, opinion)


_staff, _head, _street = _office(Role.STATION_STAFF), _office(Role.STATION_HEAD), _office(Role.STREET_NPC)


def _progress(sentence: str) -> tuple[Word, ...]:
    """What resident, merged residents and deputies all hear."""
    return Word(_resident, sentence, YOURS), Word(_children, sentence, MERGED), Word(_deputies, sentence, DEPUTY)


WORDS: Mapping[type[e.OpinionEvent], tuple[Word, ...]] = {
    e.OpinionSubmitted: (
        Word(_staff, N_("新意见 {number} 待登记：{about}"), TURN),
        Word(_deputies, N_("有群众向您提出意见 {number}：{about}"), DEPUTY),
    ),
    e.OpinionRegistered: _progress(N_("意见 {number} 已由{station}登记受理")),
    e.OpinionNotAccepted: (
        Word(_resident, N_("意见 {number} 不予受理，请看理由和可以去的地方"), YOURS),
        Word(_deputies, N_("意见 {number} 不予受理"), DEPUTY),
    ),
    e.OpinionWithdrawn: (
        Word(_staff, N_("意见 {number} 已由反映人撤回"), KNOW),
        Word(_deputies, N_("意见 {number} 已由反映人撤回"), DEPUTY),
    ),
    e.OpinionAnswered: _progress(N_("意见 {number} 已当场答复，请评价")),
    e.OpinionClassified: _progress(N_("意见 {number} 已分类，正在确定由谁办理")),
    e.DeputyAssigned: (
        Word(_deputies, N_("意见 {number} 交您负责：{about}"), DEPUTY),
        Word(_resident, N_("意见 {number} 已有代表负责"), YOURS),
    ),
    e.ReferralProposed: (Word(_asked, N_("意见 {number} 的转办等您审批：{about}"), TURN),),
    e.ReferralDeclined: (Word(_head, N_("意见 {number} 的转办未获同意，请另选去向"), TURN),),
    e.OpinionReferred: (
        Word(_unit(), N_("意见 {number} 交您单位办理，请签收：{about}"), TURN),
        *_progress(N_("意见 {number} 已交{unit}办理")),
    ),
    e.ReferralSigned: _progress(N_("{unit}已签收意见 {number}，正在办理")),
    e.ReferralSentBack: (
        Word(_head, N_("意见 {number} 被退回，请重新确定去向"), TURN),
        *_progress(N_("意见 {number} 被退回，联络站正在另找办理单位；答复期限不变")),
    ),
    e.ExtensionAsked: (Word(_extension_office, N_("意见 {number} 申请延期，等您审批"), TURN),),
    e.ResultDrafted: (Word(_unit(Role.UNIT_LEADER), N_("意见 {number} 的办理结果等您审签"), TURN),),
    e.DraftReturned: (Word(_unit(Role.UNIT_CLERK, Role.UNIT_ADMIN), N_("意见 {number} 的办理结果退回修改"), TURN),),
    e.ResultArrived: (
        Word(_head, N_("意见 {number} 已有结果，请审核并反馈群众"), TURN),
        Word(_deputies, N_("意见 {number} 已有办理结果"), DEPUTY),
    ),
    e.ResultRejected: (
        Word(_unit(), N_("意见 {number} 的结果不合格，请重新办理"), TURN),
        Word(_deputies, N_("意见 {number} 的结果被退回重办"), DEPUTY),
    ),
    e.OpinionFedBack: _progress(N_("意见 {number} 已有答复，请评价")),
    e.AnsweredAgain: _progress(N_("意见 {number} 所转的代表建议有了新的答复")),
    e.OpinionConverted: _progress(N_("意见 {number} 已由代表转为代表建议")),
    e.OpinionReleased: (
        Word(_head, N_("意见 {number} 转成的建议未成，请另选去向"), TURN),
        *_progress(N_("意见 {number} 转成的建议未成，联络站正在另找去处")),
    ),
    e.OpinionEscalated: (
        Word(_office(Role.SC_REP), N_("意见 {number} 已交上级代表，请跟进结果"), TURN),
        *_progress(N_("意见 {number} 已交上级代表")),
    ),
    e.OpinionMerged: (
        Word(_resident, N_("意见 {number} 与同类意见一并办理；您的编号、查询码和评价权不变"), YOURS),
        Word(_deputies, N_("意见 {number} 已并件办理"), DEPUTY),
    ),
    e.OpinionJoined: (
        Word(_resident, N_("意见 {number} 已加入同一件事一起办；您的编号、查询码和评价权不变"), YOURS),
        Word(_staff, N_("又有一位群众反映同一件事：{number} {about}"), KNOW),
        Word(_deputies, N_("又有一位群众反映同一件事：{number} {about}"), DEPUTY),
    ),
    e.OpinionSplit: (
        Word(_head, N_("意见 {number} 已撤销并件，请分类"), TURN), *_progress(N_("意见 {number} 已撤销并件，单独办理")),
    ),
    e.OpinionRated: (
        Word(_head, N_("群众评价了意见 {number}"), KNOW),
        Word(_deputies, N_("群众评价了意见 {number}"), DEPUTY),
    ),
    e.OpinionReworked: (
        Word(_unit(), N_("意见 {number} 需要重新办理"), TURN), *_progress(N_("意见 {number} 已重新办理")),
    ),
    e.HeadMustDecide: (Word(_head, N_("意见 {number} 的反映人不满意，请决定是否重新办理"), TURN),),
    e.NotSolvedSaid: (
        Word(_head, N_("意见 {number} 的反映人说问题没有完全解决"), KNOW),
        Word(_deputies, N_("意见 {number} 的反映人说问题没有完全解决"), DEPUTY),
    ),
    e.OpinionClosed: (Word(_resident, N_("意见 {number} 已办结；仍可随时补充评价"), YOURS),),
    e.PublicationAsked: (Word(_street, N_("意见 {number} 的公开等您审定"), TURN),),
    e.OpinionPublished: (Word(_resident, N_("意见 {number} 的摘要已公开，不含您的个人信息；您可以反对"), YOURS),),
    e.PublicationObjected: (Word(_head, N_("意见 {number} 的反映人反对公开，已撤下"), KNOW),),
}  # fmt: skip
EXTENDED = (
    *_progress(N_("意见 {number} 的办理期限已延长，新旧期限都可查看")),
    Word(_unit(), N_("意见 {number} 的延期已同意"), KNOW),
)
NOT_EXTENDED = (Word(_unit(), N_("意见 {number} 的延期未获同意，请按期办理"), KNOW),)


def tell(event: e.OpinionEvent, meta: Meta) -> None:
    """Tell everybody whom a step of an opinion concerns, each once."""
    _say(event, meta, WORDS[type(event)])


def tell_extension(event: e.ExtensionDecided, meta: Meta) -> None:
    """A granted extension concerns the resident too; a refused one only the unit."""
    _say(event, meta, EXTENDED if event.granted else NOT_EXTENDED)


def _say(event: e.OpinionEvent, meta: Meta, words: tuple[Word, ...]) -> None:
    """One call for each circle; residents one by one, since each may have left an address."""
    opinion = audience.opinion(event.opinion_id)
    for word in words:
        urns = word.to(opinion, event)
        people = [urn for urn in urns if urn.startswith("person:")]
        for circle, email in ((people, ""), *(([urn], audience.email_of(urn)) for urn in urns if urn not in people)):
            if circle:
                notify(
                    meta=meta, recipients=circle, subject=SubjectRef("liaison.opinion", opinion.pk), title=word.title,
                    body=word.body, why=word.why, email=email, number=opinion.number, about=opinion.public_title,
                    station=str(opinion.station), unit=str(opinion.handler_unit or ""),
                )  # fmt: skip


# -- reception days ----------------------------------------------------------------------------------------------------


def tell_reception(event: e.ReceptionEventFact, meta: Meta) -> None:
    """Deputies and bookers of a reception day that was announced, changed or re-staffed."""
    title, to_bookers = RECEPTION_WORDS[type(event)]
    day = audience.reception(event.event_id)
    ref = SubjectRef("liaison.receptionevent", day.pk)
    params = {"station": day.station.name, "message": getattr(event, "message", "")}
    notify(meta=meta, recipients=audience.deputies_of_reception(day.pk), subject=ref, title=title,
           why=N_("您在这次接待的代表名单里。"), **params)  # fmt: skip
    if to_bookers:
        for urn, email in audience.bookers(day.pk):
            notify(
                meta=meta,
                recipients=[urn],
                subject=ref,
                title=title,
                why=N_("您预约了这次接待。"),
                email=email,
                **params,
            )


def tell_excuse(event: e.DeputyExcused, meta: Meta) -> None:
    """Less than 24 hours before, the head must act."""
    day = audience.reception(event.event_id)
    title = (
        N_("{station}有代表临时请假：请安排替补或通知预约群众") if event.is_short_notice else N_("{station}有代表请假")
    )
    notify(meta=meta, recipients=audience.office(Role.STATION_HEAD, day), title=title, why=TURN,
           subject=SubjectRef("liaison.receptionevent", day.pk), station=day.station.name)  # fmt: skip


RECEPTION_WORDS: Mapping[type[e.ReceptionEventFact], tuple[str, bool]] = {
    e.ReceptionAnnounced: (N_("{station}的接待日已公告"), False),
    e.ReceptionChanged: (N_("{station}的接待日有变化，请查看"), True),
    e.DeputySubstituted: (N_("{station}的接待日由您或同事顶替，请查看"), False),
    e.BookersTold: (N_("{station}：{message}"), True),
}


# -- routing -----------------------------------------------------------------------------------------------------------


def note_routing(event: e.OpinionReferred, meta: Meta) -> None:
    """Who was asked stands beside what routing advised."""
    opinion = audience.opinion(event.opinion_id)
    note_choice(congress_id=opinion.congress_id, subject=routing_subject(opinion), unit_id=event.unit_id)


def learn_from_return(event: e.ReferralSentBack, meta: Meta) -> None:
    """退回 teaches: this was not that unit's."""
    ask_in_the_background(audience.opinion(event.opinion_id).congress_id)
