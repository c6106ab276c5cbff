"""Suggestions at every stage, reached by walking the actions as the offices do.

Units of tests.makers.orgs: R02 代表工委, R04 对口工委, G01 督查室, B03 and B04 departments, J01 street, F01 court.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.liaison.models import Category
from openrenda.orgs.models import Congress, Mandate
from openrenda.orgs.states import Role
from openrenda.suggestions import actions
from openrenda.suggestions.actions.values import Answer, Given, PlanLine, Promise, Text
from openrenda.suggestions.models import Assignment, Reply, Suggestion
from openrenda.suggestions.states import (
    AssignmentState,
    ContactWay,
    Mode,
    Part,
    Publicity,
    Rating,
    ReferenceReason,
    ReplyClass,
    ReplyState,
)
from tests.makers.orgs import a_congress, a_deputy, a_unit, actor_of, deputy_actor

_number = count(1)


def a_category(name: str = "老旧小区", congress: Congress | None = None) -> Category:
    """A subject of that name."""
    found, _ = Category.objects.get_or_create(
        congress=congress or a_congress(), name=name, defaults={"code": f"SUG{next(_number)}"}
    )
    return found


def a_text(**changes: object) -> Text:
    """A text that may be submitted."""
    given: dict[str, object] = {
        "title": f"关于修复第{next(_number)}号院雨污管网的建议",
        "problem": "院内雨污合流，化粪池每逢夏季返溢。",
        "proposal": "列入今年改造计划，先做雨污分流。",
        "category_id": a_category().pk,
    }
    return Text(**{**given, **changes})  # type: ignore[arg-type]  # a test may give nonsense on purpose


def sc_rep() -> Actor:
    """代表工委."""
    return actor_of(Role.SC_REP, "R02")


def hub() -> Actor:
    """政府督查室."""
    return actor_of(Role.GOV_HUB, "G01")


def clerk(code: str = "B03") -> Actor:
    """A unit's clerk."""
    return actor_of(Role.UNIT_CLERK, code)


def leader(code: str = "B03") -> Actor:
    """A unit's leader."""
    return actor_of(Role.UNIT_LEADER, code)


def clockwork() -> Actor:
    """The nightly sweep."""
    return Actor.system("suggestions.sweep", a_congress().pk)


def line(code: str, part: Part = Part.SOLE, text: str = "") -> PlanLine:
    """One line of a plan."""
    return PlanLine(a_unit(code).pk, part, text)


@dataclass
class Walk:
    """A suggestion on its way, with those who move it."""

    suggestion: Suggestion
    lead: Mandate
    cosigners: list[Mandate] = field(default_factory=list)

    @property
    def now(self) -> Suggestion:
        """The row as it stands."""
        self.suggestion.refresh_from_db()
        return self.suggestion

    @property
    def deputy(self) -> Actor:
        return deputy_actor(self.lead)

    @property
    def pk(self) -> int:
        return self.suggestion.pk

    def turn(self, code: str = "B03") -> Assignment:
        """The unit's newest turn that is not over."""
        over = (AssignmentState.REPLACED, AssignmentState.STOPPED, AssignmentState.DISTRIBUTED)
        return Assignment.objects.filter(suggestion_id=self.pk, unit=a_unit(code)).exclude(state__in=over).latest("pk")

    def reply(self, code: str = "B03") -> Reply:
        """The unit's newest reply."""
        return Reply.objects.filter(suggestion_id=self.pk, assignment__unit=a_unit(code)).latest("pk")


def a_draft(*, lead: Mandate | None = None, text: Text | None = None, **given: object) -> Walk:
    """A deputy's draft."""
    lead = lead or a_deputy()
    suggestion = actions.write_draft(
        lead_id=lead.pk,
        text=text or a_text(),
        actor=deputy_actor(lead),
        **given,  # type: ignore[arg-type]
    )
    return Walk(suggestion, lead)


def a_submitted(*, cosigners: int = 0, text: Text | None = None, **given: object) -> Walk:
    """Filed, with that many co-signers who have confirmed."""
    walk = a_draft(text=text, **given)
    if cosigners:
        walk.cosigners = [a_deputy() for _ in range(cosigners)]
        actions.invite_cosigners(suggestion_id=walk.pk, mandate_ids=[m.pk for m in walk.cosigners], actor=walk.deputy)
        for mandate in walk.cosigners:
            actions.confirm_cosign(suggestion_id=walk.pk, actor=deputy_actor(mandate))
    actions.submit(suggestion_id=walk.pk, actor=walk.deputy)
    return walk


def an_accepted(**given: object) -> Walk:
    """With its number."""
    walk = a_submitted(**given)  # type: ignore[arg-type]
    actions.accept(suggestion_id=walk.pk, actor=sc_rep())
    return walk


