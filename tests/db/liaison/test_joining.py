"""同感: a resident joins an open, public matter; her words, number, code, notices and rating stay her own."""

from typing import Any

import pytest

from openrenda.kernel import outbox
from openrenda.kernel.actor import Actor
from openrenda.liaison import actions, selectors
from openrenda.liaison.errors import NotJoinable
from openrenda.liaison.models import Opinion, OpinionStep
from openrenda.liaison.states import OpinionState, Satisfaction
from openrenda.notifications.models import Notification
from openrenda.orgs.states import Role
from tests.makers.liaison import Cast, a_published_opinion, a_receipt, again, an_opinion, resident_of

S = OpinionState
HER_WORDS = "我们楼也一样，消防栓拧开是干的，晚上睡觉都不踏实。"


def joined(cast: Cast, parent: Opinion, **given: Any) -> Opinion:
    receipt = a_receipt(cast, joins=parent.number, content=HER_WORDS, **given)
    return again(receipt.opinion_id)


def me(opinion: Opinion) -> Actor:
    return resident_of(opinion.pk, opinion.congress_id)


def residents(parent: Opinion) -> int:
    return selectors.published_opinion(congress_id=parent.congress_id, number=parent.number).row.residents


def test_she_keeps_words_number_and_code_and_is_counted(cast: Cast) -> None:
    parent = a_published_opinion(cast, S.HANDLING)
    receipt = a_receipt(cast, joins=parent.number, content=HER_WORDS)
    child = again(receipt.opinion_id)
    assert (child.state, child.merged_into_id, child.content) == (S.MERGED, parent.pk, HER_WORDS)
    assert child.number != parent.number
    assert child.due_on is None
    assert residents(parent) == 2
    actor = actions.track(number=receipt.number, code=receipt.code, congress_id=cast.congress_id, origin="a")
    assert selectors.tracking(actor=actor).merged_into == parent.number


def test_she_gets_the_notices_and_rates_for_herself(cast: Cast) -> None:
    parent = a_published_opinion(cast, S.RESULT)
    child = joined(cast, parent)
    actions.feed_back(opinion_id=parent.pk, actor=cast.head)
    outbox.drain()
    titles = list(Notification.objects.filter(recipient=f"opinion:{child.pk}").values_list("title", flat=True))
    assert any("已加入同一件事" in title for title in titles)
    assert any("已有答复" in title for title in titles)
    rated = actions.rate(
        opinion_id=child.pk, satisfaction=Satisfaction.DISSATISFIED, reason="没修我们楼", actor=me(child)
    )
    assert (rated.satisfaction, rated.awaiting_role) == (Satisfaction.DISSATISFIED, Role.STATION_HEAD)
    assert again(parent.pk).satisfaction == Satisfaction.UNRATED


def test_the_station_hears_of_it_but_has_nothing_to_register(cast: Cast) -> None:
    parent = a_published_opinion(cast, S.HANDLING)
    outbox.drain()
    child = joined(cast, parent)
    outbox.drain()
    titles = Notification.objects.filter(subject_kind="liaison.opinion", subject_id=child.pk).values_list(
        "title", flat=True
    )
    assert any("又有一位群众" in title for title in titles)
    assert not any("待登记" in title for title in titles)
    public = OpinionStep.objects.filter(opinion=parent, is_public=True).values_list("move", flat=True)
    assert "joined" in public


@pytest.mark.parametrize("state", [S.SUBMITTED, S.REGISTERED, S.CLOSED, S.WITHDRAWN, S.MERGED])
def test_what_is_hidden_or_over_cannot_be_joined_and_nothing_is_written(cast: Cast, state: OpinionState) -> None:
    parent = a_published_opinion(cast, state) if state is S.CLOSED else an_opinion(cast, state)
    before = Opinion.objects.count()
    with pytest.raises(NotJoinable):
        a_receipt(cast, joins=parent.number)
    with pytest.raises(NotJoinable):
        a_receipt(cast, joins="YJ2025-S01-999999")
    assert Opinion.objects.count() == before


def test_the_same_form_sent_twice_counts_her_once(cast: Cast) -> None:
    parent = a_published_opinion(cast, S.HANDLING)
    one = joined(cast, parent, idempotency_key="the-same-form")
    two = joined(cast, parent, idempotency_key="the-same-form")
    assert (one.pk, residents(parent)) == (two.pk, 2)


def test_taken_apart_it_goes_back_to_the_stations_desk_with_its_old_day(cast: Cast, clock: Any) -> None:
    parent = a_published_opinion(cast, S.HANDLING)
    due = an_opinion(cast).due_on
    child = joined(cast, parent)
    clock.forward(days=3)
    alone = actions.split(opinion_id=child.pk, reason="说的是另一栋楼", actor=cast.head)
    assert (alone.state, alone.merged_into_id, alone.due_on) == (S.SUBMITTED, None, due)
    assert residents(parent) == 1
    assert actions.register(opinion_id=child.pk, actor=cast.staff).state == S.REGISTERED


def test_joining_a_second_time_after_a_split_is_the_offices_move(cast: Cast) -> None:
    parent = a_published_opinion(cast, S.HANDLING)
    child = joined(cast, parent)
    actions.split(opinion_id=child.pk, reason="先分开", actor=cast.head)
    actions.register(opinion_id=child.pk, actor=cast.staff)
    assert actions.merge(opinion_id=child.pk, into_id=parent.pk, actor=cast.head).state == S.MERGED
    assert actions.split(opinion_id=child.pk, reason="再分开", actor=cast.head).state == S.REGISTERED


def test_whoever_handles_the_matter_reads_every_voice_but_not_whose_it_is(cast: Cast) -> None:
    parent = a_published_opinion(cast, S.HANDLING)
    child = joined(cast, parent, title="电话13800004447", pii_confirmed=True)
    page = selectors.case_page(actor=cast.clerk, opinion_id=parent.pk)
    (voice,) = page.children
    assert (voice.id, voice.words, voice.is_open) == (child.pk, HER_WORDS, False)
    assert "13800004447" not in voice.title
    assert selectors.case_page(actor=cast.head, opinion_id=parent.pk).children[0].is_open
