"""What the public reads, and never more."""

from typing import Any

import pytest

from openrenda.kernel.errors import Blocked, Invalid, NotAllowed, WrongState
from openrenda.liaison import actions, selectors
from openrenda.liaison.actions import Consent
from openrenda.liaison.errors import NoOpinion
from openrenda.liaison.models import Opinion
from openrenda.liaison.states import OpinionState, PublishState
from tests.makers.liaison import Cast, a_published_opinion, again, an_opinion, resident_of

WORDS = "墙皮掉了，请打13800004447找我"


def test_head_checks_street_decides(cast: Cast) -> None:
    opinion = an_opinion(cast, OpinionState.FED_BACK)
    with pytest.raises(NotAllowed):
        actions.approve_publication(opinion_id=opinion.pk, actor=cast.street)
    assert actions.approve_publication(opinion_id=opinion.pk, actor=cast.head).publish_state == PublishState.AT_STREET
    with pytest.raises(NotAllowed):
        actions.approve_publication(opinion_id=opinion.pk, actor=cast.head)
    assert actions.approve_publication(opinion_id=opinion.pk, actor=cast.street).publish_state == PublishState.PUBLIC
    found = selectors.published_opinion(congress_id=cast.congress_id, number=opinion.number)
    assert found.row.residents == 1
    assert [step.move for step in found.story][-2:] == ["feed_back", "publish"]
    assert all(step.is_public for step in found.story)


def test_the_text_is_masked_not_the_flag_trusted(cast: Cast) -> None:
    opinion = a_published_opinion(cast, content=WORDS, pii_confirmed=True)
    found = selectors.published_opinion(congress_id=cast.congress_id, number=opinion.number)
    assert "13800004447" not in str(found)
    with pytest.raises(Invalid):
        actions.edit_public_summary(opinion_id=an_opinion(cast).pk, title="修墙", summary=WORDS, actor=cast.staff)


def test_a_number_that_slipped_in_blocks_publication(cast: Cast) -> None:
    opinion = an_opinion(cast, OpinionState.FED_BACK)
    Opinion.objects.filter(pk=opinion.pk).update(public_summary=WORDS)
    with pytest.raises(Blocked) as refused:
        actions.approve_publication(opinion_id=opinion.pk, actor=cast.head)
    assert refused.value.code == "liaison.publish_numbers"


def test_no_consent_no_publication(cast: Cast) -> None:
    opinion = an_opinion(cast, OpinionState.FED_BACK, consent=Consent("2025-01"))
    with pytest.raises(WrongState):
        actions.approve_publication(opinion_id=opinion.pk, actor=cast.head)
    with pytest.raises(Blocked):
        actions.reconsider_publication(opinion_id=opinion.pk, actor=cast.head)
    resident = resident_of(opinion.pk, cast.congress_id)
    assert actions.set_consent(opinion_id=opinion.pk, may_publish=True, actor=resident).publish_state == "waiting"


@pytest.mark.parametrize("state", [OpinionState.SUBMITTED, OpinionState.NOT_ACCEPTED, OpinionState.MERGED])
def test_what_was_not_accepted_is_not_published(cast: Cast, state: OpinionState) -> None:
    opinion = an_opinion(cast, state)
    with pytest.raises(Blocked):
        actions.approve_publication(opinion_id=opinion.pk, actor=cast.head)


def test_the_resident_objects_and_it_is_gone_at_once(cast: Cast) -> None:
    opinion = a_published_opinion(cast)
    with pytest.raises(NotAllowed):
        actions.object_to_publication(opinion_id=opinion.pk, actor=cast.head)
    actions.object_to_publication(opinion_id=opinion.pk, actor=resident_of(opinion.pk, cast.congress_id))
    assert not again(opinion.pk).may_publish
    with pytest.raises(NoOpinion):
        selectors.published_opinion(congress_id=cast.congress_id, number=opinion.number)
    assert selectors.published(congress_id=cast.congress_id).rows == []


def test_who_wrote_the_summary_does_not_decide(cast: Cast) -> None:
    opinion = an_opinion(cast, OpinionState.FED_BACK)
    both = type(cast.staff)(
        urn="both", name="两职", congress_id=cast.congress_id, roles=cast.staff.roles | cast.street.roles
    )
    actions.edit_public_summary(opinion_id=opinion.pk, title="消火栓", summary="没有水", actor=both)
    actions.approve_publication(opinion_id=opinion.pk, actor=cast.head)
    with pytest.raises(Blocked):
        actions.approve_publication(opinion_id=opinion.pk, actor=both)


def test_refused_with_a_reason_and_taken_up_again(cast: Cast) -> None:
    opinion = an_opinion(cast, OpinionState.FED_BACK)
    kept = actions.refuse_publication(opinion_id=opinion.pk, reason="涉个人情况", actor=cast.head)
    assert (kept.publish_state, kept.publish_reason) == ("kept", "涉个人情况")
    assert actions.reconsider_publication(opinion_id=opinion.pk, actor=cast.head).publish_state == "waiting"


def test_unpublished_ones_are_in_no_public_answer(cast: Cast) -> None:
    secret = an_opinion(cast, OpinionState.FED_BACK, title="别人看不到的事")
    shown = a_published_opinion(cast)
    rows = selectors.published(congress_id=cast.congress_id).rows
    assert [row.id for row in rows] == [shown.pk]
    assert selectors.published(congress_id=cast.congress_id, q="看不到").rows == []
    brief = selectors.opinion_brief([secret.pk, shown.pk])
    assert (brief[secret.pk].is_public, brief[shown.pk].is_public) == (False, True)


@pytest.mark.parametrize(
    ("given", "found"),
    [({"q": "消火栓"}, True), ({"q": "路灯"}, False), ({"year": 2025}, True), ({"year": 2024}, False),
     ({"state": OpinionState.FED_BACK}, True), ({"state": OpinionState.CLOSED}, False), ({"after": "nonsense"}, True)],
)  # fmt: skip
def test_filters(cast: Cast, given: dict[str, Any], found: bool) -> None:
    a_published_opinion(cast)
    assert bool(selectors.published(congress_id=cast.congress_id, **given).rows) is found
