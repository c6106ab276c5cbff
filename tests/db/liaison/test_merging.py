"""并件 loses nobody: everybody keeps number, code, notices and rating; the other way back is open."""

from typing import Any

import pytest

from openrenda.kernel import outbox
from openrenda.kernel.errors import NotAllowed
from openrenda.liaison import actions
from openrenda.liaison.errors import BadMerge
from openrenda.liaison.models import Opinion
from openrenda.liaison.states import OpinionState, Satisfaction
from openrenda.notifications.models import Notification
from openrenda.orgs.states import Role
from tests.makers.liaison import Cast, a_receipt, again, an_opinion, refer_to, resident_of

S = OpinionState


def me(opinion: Opinion) -> Any:
    return resident_of(opinion.pk, opinion.congress_id)


def answered_together(cast: Cast) -> tuple[Opinion, list[Opinion]]:
    parent = an_opinion(cast, S.REGISTERED)
    children = [an_opinion(cast, S.REGISTERED) for _ in range(3)]
    for child in children:
        actions.merge(opinion_id=child.pk, into_id=parent.pk, actor=cast.head)
    actions.classify(opinion_id=parent.pk, category_id=cast.category.pk, actor=cast.head)
    refer_to(parent.pk, cast, "B03")
    actions.sign_for(opinion_id=parent.pk, actor=cast.clerk)
    actions.draft_result(opinion_id=parent.pk, text="已修好", actor=cast.clerk)
    actions.approve_result(opinion_id=parent.pk, actor=cast.leader)
    actions.feed_back(opinion_id=parent.pk, actor=cast.head)
    return again(parent.pk), [again(child.pk) for child in children]


def test_the_parents_answer_reaches_every_child_and_each_rates_for_itself(cast: Cast) -> None:
    parent, children = answered_together(cast)
    assert {child.answer_text for child in children} == {"已修好"}
    assert len({child.number for child in children} | {parent.number}) == 4
    one, two, _ = children
    actions.rate(opinion_id=one.pk, satisfaction=Satisfaction.SATISFIED, actor=me(one))
    unhappy = actions.rate(opinion_id=two.pk, satisfaction=Satisfaction.DISSATISFIED, reason="我家没修", actor=me(two))
    assert unhappy.awaiting_role == Role.STATION_HEAD
    assert [again(c.pk).satisfaction for c in children] == ["satisfied", "dissatisfied", "unrated"]
    assert again(parent.pk).state == S.FED_BACK
    with pytest.raises(NotAllowed):
        actions.rate(opinion_id=parent.pk, satisfaction=Satisfaction.SATISFIED, actor=me(one))


def test_every_author_is_told(cast: Cast) -> None:
    parent, children = answered_together(cast)
    outbox.drain()
    for opinion in (parent, *children):
        titles = Notification.objects.filter(recipient=f"opinion:{opinion.pk}").values_list("title", flat=True)
        assert any("已有答复" in title for title in titles)
    per_fact = Notification.objects.values_list("event_id", "recipient")
    assert len(per_fact) == len(set(per_fact))


def test_split_gives_a_case_of_its_own_with_the_old_day(cast: Cast, clock: Any) -> None:
    parent, child = an_opinion(cast, S.REGISTERED), an_opinion(cast, S.REGISTERED)
    due = child.due_on
    actions.merge(opinion_id=child.pk, into_id=parent.pk, actor=cast.head)
    assert again(child.pk).due_on is None
    clock.forward(days=20)
    with pytest.raises(NotAllowed):
        actions.split(opinion_id=child.pk, reason="不是一回事", actor=cast.staff)
    alone = actions.split(opinion_id=child.pk, reason="不是一回事", actor=cast.head)
    assert (alone.state, alone.merged_into_id, alone.due_on, alone.number) == (S.REGISTERED, None, due, child.number)
    assert actions.classify(opinion_id=child.pk, category_id=cast.category.pk, actor=cast.head).state == S.CLASSIFIED


def test_split_after_the_answer_keeps_the_first_rating(cast: Cast) -> None:
    _, children = answered_together(cast)
    child = children[0]
    actions.rate(opinion_id=child.pk, satisfaction=Satisfaction.DISSATISFIED, reason="没修", actor=me(child))
    alone = actions.split(opinion_id=child.pk, reason="另有一处", actor=cast.head)
    assert (alone.satisfaction, alone.first_satisfaction, alone.awaiting_role) == ("unrated", "dissatisfied", "")


@pytest.mark.parametrize("state", [S.SUBMITTED, S.CLOSED, S.NOT_ACCEPTED, S.WITHDRAWN, S.MERGED])
def test_nothing_is_merged_into_what_has_ended(cast: Cast, state: OpinionState) -> None:
    child, parent = an_opinion(cast, S.REGISTERED), an_opinion(cast, state)
    with pytest.raises(BadMerge):
        actions.merge(opinion_id=child.pk, into_id=parent.pk, actor=cast.head)


def test_no_circles_and_no_chains(cast: Cast) -> None:
    a, b, c = (an_opinion(cast, S.REGISTERED) for _ in range(3))
    with pytest.raises(BadMerge):
        actions.merge(opinion_id=a.pk, into_id=a.pk, actor=cast.head)
    actions.merge(opinion_id=a.pk, into_id=b.pk, actor=cast.head)
    with pytest.raises(BadMerge):
        actions.merge(opinion_id=b.pk, into_id=a.pk, actor=cast.head)
    with pytest.raises(BadMerge):
        actions.merge(opinion_id=c.pk, into_id=a.pk, actor=cast.head)


def test_whoever_was_under_the_child_comes_along_and_is_told(cast: Cast) -> None:
    first, main, larger = (an_opinion(cast, S.REGISTERED) for _ in range(3))
    actions.merge(opinion_id=first.pk, into_id=main.pk, actor=cast.head)
    outbox.drain()
    actions.merge(opinion_id=main.pk, into_id=larger.pk, actor=cast.head)
    outbox.drain()
    assert {again(pk).merged_into_id for pk in (first.pk, main.pk)} == {larger.pk}
    assert {again(pk).state for pk in (first.pk, main.pk)} == {S.MERGED}
    told = Notification.objects.filter(recipient=f"opinion:{first.pk}", title__contains="同类意见一并办理")
    assert told.count() == 2
    alone = actions.split(opinion_id=main.pk, reason="不是一回事", actor=cast.head)
    assert (alone.state, again(first.pk).merged_into_id) == (S.REGISTERED, larger.pk)


def test_the_head_merges_within_the_station_only(cast: Cast) -> None:
    child = an_opinion(cast, S.REGISTERED)
    from tests.makers.liaison import a_station  # noqa: PLC0415  the second station is made here only

    other = a_station("C01")
    receipt = a_receipt(cast, station_id=other.unit_id)
    actions.register(opinion_id=receipt.opinion_id, actor=cast.unit_actor(Role.STATION_STAFF, "C01"))
    with pytest.raises(BadMerge):
        actions.merge(opinion_id=child.pk, into_id=receipt.opinion_id, actor=cast.head)
    assert actions.merge(opinion_id=child.pk, into_id=receipt.opinion_id, actor=cast.street).state == S.MERGED
