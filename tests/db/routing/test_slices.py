"""What the slices tell routing, and when: their cases, their returns, their choices."""

import pytest

from openrenda.kernel import outbox
from openrenda.liaison import actions as liaison
from openrenda.liaison.selectors import routing as opinions
from openrenda.liaison.states import OpinionState, RouteLevel, SensitiveFlag
from openrenda.orgs.states import Role
from openrenda.routing import sources
from openrenda.routing.models import Advised, Run
from openrenda.routing.states import RunState
from openrenda.routing.values import Place
from openrenda.suggestions import actions as suggestions
from openrenda.suggestions.selectors import routing as matters
from tests.makers.liaison import Cast, a_cast, an_opinion, refer_to
from tests.makers.orgs import a_congress, a_unit, actor_of, setup_actor
from tests.makers.suggestions import a_distributed, a_draft, a_planned, a_text, clerk, hub


@pytest.fixture
def cast() -> Cast:
    return a_cast()


def test_a_handled_opinion_teaches_unit_category_and_place(cast: Cast) -> None:
    opinion = an_opinion(cast, OpinionState.HANDLING)
    (one,) = opinions.routing_examples(cast.congress_id)
    assert (one.kind, one.object_id, one.unit_id) == ("liaison.opinion", opinion.pk, a_unit("B03").pk)
    assert (one.category_id, one.place) == (cast.category.pk, Place(a_unit("J01").pk, None))
    assert one.refused_unit_ids == ()


def test_a_returned_opinion_teaches_who_it_is_not_for(cast: Cast) -> None:
    opinion = an_opinion(cast, OpinionState.REFERRED)
    liaison.send_back(opinion_id=opinion.pk, reason="路灯归城管局管", actor=cast.clerk)
    (one,) = opinions.routing_examples(cast.congress_id)
    assert (one.unit_id, one.refused_unit_ids) == (None, (a_unit("B03").pk,))
    refer_to(opinion.pk, cast, "B04")
    (one,) = opinions.routing_examples(cast.congress_id)
    assert (one.unit_id, one.refused_unit_ids) == (a_unit("B04").pk, (a_unit("B03").pk,))


def test_an_opinion_without_category_or_perhaps_secret_teaches_nothing(cast: Cast) -> None:
    an_opinion(cast, OpinionState.SUBMITTED)
    opinion = an_opinion(cast, OpinionState.REGISTERED)
    liaison.classify(
        opinion_id=opinion.pk, category_id=cast.category.pk, sensitive_flags=[SensitiveFlag.SECRET], actor=cast.head
    )
    assert list(opinions.routing_examples(cast.congress_id)) == []


def test_merged_opinions_are_one_matter(cast: Cast) -> None:
    parent = an_opinion(cast, OpinionState.CLASSIFIED)
    child = an_opinion(cast, OpinionState.REGISTERED, category_id=cast.category.pk)
    liaison.merge(opinion_id=child.pk, into_id=parent.pk, actor=cast.head)
    assert {one.matter for one in opinions.routing_examples(cast.congress_id)} == {f"liaison.opinion:{parent.pk}"}


def test_a_planned_suggestion_teaches_a_draft_does_not(cast: Cast) -> None:
    a_draft()
    walk = a_planned()
    (one,) = matters.routing_examples(cast.congress_id)
    assert (one.object_id, one.unit_id, one.place) == (walk.pk, a_unit("B03").pk, Place())
    assert walk.suggestion.proposal in one.body


def test_a_granted_return_teaches_against_the_unit(cast: Cast) -> None:
    walk = a_distributed()
    suggestions.request_return(assignment_id=walk.turn().pk, reason="职能属城管局", actor=clerk())
    suggestions.grant_return(assignment_id=walk.turn().pk, unit_id=a_unit("B04").pk, actor=hub())
    (one,) = matters.routing_examples(cast.congress_id)
    assert (one.unit_id, one.refused_unit_ids) == (a_unit("B04").pk, (a_unit("B03").pk,))


def test_an_opinion_that_became_a_suggestion_is_taught_with_its_unit_and_as_one_matter(cast: Cast) -> None:
    opinion = an_opinion(cast, OpinionState.CLASSIFIED)
    walk = a_planned(lead=cast.mandate, opinion_ids=(opinion.pk,))
    found = {one.kind: one for one in sources.gathered(cast.congress_id)}
    assert found["liaison.opinion"].unit_id == a_unit("B03").pk
    assert (
        found["liaison.opinion"].matter == found["suggestions.suggestion"].matter == f"suggestions.suggestion:{walk.pk}"
    )


def test_past_cases_are_opened_through_the_slices_own_gates(cast: Cast) -> None:
    opinion, walk = an_opinion(cast, OpinionState.HANDLING), a_planned()
    stranger, office = actor_of(Role.STATION_HEAD, "S02"), cast.sc_rep
    wanted = {"liaison.opinion": [opinion.pk], "suggestions.suggestion": [walk.pk], "nobody.knows": [1]}
    assert set(sources.openable(office, wanted)) == {
        ("liaison.opinion", opinion.pk),
        ("suggestions.suggestion", walk.pk),
    }
    assert sources.openable(stranger, wanted) == {}


def test_the_category_map_is_of_leaves_in_use(cast: Cast) -> None:
    liaison.edit_category(
        category_id=cast.category.pk,
        name="公共安全",
        default_unit_id=a_unit("B04").pk,
        official_group=None,
        is_retired=False,
        actor=setup_actor(a_congress()),
    )
    (line,) = opinions.routing_map(cast.congress_id)
    assert (line.category_id, line.unit_id) == (cast.category.pk, a_unit("B04").pk)


def test_a_choice_is_noted_and_a_return_asks_for_a_learning(cast: Cast) -> None:
    opinion = an_opinion(cast, OpinionState.REFERRED, title="加装电梯", content="老楼想加装电梯")
    outbox.drain()
    row = Advised.objects.get(kind="liaison.opinion", object_id=opinion.pk)
    assert (row.chosen_unit, row.rank) == (a_unit("B03"), 1)
    assert not Run.objects.exists()
    liaison.send_back(opinion_id=opinion.pk, reason="不属我局", actor=cast.clerk)
    refer_to(opinion.pk, cast, "F01", RouteLevel.ORGAN)
    outbox.drain()
    row.refresh_from_db()
    assert (row.chosen_unit, row.rank) == (a_unit("F01"), 0)
    assert Run.objects.get().state == RunState.WAITING


def test_who_has_a_suggestion_is_noted_and_follows_it(cast: Cast) -> None:
    walk = a_distributed(text=a_text(title="关于为老楼加装电梯的建议"))
    outbox.drain()
    row = Advised.objects.get(kind="suggestions.suggestion", object_id=walk.pk)
    assert row.chosen_unit == a_unit("B03")
    suggestions.request_return(assignment_id=walk.turn().pk, reason="职能属城管局", actor=clerk())
    suggestions.grant_return(assignment_id=walk.turn().pk, unit_id=a_unit("B04").pk, actor=hub())
    outbox.drain()
    row.refresh_from_db()
    assert row.chosen_unit == a_unit("B04")
