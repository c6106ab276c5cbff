"""Publicity, supervision, succession, and what the database itself refuses (R12, R16, R18; domain.md 2.7, 2.9)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from openrenda.kernel import clock, outbox
from openrenda.kernel.errors import Conflict, Invalid, NotAllowed
from openrenda.notifications.models import Notification
from openrenda.orgs import actions as orgs
from openrenda.orgs.states import Role
from openrenda.suggestions import actions, selectors
from openrenda.suggestions.errors import NoSuggestion, NothingToDo, NotReviewed
from openrenda.suggestions.models import Assignment, FacetCount, Step, Suggestion
from openrenda.suggestions.selectors.rows import Filters
from openrenda.suggestions.states import Importance, NudgeKind, Outcome, Publicity, PublicityWish, ReplyClass, State
from tests.makers.orgs import SESSION_OPENED, a_congress, a_staff_member, a_unit, actor_of, deputy_actor, setup_actor
from tests.makers.suggestions import (
    a_closed,
    a_distributed,
    a_draft,
    a_handled,
    a_replied,
    a_text,
    an_accepted,
    an_assigned,
    clerk,
    hub,
    rate,
    sc_rep,
)

NUMBERS = "联系电话13800001234，身份证990101199003078888"

# ---- publicity -------------------------------------------------------------------------------------------------------


def test_what_is_released_is_masked_in_every_text() -> None:
    walk = a_closed(text=a_text(title="关于13800001234的建议", problem=NUMBERS, analysis=NUMBERS, proposal=NUMBERS))
    actions.release(suggestion_id=walk.pk, decision=Publicity.FULL, checked_by="周", actor=sc_rep())
    case = selectors.public_case(walk.now.congress_id, walk.now.key or "")
    shown = [case.title, case.problem, case.analysis, case.proposal]
    assert all("13800001234" not in text and "990101199003078888" not in text for text in shown)
    assert case.masked_count == 6
    assert case.replies[0].body


def test_before_release_the_page_says_that_the_text_waits() -> None:
    walk = a_replied()
    case = selectors.public_case(walk.now.congress_id, walk.now.key or "")
    assert (case.problem, case.proposal, case.replies[0].body) == ("", "", "")
    assert case.hidden_because
    assert case.replies[0].hidden_because
    assert not case.ratings, "no verdict is public before closure"
    assert any(not line.is_public for line in case.story), "closed steps are shown as such"


def test_not_public_needs_a_reason_and_hides_title_and_text_everywhere() -> None:
    walk = a_closed()
    with pytest.raises(Invalid):
        actions.release(suggestion_id=walk.pk, decision=Publicity.NO, checked_by="周", actor=sc_rep())
    actions.release(
        suggestion_id=walk.pk, decision=Publicity.NO, checked_by="周", reason="涉及个人隐私", actor=sc_rep()
    )
    row = walk.now
    case = selectors.public_case(row.congress_id, row.key or "")
    assert (case.title, case.problem, case.hidden_because) == ("", "", "涉及个人隐私")
    line = selectors.public_list(row.congress_id, Filters()).rows[0]
    assert (line.number, line.title) == (case.number, "")
    assert selectors.public_list(row.congress_id, Filters(text=row.title[:4])).rows == []
    assert selectors.promise_ledger(row.congress_id, public=True) == []


def test_to_go_further_than_the_deputy_wishes_needs_a_reason() -> None:
    text = a_text(publicity_wish=PublicityWish.NO, publicity_wish_reason="保护反映人")
    walk = a_closed(text=text)
    assert walk.now.public_title == ""
    with pytest.raises(Invalid):
        actions.release(suggestion_id=walk.pk, decision=Publicity.FULL, checked_by="周", actor=hub())
    actions.release(suggestion_id=walk.pk, decision=Publicity.FULL, checked_by="周", reason="代表后来同意", actor=hub())
    assert walk.now.publicity == Publicity.FULL


def test_the_unit_looks_before_the_office_releases() -> None:
    walk = a_replied()
    reply = walk.reply()
    reply.publicity = Publicity.PENDING
    reply.save(update_fields=["publicity"])
    with pytest.raises(NotReviewed):
        actions.release(suggestion_id=walk.pk, decision=Publicity.FULL, checked_by="周", actor=sc_rep())
    with pytest.raises(Invalid):
        actions.review_publicity(reply_id=reply.pk, publicity=Publicity.FULL, checked_by="", actor=clerk())
    with pytest.raises(NotAllowed):
        actions.review_publicity(reply_id=reply.pk, publicity=Publicity.FULL, checked_by="李", actor=clerk("B04"))
    actions.review_publicity(reply_id=reply.pk, publicity=Publicity.FULL, checked_by="李", actor=clerk())
    for stranger in (clerk(), walk.deputy):
        with pytest.raises(NotAllowed):
            actions.release(suggestion_id=walk.pk, decision=Publicity.FULL, checked_by="周", actor=stranger)
    actions.release(suggestion_id=walk.pk, decision=Publicity.FULL, checked_by="周", actor=sc_rep())


def test_a_deputy_who_asks_for_it_is_not_named() -> None:
    walk = a_closed(is_confidential=True, cosigners=0)
    actions.release(suggestion_id=walk.pk, decision=Publicity.FULL, checked_by="周", actor=sc_rep())
    row = walk.now
    case = selectors.public_case(row.congress_id, row.key or "")
    name = walk.lead.person.name
    assert name not in [case.lead, *(line.who for line in case.story)]
    assert selectors.public_list(row.congress_id, Filters()).rows[0].lead != name


def test_what_was_withdrawn_keeps_its_number_and_nothing_else() -> None:
    walk = an_accepted()
    actions.withdraw(suggestion_id=walk.pk, reason="已解决", actor=walk.deputy)
    case = selectors.public_case(walk.now.congress_id, walk.now.key or "")
    assert (case.title, case.problem, case.state) == ("", "", State.WITHDRAWN)


def test_the_gate_shows_each_only_what_is_theirs() -> None:
    walk = a_handled()
    shown = [walk.deputy, sc_rep(), hub(), clerk(), actor_of(Role.SC_LEADER, "R01"), actor_of(Role.SC_COMMITTEE, "R04")]
    hidden = [clerk("B04"), actor_of(Role.SC_COMMITTEE, "R03"), actor_of(Role.AUDITOR, "R01"),
              actor_of(Role.STATION_HEAD, "S01")]  # fmt: skip
    for actor in shown:
        assert selectors.suggestion_for(actor, walk.pk).pk == walk.pk
    for actor in hidden:
        with pytest.raises(NoSuggestion):
            selectors.suggestion_for(actor, walk.pk)
        with pytest.raises(NoSuggestion):
            selectors.work_case(actor, walk.pk)
        assert selectors.inbox(actor).mine == []


# ---- supervision -----------------------------------------------------------------------------------------------------


def test_a_key_suggestion_needs_the_chairs_decision() -> None:
    walk = an_assigned()
    mark = {"suggestion_id": walk.pk, "decided_on": clock.today()}
    with pytest.raises(NotAllowed):
        actions.mark_key(importance=Importance.KEY, decision="第81次主任会议", actor=hub(), **mark)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        actions.mark_key(importance=Importance.KEY, decision=" ", actor=sc_rep(), **mark)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        actions.mark_key(importance=Importance.LED, decision="第81次", actor=sc_rep(), **mark)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        actions.mark_key(importance=Importance.KEY, decision="第81次", oversight_unit_id=a_unit("B03").pk,
                         actor=sc_rep(), **mark)  # type: ignore[arg-type]  # fmt: skip
    actions.mark_key(importance=Importance.KEY, decision="第81次主任会议", oversight_unit_id=a_unit("R03").pk,
                     actor=sc_rep(), **mark)  # type: ignore[arg-type]  # fmt: skip
    assert selectors.inbox(actor_of(Role.SC_COMMITTEE, "R03")).mine
    assert selectors.public_list(walk.now.congress_id, Filters(key_only=True)).rows


def test_an_order_has_a_day_by_which_the_unit_answers() -> None:
    walk = a_handled()
    row = actions.nudge(
        suggestion_id=walk.pk, unit_id=a_unit("B03").pk, kind=NudgeKind.ORDER, text="请答复", actor=sc_rep()
    )
    assert row.answer_due == clock.today() + timedelta(days=14), "ten working days"
    with pytest.raises(NotAllowed):
        actions.answer_nudge(nudge_id=row.pk, answer="正在办", actor=clerk("B04"))
    actions.answer_nudge(nudge_id=row.pk, answer="正在办", actor=clerk())
    with pytest.raises(Conflict):
        actions.answer_nudge(nudge_id=row.pk, answer="又答", actor=clerk())


# ---- succession ------------------------------------------------------------------------------------------------------


def end(mandate_id: int) -> None:
    orgs.end_mandate(
        mandate_id=mandate_id, on=clock.today() - timedelta(days=1), reason="调离", actor=setup_actor(a_congress())
    )


def test_the_next_cosigner_leads_when_the_lead_leaves_office() -> None:
    walk = a_replied(cosigners=2)
    with pytest.raises(NothingToDo):
        actions.succeed_lead(suggestion_id=walk.pk, actor=sc_rep())
    end(walk.lead.pk)
    end(walk.cosigners[0].pk)
    assert actions.succeed_leads(actor=sc_rep()) == 1
    assert walk.now.lead_id == walk.cosigners[1].pk
    assert actions.succeed_leads(actor=sc_rep()) == 0
    rate(walk, by=walk.cosigners[1])
    assert walk.now.state == State.CLOSED, "nobody else in office is waited for"


def test_nobody_left_to_rate_is_closed_as_such_and_not_as_satisfied() -> None:
    walk = a_replied()
    with pytest.raises(Conflict):
        actions.rate_unrateable(suggestion_id=walk.pk, reason="调离", actor=sc_rep())
    end(walk.lead.pk)
    actions.rate_unrateable(suggestion_id=walk.pk, reason="调离", actor=sc_rep())
    assert (walk.now.outcome, walk.now.feedbacks.count()) == (Outcome.UNRATEABLE, 0)


def test_a_dissolved_units_work_goes_on_with_its_dates() -> None:
    walk, promised = a_handled(), a_closed(ReplyClass.B)
    before = (walk.now.legal_due, walk.turn().due)
    actor = setup_actor(a_congress())
    with pytest.raises(Conflict):
        actions.take_over_unit(unit_id=a_unit("B03").pk, actor=actor)
    orgs.dissolve_unit(unit_id=a_unit("B03").pk, on=clock.today(), successor_id=a_unit("B04").pk, actor=actor)
    assert actions.take_over_unit(unit_id=a_unit("B03").pk, actor=actor) == 2
    assert (walk.now.legal_due, walk.turn("B04").due) == before
    assert promised.now.commitments.get().unit == a_unit("B04")


def test_a_new_term_carries_what_is_open() -> None:
    walk, done = a_handled(), a_closed()
    actor = setup_actor(a_congress())
    orgs.open_term(number=17, starts_on=clock.today() + timedelta(days=10), ends_on=None, actor=actor)
    assert actions.carry_term(actor=actor) == 0
    with clock.at(clock.today() + timedelta(days=11)):
        assert actions.carry_term(actor=actor) == 1
        assert actions.carry_term(actor=actor) == 0
    assert (walk.now.is_carried_term, done.now.is_carried_term) == (True, False)


# ---- the database refuses --------------------------------------------------------------------------------------------


def refused(sql: str, *values: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_raw_sql_cannot_jump_a_state_nor_rewrite_the_story() -> None:
    walk = a_handled()
    refused(
        "UPDATE suggestions_suggestion SET state = 'closed', closed_on = now(), outcome = 'rated' WHERE id = %s",
        walk.pk,
    )
    refused("UPDATE suggestions_suggestion SET state = 'accepted' WHERE id = %s", walk.pk)
    refused("UPDATE suggestions_assignment SET state = 'replied' WHERE suggestion_id = %s", walk.pk)
    refused("UPDATE suggestions_step SET who = 'x' WHERE suggestion_id = %s", walk.pk)
    refused("DELETE FROM suggestions_step WHERE suggestion_id = %s", walk.pk)
    promised = a_closed(ReplyClass.B)
    refused("UPDATE suggestions_commitment SET state = 'done_confirmed' WHERE suggestion_id = %s", promised.pk)
    refused("UPDATE suggestions_classchange SET new = 'A' WHERE suggestion_id = %s", promised.pk)
    assert Step.objects.filter(suggestion_id=walk.pk).exists()


def test_a_second_lead_unit_and_a_second_number_are_refused() -> None:
    walk = a_distributed()
    turn = walk.turn()
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            suggestion_id=walk.pk, unit=a_unit("B04"), part=turn.part, level=turn.level, assigned_on=clock.today()
        )
    other = an_accepted()
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.filter(pk=other.pk).update(key=walk.now.key)


# ---- counters, notices -----------------------------------------------------------------------------------------------


def test_counters_stand_where_a_recount_stands_after_all_that_happens() -> None:
    with clock.at(SESSION_OPENED):
        a_draft()
        walks = [an_accepted(), a_handled(), a_closed(ReplyClass.B), a_closed()]
        actions.withdraw(suggestion_id=walks[0].pk, reason="已解决", actor=walks[0].deputy)
    found = selectors.facets(a_congress().pk, 2025)
    assert found.total == 4
    assert {v.value: v.count for v in found.classes} == {"A": 1, "B": 1}
    assert {v.value: v.count for v in found.states} == {"withdrawn": 1, "handling": 1, "closed": 2}
    assert selectors.facets(a_congress().pk, 2024).total == 0
    rows = FacetCount.objects.count()
    assert actions.fold_facets() < rows
    assert selectors.facets(a_congress().pk, 2025) == found
    assert actions.recount_facets() == 0
    FacetCount.objects.create(congress_id=a_congress().pk, year=2025, facet="total", value="*", n=5)
    assert actions.recount_facets() == 1
    assert selectors.facets(a_congress().pk, 2025) == found


def test_each_is_told_once_and_of_what_concerns_him() -> None:
    person = a_staff_member(Role.UNIT_CLERK, "B03")
    boss = a_staff_member(Role.UNIT_LEADER, "B03")
    office = a_staff_member(Role.SC_REP, "R02")
    stranger = a_staff_member(Role.UNIT_CLERK, "B04")
    walk = a_replied(cosigners=1)
    rate(walk)
    rate(walk, by=walk.cosigners[0])
    outbox.drain()
    outbox.drain()

    def told(pk: int) -> list[str]:
        return list(Notification.objects.filter(recipient=f"person:{pk}").values_list("title", flat=True))

    assert "{number}的复文等您签发" in told(boss.pk)
    assert any("请签收" in title for title in told(person.pk))
    assert "新提交的建议待审查：{matter}" in told(office.pk)
    assert told(stranger.pk) == []
    lead = told(walk.lead.person_id)
    assert "{number}已有答复，请在{due}前评价" in lead
    assert lead.count("{number}已办结") == 1
    assert "请确认是否联名：{matter}" in told(walk.cosigners[0].person_id)
    assert deputy_actor(walk.lead).person_id == walk.lead.person_id
