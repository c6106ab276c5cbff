"""The map tells what is public, no nearer than it may."""

from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from openrenda.kernel import parameters
from openrenda.liaison import actions as liaison
from openrenda.liaison.actions import Place as Given
from openrenda.liaison.states import OpinionState, SensitiveFlag
from openrenda.reports.geometry import coarse
from openrenda.reports.parameters import TILES, tiles
from openrenda.reports.selectors import places
from openrenda.reports.selectors.places import Asked
from openrenda.reports.states import PlaceKind
from openrenda.suggestions import actions as suggestions
from openrenda.suggestions.states import Publicity
from tests.makers import suggestions as maker
from tests.makers.liaison import STEPS, Cast, a_published_opinion, a_receipt, again, an_opinion
from tests.makers.orgs import a_congress, deputy_actor, setup_actor

DOOR = Given(text="桐荫路118号3单元501", lng=Decimal("124.61499"), lat=Decimal("30.76973"))


def test_a_published_opinion_stands_in_its_square_never_at_its_door(cast: Cast) -> None:
    opinion = a_published_opinion(cast, place=DOOR)
    (place,) = places.matters(cast.congress_id, Asked()).places
    assert place.key == opinion.number
    assert place.title == opinion.public_title
    assert (place.lng, place.lat) == coarse(124.61499, 30.76973)
    assert (place.lng, place.lat) != (124.61499, 30.76973)
    assert "501" not in repr(place)


def test_what_is_not_published_is_nowhere(cast: Cast) -> None:
    for state in (OpinionState.SUBMITTED, OpinionState.HANDLING, OpinionState.CLOSED):
        an_opinion(cast, state, place=DOOR)
    assert places.matters(cast.congress_id, Asked()).places == ()
    assert places.fresh_district(cast.congress_id).tallies == ()


def test_an_opinion_that_touches_privacy_stands_at_its_station(cast: Cast) -> None:
    receipt = a_receipt(cast, place=DOOR)
    STEPS["register"](receipt.opinion_id, cast)
    liaison.classify(
        opinion_id=receipt.opinion_id,
        category_id=cast.category.pk,
        sensitive_flags=[SensitiveFlag.PRIVACY],
        actor=cast.head,
    )
    for step in ("refer", "sign", "result", "feed_back"):
        STEPS[step](receipt.opinion_id, cast)
    liaison.approve_publication(opinion_id=receipt.opinion_id, actor=cast.head)
    liaison.approve_publication(opinion_id=receipt.opinion_id, actor=cast.street)
    (place,) = places.matters(cast.congress_id, Asked()).places
    assert place.at_station
    assert (place.lng, place.lat) == (cast.station.lng, cast.station.lat)


def test_marks_of_one_square_lie_apart_but_near(cast: Cast) -> None:
    for _ in range(3):
        a_published_opinion(cast, place=DOOR)
    found = places.matters(cast.congress_id, Asked()).places
    assert len({(place.lng, place.lat) for place in found}) == 3
    assert all(abs((place.lat or 0) - 30.7695) < 0.001 for place in found)


def _suggestion_from(cast: Cast, opinion_id: int) -> maker.Walk:
    row = suggestions.write_draft(
        lead_id=cast.mandate.pk, text=maker.a_text(category_id=cast.category.pk), actor=deputy_actor(cast.mandate),
        opinion_ids=[opinion_id],
    )  # fmt: skip
    walk = maker.Walk(row, cast.mandate)
    suggestions.submit(suggestion_id=walk.pk, actor=walk.deputy)
    suggestions.accept(suggestion_id=walk.pk, actor=maker.sc_rep())
    return walk


def test_a_suggestion_stands_where_its_published_source_does(cast: Cast) -> None:
    opinion = an_opinion(cast, OpinionState.CLASSIFIED, place=DOOR)
    walk = _suggestion_from(cast, opinion.pk)
    asked = Asked(kind=PlaceKind.SUGGESTION)
    assert places.matters(cast.congress_id, asked).places == (), "neither is published"
    liaison.approve_publication(opinion_id=opinion.pk, actor=cast.head)
    liaison.approve_publication(opinion_id=opinion.pk, actor=cast.street)
    shown = places.matters(cast.congress_id, asked).places
    assert [place.key for place in shown] == ([walk.now.key] if walk.now.public_title else [])
    suggestions.release(
        suggestion_id=walk.pk, decision=Publicity.FULL, checked_by="李保密", actor=maker.sc_rep(), reason="公开"
    )
    (place,) = places.matters(cast.congress_id, asked).places
    assert (place.key, place.kind) == (walk.now.key, PlaceKind.SUGGESTION)
    assert (place.lng, place.lat) == coarse(124.61499, 30.76973)
    tallies = places.fresh_district(cast.congress_id).tallies
    assert {(one.kind, one.count) for one in tallies} == {(PlaceKind.OPINION, 1), (PlaceKind.SUGGESTION, 1)}


def test_filters_narrow_and_counts_agree(cast: Cast) -> None:
    opinion = a_published_opinion(cast)
    everything = places.matters(cast.congress_id, Asked()).places
    assert len(everything) == 1
    for asked, found in (
        (Asked(street_id=opinion.street_id), 1), (Asked(street_id=-1), 0), (Asked(category_id=opinion.category_id), 1),
        (Asked(category_id=-1), 0), (Asked(year=2025), 1), (Asked(year=2024), 0), (Asked(kind=PlaceKind.STATION), 0),
    ):  # fmt: skip
        assert len(places.matters(cast.congress_id, asked).places) == found, asked
    (tally,) = places.fresh_district(cast.congress_id).tallies
    assert (tally.street_id, tally.category_id, tally.year, tally.count) == (
        opinion.street_id,
        opinion.category_id,
        2025,
        1,
    )


def _bill(cast: Cast) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as seldom:
        places.fresh_district(cast.congress_id)
    with CaptureQueriesContext(connection) as always:
        places.matters(cast.congress_id, Asked())
    return len(seldom), len(always)


def test_the_bill_is_the_same_for_one_and_for_many(cast: Cast) -> None:
    a_published_opinion(cast, place=DOOR)
    one = _bill(cast)
    for _ in range(5):
        a_published_opinion(cast, place=DOOR)
    assert _bill(cast) == one == (7, 2)


def test_a_station_that_was_closed_is_not_shown(cast: Cast) -> None:
    assert [place.key for place in places.fresh_district(cast.congress_id).stations] == ["S01"]
    again(an_opinion(cast).pk).station.station.__class__.objects.update(status="closed")
    assert places.fresh_district(cast.congress_id).stations == ()


def test_a_background_is_what_looks_like_one(cast: Cast) -> None:
    setup = setup_actor(a_congress())
    good = "https://tiles.example.cn:8443/a/{z}/{x}/{y}.png"
    for raw, origin in (
        (good, "https://tiles.example.cn:8443"), ("", None), ("https://tiles.example.cn/{z}/{x}.png", None),
        ("javascript:alert(1)//{z}{x}{y}", None), ("https://a.cn/{z}/{x}/{y}; script-src *", None),
        ("https://a.cn/{z}/{x}/{y}, x", None), ("//a.cn/{z}/{x}/{y}", None), ("https://{s}.a.cn/{z}/{x}/{y}", None),
        ("https://a.cn'/{z}/{x}/{y}", None), ("https://*/{z}/{x}/{y}", None), ("https://a.cn/{z}/{x}/{y}\n", "https://a.cn"),
    ):  # fmt: skip
        parameters.set_value(parameter=TILES, raw=raw, reason="试", actor=setup)
        found = tiles(cast.congress_id)
        assert (found and found.origin) == origin, raw
