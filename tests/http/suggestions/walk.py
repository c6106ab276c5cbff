"""Roads to every stage of a suggestion, walked by the actions, and the people who walk them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.liaison import actions as liaison
from openrenda.liaison.models import Category
from openrenda.orgs.models import Congress, Mandate
from openrenda.orgs.states import Role
from openrenda.suggestions import actions
from openrenda.suggestions.actions.values import Answer, Given, PlanLine, Promise, Text
from openrenda.suggestions.models import Assignment, Reply, Suggestion
from openrenda.suggestions.states import (
    ContactWay,
    ExtensionReason,
    Mode,
    Part,
    Publicity,
    Rating,
    ReplyClass,
)
from tests.makers import orgs

STAGES = (
    "draft", "cosigning", "submitted", "accepted", "planned", "assigned", "distributed", "handling", "return_req",
    "ext_req", "reply_review", "signed", "feedback", "unsatisfied", "rehandle", "closed", "released",
)  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """A small district and its people."""

    congress: Congress
    lead: Mandate
    cosigner: Mandate
    other: Mandate
    category_id: int

    def actor(self, role: Role, unit: str) -> Actor:
        return orgs.actor_of(role, unit, congress=self.congress)

    @property
    def deputy(self) -> Actor:
        return orgs.deputy_actor(self.lead)

    @property
    def second(self) -> Actor:
        return orgs.deputy_actor(self.cosigner)

    @property
    def rep(self) -> Actor:
        return self.actor(Role.SC_REP, "R02")

    @property
    def hub(self) -> Actor:
        return self.actor(Role.GOV_HUB, "G01")

    @property
    def clerk(self) -> Actor:
        return self.actor(Role.UNIT_CLERK, "B03")

    @property
    def leader(self) -> Actor:
        return self.actor(Role.UNIT_LEADER, "B03")


def a_scene() -> Scene:
    """Two deputies of one delegation, one of another, all units of the small district, the standard categories."""
    congress = orgs.a_congress()
    lead = orgs.a_deputy("周延庆", code="D001", station="S01")
    cosigner = orgs.a_deputy("龚援朝", code="D002", station="S02", delegation="望河代表团")
    other = orgs.a_deputy("欧阳·娜日苏", code="D003", station="S02", delegation="望河代表团")
    liaison.add_standard_categories(actor=orgs.setup_actor(congress))
    leaf = Category.objects.filter(congress=congress, parent__isnull=False).order_by("code").first()
    assert leaf is not None
    return Scene(congress, lead, cosigner, other, leaf.pk)


def text(scene: Scene, title: str = "关于修好桐花里路灯的建议", **given: Any) -> Text:
    words = {
        "title": title, "problem": "桐花里北街12盏路灯坏了8盏，晚上接孩子的老人看不清路。",
        "proposal": "一、请区住建局修好路灯；二、定下由谁日常维护。", "category_id": scene.category_id,
    }  # fmt: skip
    return Text(**{**words, **given})


def answer(reply_class: ReplyClass = ReplyClass.B, **given: Any) -> Answer:
    promises = (Promise("修好桐花里北街全部路灯", clock.today() + timedelta(days=60), "王科长"),)
    base: dict[str, Any] = {
        "doc_no": "云住建函〔2025〕15号", "reply_class": reply_class,
        "body": "已修好5盏，其余3盏要换电缆，六月底前完成。",
        "contact_name": "王科长", "contact_phone": "0371-55551234", "publicity": Publicity.FULL,
        "secrecy_checked_by": "李保密", "promises": promises if reply_class in (ReplyClass.B, ReplyClass.C) else (),
    }  # fmt: skip
    return Answer(**{**base, **given})


def to(
    scene: Scene, stage: str, *, joint: bool = False, title: str = "关于修好桐花里路灯的建议", **given: Any
) -> Suggestion:
    """A suggestion at `stage`; every step before it is taken by those whose step it is."""
    row = actions.write_draft(lead_id=scene.lead.pk, text=text(scene, title, **given), actor=scene.deputy)
    if joint or stage == "cosigning":
        actions.invite_cosigners(suggestion_id=row.pk, mandate_ids=[scene.cosigner.pk], actor=scene.deputy)
    if joint:
        actions.confirm_cosign(suggestion_id=row.pk, actor=scene.second)
    last = STAGES.index(stage)
    for name in STAGES[2 : last + 1]:
        if name in _ASIDE and name != stage:
            continue
        _STEPS[name](scene, row.pk)
    return Suggestion.objects.get(pk=row.pk)


def turn(pk: int) -> Assignment:
    """The turn in force; the government's own before it distributes."""
    return Assignment.objects.filter(suggestion_id=pk).exclude(state__in=["distributed", "replaced"]).latest("pk")


