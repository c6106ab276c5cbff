"""Which acts of the table are open to this reader of a case: what the workflows offer, in the order of the page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Conflict, NotAllowed, NotFound
from openrenda.kernel.text import N_
from openrenda.kernel.verdict import ALLOWED, Verdict
from openrenda.kernel.workflow import Offer
from openrenda.orgs.states import Role
from openrenda.suggestions.rules import who as rules
from openrenda.suggestions.selectors.rows import WorkCase
from openrenda.suggestions.states import ContactState, CosignState, Part
from openrenda.ui.filters import t

from .act import FIND, Act, On
from .case_acts import CASE_ACTS
from .part_acts import PART_ACTS

PAGES = {"edit": "suggestions:edit", "invite": "suggestions:cosigners"}
"""Moves with pages of their own."""

TOGETHER = {"edit": ("attach",), "record_contact": ("record_attempt",)}
"""Acts that come along with a move."""

SAME_ACT = {"deny_late": "deny_done"}
"""Two moves of a table, one act for the reader: it depends on the day which of them is taken."""

LETTER_EXTRAS = ("review_publicity", "share_reply")
CASE_EXTRAS = ("release", "nudge", "mark_key", "choose_look_back")
LAW = "代表法"
"""The workflow also names local rules and paragraphs of our own rulebook; readers are shown the statute only."""

QUIET = (
    "withdraw",
    "ask_withdrawal",
    "supplement",
    "object",
    "ungroup",
    "group",
    "review_publicity",
    "nudge",
    "mark_key",
    "choose_look_back",
    "decline_cosign",
    "reject",
    "reassign",
    "request_return",
    "request_extension",
    "declare_impossible",
    "change",
    "reopen",
)
"""Never the first thing to do on a page."""

SECOND = ("release", "send_back", "send_back_reply", "refuse_return", "refuse_extension", "deny_contact", "deny_done")
"""First only where nothing leads on: what can wait, and the no beside a yes."""


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One button of the column beside a case."""

    name: str
    label: str
    url: str
    verdict: Verdict
    law: str = ""
    tone: str = "plain"
    part: int = 0


@dataclass(frozen=True, slots=True)
class MoveGroup:
    """The moves on one thing: the suggestion, a unit's turn, a promise, a contact."""

    title: str
    rows: list[MoveRow]


def groups(case: WorkCase, actor: Actor) -> list[MoveGroup]:
    """All that may be expected here, the most pressing button first marked as such."""
    found = [MoveGroup(group.title, _in_order(group.rows)) for group in _groups(case, actor) if group.rows]
    open_rows = [row for group in found for row in group.rows if row.verdict and row.name not in QUIET]
    first = min(open_rows, key=lambda row: row.name in SECOND, default=None)
    return [
        MoveGroup(group.title, [replace(row, tone="primary") if row is first else row for row in group.rows])
        for group in found
    ]


def _in_order(rows: list[MoveRow]) -> list[MoveRow]:
    """What is to be done before what may be done, closed ones last."""
    return sorted(rows, key=lambda row: (row.name in QUIET or not row.verdict, not row.verdict, row.name in SECOND))


def first_of(found: list[MoveGroup]) -> MoveRow | None:
    """The most pressing button."""
    return next((row for group in found for row in group.rows if row.tone == "primary"), None)


def _groups(case: WorkCase, actor: Actor) -> Iterator[MoveGroup]:
    pk = case.suggestion.pk
    for contact in case.contacts:
        if contact.state == ContactState.WAITING and actor.holds(Role.DEPUTY, contact.mandate_id):
            yield MoveGroup(N_("单位说和您面商过"), _extra(pk, ("confirm_contact", "deny_contact"), contact.pk))
    timely = [offer for offer in case.offers if _is_timely(case, actor, offer.move.name)]
    yield MoveGroup(N_("这件建议"), [*_offered(pk, timely), *_extra(pk, _extras_of(case))])
    for turn in case.assignments:
        row = turn.assignment
        yield MoveGroup(f"{row.unit}（{t(Part(row.part).label)}）", _offered(pk, turn.offers, row.pk))
    for reply in case.replies:
        on_letter = [name for name in LETTER_EXTRAS if name in case.extras]
        if on_letter and rules.works_at_unit(actor, reply.assignment):
            yield MoveGroup(f"{reply.assignment.unit} {reply.doc_no}", _extra(pk, on_letter, reply.pk))
    for promise in case.promises:
        yield MoveGroup(
            f"{t(N_('承诺'))}：{promise.commitment.content[:20]}", _offered(pk, promise.offers, promise.commitment.pk)
        )
    yield from _answers(case, actor)


