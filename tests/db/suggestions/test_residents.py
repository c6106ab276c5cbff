"""The resident behind a suggestion: the opinion is taken over, answered, released, and its story goes on."""

import pytest

from openrenda.kernel.errors import OpenRendaError
from openrenda.liaison.models import Opinion
from openrenda.liaison.states import OpinionState
from openrenda.suggestions import actions, selectors
from openrenda.suggestions.models import SourceOpinion
from openrenda.suggestions.states import RejectCode
from tests.makers.liaison import Cast, a_cast, again, an_opinion
from tests.makers.suggestions import (
    Walk,
    a_draft,
    a_handled,
    a_rehandled,
    a_replied,
    a_submitted,
    a_text,
    an_answer,
    clerk,
    clockwork,
    meet,
    pass_reply,
    sc_rep,
)


def classified(cast: Cast) -> Opinion:
    return an_opinion(cast, OpinionState.CLASSIFIED)


def from_opinion(cast: Cast, opinion: Opinion) -> dict[str, object]:
    return {"lead": cast.mandate, "opinion_ids": [opinion.pk]}


def test_the_deputy_takes_authorship_and_the_reply_goes_to_the_resident() -> None:
    cast = a_cast()
    opinion = classified(cast)
    walk = a_handled(**from_opinion(cast, opinion))
    assert again(opinion.pk).state == OpinionState.CONVERTED
    meet(walk)
    actions.draft_reply(assignment_id=walk.turn().pk, answer=an_answer(), actor=clerk())
    pass_reply(walk)
    answered = again(opinion.pk)
    assert (answered.state, answered.result_text) == (OpinionState.RESULT, "已完成雨污分流。")
    line = selectors.suggestion_of_opinions([opinion.pk])[opinion.pk]
    assert line.key == walk.now.key
    kinds = [step.kind for step in selectors.story_of_opinion(opinion.pk)]
    assert kinds.index("accepted") < kinds.index("assigned") < kinds.index("replied")
    case = selectors.public_case(cast.congress_id, walk.now.key or "")
    assert (case.story[0].source, case.story[0].kind) == ("opinion", "opinion")


def test_a_second_round_is_heard_by_the_resident_too() -> None:
    cast = a_cast()
    opinion = classified(cast)
    walk = a_rehandled(**from_opinion(cast, opinion))
    meet(walk)
    before = opinion.steps.count()
    second = an_answer(body="二次办理：道路已恢复。")
    actions.draft_reply(assignment_id=walk.turn().pk, answer=second, actor=clerk())
    pass_reply(walk)
    assert again(opinion.pk).state == OpinionState.RESULT
    assert opinion.steps.count() == before + 1


def test_one_opinion_makes_one_suggestion() -> None:
    cast = a_cast()
    opinion = classified(cast)
    a_draft(**from_opinion(cast, opinion))  # type: ignore[arg-type]
    with pytest.raises(OpenRendaError):
        a_draft(**from_opinion(cast, opinion))  # type: ignore[arg-type]
    assert SourceOpinion.objects.count() == 1


def rejected(walk: Walk) -> None:
    actions.reject(suggestion_id=walk.pk, code=RejectCode.OUTSIDE, reason="不属本区职权", actor=sc_rep())


def withdrawn(walk: Walk) -> None:
    actions.withdraw(suggestion_id=walk.pk, reason="另案处理", actor=walk.deputy)


@pytest.mark.parametrize("ended", [rejected, withdrawn])
def test_what_is_not_to_be_goes_back_to_the_station(ended: object) -> None:
    cast = a_cast()
    opinion = classified(cast)
    walk = a_submitted(**from_opinion(cast, opinion))  # type: ignore[arg-type]
    ended(walk)  # type: ignore[operator]
    assert again(opinion.pk).state == OpinionState.CLASSIFIED
    assert selectors.suggestion_of_opinions([opinion.pk]) == {}
    a_draft(**from_opinion(cast, opinion))  # type: ignore[arg-type]
    assert again(opinion.pk).state == OpinionState.CONVERTED


def test_an_opinion_dropped_in_an_edit_goes_back_too() -> None:
    cast = a_cast()
    opinion = classified(cast)
    walk = a_draft(**from_opinion(cast, opinion))  # type: ignore[arg-type]
    actions.edit_draft(suggestion_id=walk.pk, text=a_text(), actor=walk.deputy)
    assert again(opinion.pk).state == OpinionState.CONVERTED, "None leaves a field as it is"
    actions.edit_draft(suggestion_id=walk.pk, text=a_text(), opinion_ids=[], actor=walk.deputy)
    assert again(opinion.pk).state == OpinionState.CLASSIFIED


def test_a_sweep_knows_no_opinion_of_others() -> None:
    assert selectors.story_of_opinion(10**9) == []
    assert a_replied().now.sources.count() == 0
    assert clockwork().is_system