def letter(pk: int) -> Reply:
    """The newest reply."""
    return Reply.objects.filter(suggestion_id=pk).latest("pk")


def _plan(scene: Scene, pk: int) -> None:
    lines = [PlanLine(orgs.a_unit("B03").pk, Part.SOLE)]
    oversight = orgs.a_unit("R04").pk
    actions.plan(suggestion_id=pk, mode=Mode.SINGLE, lines=lines, actor=scene.rep, oversight_unit_id=oversight)


def _hub_turn(pk: int) -> int:
    return Assignment.objects.get(suggestion_id=pk, is_hub=True, state="waiting").pk


def _contact_and_draft(scene: Scene, pk: int) -> None:
    contact(scene, pk)
    actions.draft_reply(assignment_id=turn(pk).pk, answer=answer(), actor=scene.clerk)


def contact(scene: Scene, pk: int) -> Any:
    return actions.record_contact(
        assignment_id=turn(pk).pk, way=ContactWay.MEETING, on=clock.today(), notes="代表要求月底前修好。",
        actor=scene.clerk, place="桐花里社区",
    )  # fmt: skip


def _sign(scene: Scene, pk: int) -> None:
    actions.sign_reply(reply_id=letter(pk).pk, signer="赵局长", signer_title="局长", is_chief=True, actor=scene.leader)


def _rate(scene: Scene, pk: int, rating: Rating) -> None:
    given = Given(
        attitude=Rating.GOOD, result=rating, was_met=True, met_way=ContactWay.MEETING, comment="还有三盏没有修。"
    )
    actions.give_feedback(suggestion_id=pk, given=given, actor=scene.deputy)


_STEPS: dict[str, Any] = {
    "submitted": lambda s, pk: actions.submit(suggestion_id=pk, actor=s.deputy),
    "accepted": lambda s, pk: actions.accept(suggestion_id=pk, actor=s.rep),
    "planned": _plan,
    "assigned": lambda s, pk: actions.assign_in_bulk(suggestion_ids=[pk], actor=s.rep),
    "distributed": lambda s, pk: actions.distribute(assignment_id=_hub_turn(pk), actor=s.hub),
    "return_req": lambda s, pk: actions.request_return(assignment_id=turn(pk).pk, reason="归城管局管", actor=s.clerk),
    "handling": lambda s, pk: actions.sign_for(assignment_id=turn(pk).pk, actor=s.clerk),
    "ext_req": lambda s, pk: actions.request_extension(
        assignment_id=turn(pk).pk, reason=ExtensionReason.HARD, note="电缆要招标。", actor=s.clerk),
    "reply_review": _contact_and_draft,
    "signed": _sign,
    "feedback": lambda s, pk: actions.pass_reply(reply_id=letter(pk).pk, actor=s.hub),
    "unsatisfied": lambda s, pk: _rate(s, pk, Rating.BAD),
    "rehandle": lambda s, pk: (
        _rate(s, pk, Rating.BAD), actions.rehandle(suggestion_id=pk, note="再修", actor=s.rep)),
    "closed": lambda s, pk: _rate(s, pk, Rating.GOOD),
    "released": lambda s, pk: actions.release(
        suggestion_id=pk, decision=Publicity.FULL, actor=s.rep, checked_by="李保密"),
}  # fmt: skip
_ASIDE = ("return_req", "ext_req", "unsatisfied", "rehandle")