def _answers(case: WorkCase, actor: Actor) -> Iterator[MoveGroup]:
    pk = case.suggestion.pk
    for nudge in case.nudges:
        if nudge.answered_on is None and rules.works_at_unit(actor, nudge):  # type: ignore[arg-type]  # has unit_id and suggestion
            yield MoveGroup(N_("督办"), _extra(pk, ("answer_nudge",), nudge.pk))
    for objection in case.objections:
        if objection.answered_at is None and rules.is_sc_rep(actor, case.suggestion):
            yield MoveGroup(N_("代表的异议"), _extra(pk, ("answer_objection",), objection.pk))
    for look in case.look_backs:
        if not look.verdict and "record_look_back" in case.extras:
            yield MoveGroup(N_("回头看"), _extra(pk, ("record_look_back",), look.pk))


def _is_timely(case: WorkCase, actor: Actor, name: str) -> bool:
    """Does the move make sense to this reader now? Its action would refuse with a reason, or change nothing."""
    mine = actor.scopes(Role.DEPUTY)
    confirmed = [row for row in case.cosigners if row.state == CosignState.CONFIRMED]
    if name == "give_feedback":
        return not any(row.round == case.suggestion.round and row.mandate_id in mine for row in case.feedbacks)
    if name == "ask_withdrawal":
        return bool(confirmed) and case.suggestion.withdrawal_asked_at is None
    if name == "agree_withdrawal":
        asked = case.suggestion.withdrawal_asked_at is not None
        return asked and any(row.mandate_id in mine and row.agreed_withdrawal_at is None for row in confirmed)
    if name == "confirm_cosign":
        return not any(row.mandate_id in mine for row in confirmed)
    if name == "ungroup":
        return case.suggestion.group_id is not None
    return True


def _extras_of(case: WorkCase) -> list[str]:
    return [name for name in CASE_EXTRAS if name in case.extras]


def _extra(pk: int, names: Iterable[str], part: int = 0) -> list[MoveRow]:
    return [_row(pk, name, ALLOWED, part) for name in names]


def _offered(pk: int, offers: Iterable[Offer[Any]], part: int = 0) -> list[MoveRow]:
    rows: dict[str, MoveRow] = {}
    for offer in offers:
        name = SAME_ACT.get(offer.move.name, offer.move.name)
        for one in (name, *TOGETHER.get(name, ())):
            if (one in rows and not offer.verdict) or not _is_known(one):
                continue
            rows[one] = _row(pk, one, offer.verdict, part, offer.move.law)
    return list(rows.values())


def _is_known(name: str) -> bool:
    return name in PAGES or name in CASE_ACTS or name in PART_ACTS


def _row(pk: int, name: str, verdict: Verdict, part: int, basis: str = "") -> MoveRow:
    law = basis if basis.startswith(LAW) else ""
    if name in PAGES:
        label = {"edit": N_("修改文字"), "invite": N_("邀请联名")}[name]
        return MoveRow(name, label, reverse(PAGES[name], args=[pk]), verdict, law)
    act = (PART_ACTS if part else CASE_ACTS)[name]
    url = (
        reverse("suggestions:part_act", args=[pk, name, part]) if part else reverse("suggestions:act", args=[pk, name])
    )
    return MoveRow(name, act.label, url, verdict, law, "danger" if act.danger else "plain", part)


def act_of(name: str, part: int) -> Act:
    """The row of the table behind an address; NotFound if there is none."""
    act = (PART_ACTS if part else CASE_ACTS).get(name)
    if act is None:
        raise NotFound
    return act


def part_of(case: WorkCase, act: Act, part: int) -> Any:
    """What the act is about; NotFound if it is no part of this case, or not for this reader."""
    if not part:
        return case.suggestion
    found = FIND[act.on](case).get(part)
    if found is None:
        raise NotFound
    return found


def check_open(case: WorkCase, actor: Actor, name: str, part: int) -> None:
    """Before a form is shown: NotAllowed if it is not this actor's here, Conflict with the reason if closed."""
    rows = (row for group in _groups(case, actor) for row in group.rows)
    row = next((row for row in rows if row.name == name and row.part == part), None)
    if row is None:
        raise NotAllowed
    if not row.verdict:
        raise Conflict.by(row.verdict)


def target(act: Act, part: Any, pk: int) -> dict[str, int]:
    """The action's id argument."""
    if act.on in (On.CASE, On.MAIN):
        return {act.on.value: pk}
    if act.on is On.PART:
        return {"assignment_id": part.assignment.pk}
    if act.on in (On.REPLY, On.LETTER):
        return {"reply_id": part.reply.pk if act.on is On.REPLY else part.pk}
    return {act.on.value: part.commitment.pk if act.on is On.PROMISE else part.pk}