def a_planned(lines: Sequence[PlanLine] | None = None, mode: Mode = Mode.SINGLE, **given: object) -> Walk:
    """Planned for B03 alone, unless lines are given."""
    walk = an_accepted(**given)
    actions.plan(
        suggestion_id=walk.pk,
        mode=mode,
        lines=lines or [line("B03")],
        actor=sc_rep(),
        oversight_unit_id=a_unit("R04").pk,
    )
    return walk


def an_assigned(lines: Sequence[PlanLine] | None = None, mode: Mode = Mode.SINGLE, **given: object) -> Walk:
    """On assignment day."""
    walk = a_planned(lines, mode, **given)
    actions.assign_in_bulk(suggestion_ids=[walk.pk], actor=sc_rep())
    return walk


def a_distributed(lines: Sequence[PlanLine] | None = None, mode: Mode = Mode.SINGLE, **given: object) -> Walk:
    """Handed to its units by the government's office."""
    walk = an_assigned(lines, mode, **given)
    actions.distribute(assignment_id=walk.turn("G00").pk, actor=hub())
    return walk


def a_handled(**given: object) -> Walk:
    """Signed for by B03."""
    walk = a_distributed(**given)  # type: ignore[arg-type]
    actions.sign_for(assignment_id=walk.turn().pk, actor=clerk())
    return walk


def meet(walk: Walk, code: str = "B03", way: ContactWay = ContactWay.MEETING, *, confirmed: bool = True) -> None:
    """The unit meets the lead deputy today."""
    contact = actions.record_contact(
        assignment_id=walk.turn(code).pk, way=way, on=clock.today(), notes="当面听取意见。", actor=clerk(code)
    )
    if confirmed:
        actions.confirm_contact(contact_id=contact.pk, actor=walk.deputy)


def an_answer(reply_class: ReplyClass = ReplyClass.A, **changes: object) -> Answer:
    """A reply that may go to review; B and C with a promise half a year ahead, D with its reason."""
    given: dict[str, object] = {
        "doc_no": f"云住建函〔2025〕{next(_number)}号",
        "reply_class": reply_class,
        "body": "已完成雨污分流。",
        "contact_name": "王科长",
        "contact_phone": "0371-00000000",
        "publicity": Publicity.FULL,
        "secrecy_checked_by": "李保密",
    }
    if reply_class in (ReplyClass.B, ReplyClass.C):
        given["promises"] = (Promise("完成路面恢复", clock.today() + timedelta(days=180), "王科长"),)
    if reply_class == ReplyClass.D:
        given["reference_reason"] = ReferenceReason.FUNDS
    return Answer(**{**given, **changes})  # type: ignore[arg-type]


def a_drafted_reply(reply_class: ReplyClass = ReplyClass.A, **given: object) -> Walk:
    """Met, and the reply waits for the leader."""
    walk = a_handled(**given)
    meet(walk)
    actions.draft_reply(assignment_id=walk.turn().pk, answer=an_answer(reply_class), actor=clerk())
    return walk


def pass_reply(walk: Walk, code: str = "B03", *, checker: Actor | None = None) -> None:
    """Signed by the chief and let out."""
    reply = walk.reply(code)
    actions.sign_reply(reply_id=reply.pk, signer="赵局长", signer_title="局长", is_chief=True, actor=leader(code))
    actions.pass_reply(reply_id=reply.pk, actor=checker or hub())


def a_replied(reply_class: ReplyClass = ReplyClass.A, **given: object) -> Walk:
    """Answered: the feedback window is open."""
    walk = a_drafted_reply(reply_class, **given)
    pass_reply(walk)
    return walk


def rate(
    walk: Walk, attitude: Rating = Rating.GOOD, result: Rating = Rating.GOOD, *, by: Mandate | None = None
) -> None:
    """A signatory's verdict."""
    comment = "没有解决。" if Rating.BAD in (attitude, result) else ""
    given = Given(attitude, result, was_met=True, met_way=ContactWay.MEETING, comment=comment)
    actions.give_feedback(suggestion_id=walk.pk, given=given, actor=deputy_actor(by or walk.lead))


def a_closed(reply_class: ReplyClass = ReplyClass.A, **given: object) -> Walk:
    """Rated by its one signatory, and closed."""
    walk = a_replied(reply_class, **given)
    rate(walk)
    return walk


def an_unsatisfied(attitude: Rating = Rating.GOOD, result: Rating = Rating.BAD, **given: object) -> Walk:
    """Rated 不满意."""
    walk = a_replied(**given)  # type: ignore[arg-type]
    rate(walk, attitude, result)
    return walk


def a_rehandled(**given: object) -> Walk:
    """In its second round."""
    walk = an_unsatisfied(**given)  # type: ignore[arg-type]
    actions.rehandle(suggestion_id=walk.pk, note="请主要负责人重新办理。", actor=sc_rep())
    return walk


def replies_in(walk: Walk, state: ReplyState) -> int:
    """How many replies of the suggestion are in a state."""
    return Reply.objects.filter(suggestion_id=walk.pk, state=state).count()


def on(day: date) -> object:
    """The clock set to a day, as a context."""
    return clock.at(day)
