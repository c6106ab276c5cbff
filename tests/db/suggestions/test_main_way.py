"""From the draft to the promise kept, in the states of domain.md 2.3."""

from openrenda.audit.models import AuditEntry
from openrenda.kernel import outbox
from openrenda.kernel.models import OutboxEvent
from openrenda.suggestions import actions, selectors
from openrenda.suggestions.models import Commitment, ReplyDelivery, Step
from openrenda.suggestions.states import CommitmentState, Outcome, Rating, ReplyClass, State
from tests.makers.suggestions import (
    a_closed,
    a_planned,
    a_rehandled,
    an_answer,
    clerk,
    hub,
    leader,
    meet,
    pass_reply,
    rate,
    sc_rep,
)


def test_the_whole_way() -> None:
    walk = a_planned(cosigners=2)
    seen = [walk.now.state]

    def see() -> None:
        seen.append(walk.now.state)

    actions.assign_in_bulk(suggestion_ids=[walk.pk], actor=sc_rep())
    see()
    actions.distribute(assignment_id=walk.turn("G00").pk, actor=hub())
    see()
    actions.sign_for(assignment_id=walk.turn().pk, actor=clerk())
    see()
    meet(walk)
    actions.draft_reply(assignment_id=walk.turn().pk, answer=an_answer(ReplyClass.B), actor=clerk())
    see()
    pass_reply(walk)
    see()
    rate(walk)
    see()
    for mandate in walk.cosigners:
        rate(walk, result=Rating.FAIR, by=mandate)
    see()
    assert seen == [
        State.ACCEPTED,
        State.ASSIGNED1,
        State.ASSIGNED2,
        State.HANDLING,
        State.REPLY_REVIEW,
        State.FEEDBACK,
        State.FEEDBACK,
        State.CLOSED,
    ]
    row = walk.now
    assert (row.key, row.outcome, row.reply_class) == ("JY-16-5-B001", Outcome.RATED, "B")
    assert ReplyDelivery.objects.filter(reply__suggestion=row).count() == 3
    promise = Commitment.objects.get(suggestion=row)
    actions.claim_done(commitment_id=promise.pk, text="已完成", proof="验收单", actor=clerk())
    actions.confirm_done(commitment_id=promise.pk, note="", actor=walk.deputy)
    promise.refresh_from_db()
    assert promise.state == CommitmentState.DONE_CONFIRMED
    assert (
        AuditEntry.objects.filter(kind__startswith="suggestions.").count()
        == Step.objects.filter(suggestion=row).count()
    )
    assert OutboxEvent.objects.filter(kind__startswith="suggestions.").exists()
    outbox.drain()


def test_second_round() -> None:
    walk = a_rehandled()
    row = walk.now
    assert (row.state, row.round) == (State.REHANDLE, 2)
    meet(walk)
    actions.draft_reply(assignment_id=walk.turn().pk, answer=an_answer(), actor=clerk())
    pass_reply(walk)
    rate(walk)
    assert walk.now.state == State.CLOSED


def test_pages_can_be_read() -> None:
    walk = a_closed(ReplyClass.B)
    outbox.drain()
    actions.release(suggestion_id=walk.pk, decision="full", checked_by="周", actor=sc_rep())
    case = selectors.public_case(walk.now.congress_id, walk.now.key or "")
    assert case.problem
    assert case.replies[0].body
    for actor in (walk.deputy, sc_rep(), hub(), clerk(), leader()):
        assert selectors.work_case(actor, walk.pk).suggestion.pk == walk.pk
        selectors.inbox(actor)
    assert selectors.facets(walk.now.congress_id).total == 1
