"""并案 and its undoing lose no number, no answer, no rating, no notice."""

import pytest

from openrenda.kernel import outbox
from openrenda.kernel.errors import Invalid
from openrenda.notifications.models import Notification
from openrenda.suggestions import actions, selectors
from openrenda.suggestions.errors import NothingToDo
from openrenda.suggestions.models import Feedback, Step
from openrenda.suggestions.states import Rating
from tests.makers.suggestions import Walk, a_handled, an_answer, clerk, meet, pass_reply, rate, sc_rep


def grouped(*walks: Walk) -> None:
    main, *others = walks
    actions.group_same_matter(main_id=main.pk, suggestion_ids=[walk.pk for walk in others], actor=sc_rep())


def groups(*walks: Walk) -> list[int | None]:
    return [walk.now.group_id for walk in walks]


def told(walk: Walk, words: str) -> int:
    outbox.drain()
    urn = f"person:{walk.now.lead.person_id}"
    found = Notification.objects.filter(recipient=urn, subject_id=walk.pk, title__contains=words)
    return found.count()


def test_each_deputy_hears_once_that_it_is_handled_together() -> None:
    one, two, three = a_handled(), a_handled(), a_handled()
    grouped(one, two)
    grouped(one, three)
    assert len(set(groups(one, two, three))) == 1
    assert [told(walk, "并案办理") for walk in (one, two, three)] == [1, 1, 1]


def test_the_main_one_may_leave_and_the_oldest_of_the_others_leads() -> None:
    one, two, three = a_handled(), a_handled(), a_handled()
    grouped(one, two, three)
    actions.leave_group(suggestion_id=one.pk, actor=sc_rep())
    group = two.now.group
    assert one.now.group is None
    assert group is not None
    assert (three.now.group, group.main_id) == (group, two.pk)


def test_one_is_no_group() -> None:
    one, two = a_handled(), a_handled()
    grouped(one, two)
    actions.leave_group(suggestion_id=two.pk, actor=sc_rep())
    assert groups(one, two) == [None, None]
    assert [told(walk, "退出并案") for walk in (one, two)] == [1, 1]
    with pytest.raises(NothingToDo):
        actions.leave_group(suggestion_id=two.pk, actor=sc_rep())
    grouped(two, one)
    assert two.now.group is not None
    assert two.now.group.main_id == two.pk


def test_two_groups_are_not_mixed_unnoticed() -> None:
    one, two, three, four = (a_handled() for _ in range(4))
    grouped(one, two)
    grouped(three, four)
    with pytest.raises(Invalid):
        grouped(one, three)
    assert groups(one, two) != groups(three, four)


def test_numbers_contacts_and_steps_stay_through_both_ways() -> None:
    one, two = a_handled(), a_handled()
    meet(two)
    keys = (one.now.key, two.now.key)
    steps = Step.objects.filter(suggestion_id=two.pk).count()
    grouped(one, two)
    actions.leave_group(suggestion_id=two.pk, actor=sc_rep())
    assert (one.now.key, two.now.key) == keys
    assert two.now.contacts.count() == 1
    assert Step.objects.filter(suggestion_id=two.pk).count() == steps + 2


def test_each_deputy_rates_the_answer_to_the_own_suggestion() -> None:
    one, two = a_handled(), a_handled()
    grouped(one, two)
    for walk in (one, two):
        meet(walk)
        actions.draft_reply(assignment_id=walk.turn().pk, answer=an_answer(), actor=clerk())
        pass_reply(walk)
    rate(one)
    rate(two, result=Rating.BAD)
    found = dict(Feedback.objects.values_list("suggestion_id", "result"))
    assert found == {one.pk: Rating.GOOD, two.pk: Rating.BAD}
    assert (one.now.reply_class, two.now.reply_class) == ("A", "A")


def test_one_matter_and_how_many_stand_behind_it() -> None:
    one, two = a_handled(), a_handled()
    grouped(one, two)
    group = one.now.group
    assert group is not None
    found = selectors.behind(group.pk)
    assert (found.suggestions, found.deputies, found.residents) == (2, len({one.lead.pk, two.lead.pk}), 0)
    page = selectors.public_case(one.now.congress_id, one.now.key or "")
    assert page.behind == found
