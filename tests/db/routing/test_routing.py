"""From cases in the database to a stored version, to advice that each reader may see, to its live figures."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from openrenda.audit.models import AuditEntry
from openrenda.kernel import clock as now
from openrenda.kernel.actor import Actor
from openrenda.orgs import actions as orgs
from openrenda.orgs.states import Role
from openrenda.routing import actions, selectors, sources, teaching
from openrenda.routing.errors import AlreadyLearning
from openrenda.routing.models import Advised, Run, Version
from openrenda.routing.states import RunState
from openrenda.routing.values import CategoryLine, Example, Ground, Place, Subject
from tests.makers.orgs import a_congress, a_unit, actor_of, setup_actor
from tests.makers.routing import COURT, KIND, TRAFFIC, TREES, a_source, an_example, cases

Clock = Any


@pytest.fixture
def congress_id() -> int:
    return a_congress().pk


@pytest.fixture
def office(congress_id: int) -> Actor:
    return actor_of(Role.SC_REP, "R02")


@pytest.fixture
def examples(congress_id: int) -> list[Example]:
    return cases(a_unit("B04").pk, a_unit("B03").pk, a_unit("F01").pk)


def learned(congress_id: int, examples: list[Example]) -> Version:
    with a_source(examples):
        version = teaching.teach(congress_id)
    assert version is not None
    return version


def asked(title: str = TREES, **given: Any) -> Subject:
    return Subject(f"北门{title}", f"{title}，请尽快。", kind=KIND, object_id=given.pop("object_id", 900), **given)


# -- before anything was learned ---------------------------------------------------------------------------------------


def test_an_empty_district_is_advised_by_map_and_duty_words_and_is_told_so(
    congress_id: int, office: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = CategoryLine(5, "园林绿化", a_unit("F01").pk)
    monkeypatch.setattr(sources, "_maps", [lambda _: [line]])
    advice = selectors.advise(congress_id, Subject("路灯不亮", "夜里没有路灯", 5), actor=office)
    assert advice.fallback
    assert advice.learned_from == 0
    reasons = {unit.name: [reason.ground for reason in unit.reasons] for unit in advice.units}
    assert reasons == {"城管局": [Ground.DUTY], "区法院": [Ground.MAP]}


def test_before_learning_a_category_is_known_by_its_name(
    congress_id: int, office: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [CategoryLine(5, "停车"), CategoryLine(6, "公厕")]
    monkeypatch.setattr(sources, "_maps", [lambda _: lines])
    advice = selectors.advise(congress_id, Subject("公厕锁门", ""), actor=office)
    assert advice.category is not None
    assert (advice.category.category_id, advice.category.reasons[0].ground) == (6, Ground.NAME)


@pytest.mark.parametrize(("title", "body"), [("", ""), ("zzz", "😀"), ("\ud800", "x" * 20_000)])
def test_nothing_is_known_and_nothing_breaks(congress_id: int, office: Actor, title: str, body: str) -> None:
    advice = selectors.advise(congress_id, Subject(title, body), actor=office)
    assert advice.units == ()
    assert advice.category is None


def test_with_too_few_cases_nothing_is_stored(congress_id: int) -> None:
    with a_source([an_example(n, TREES, a_unit("B04").pk) for n in range(teaching.LEAST - 1)]):
        assert teaching.teach(congress_id) is None
    assert not Version.objects.exists()
    assert Run.objects.get().state == RunState.TOO_FEW


# -- learning ----------------------------------------------------------------------------------------------------------


def test_a_version_is_stored_with_its_figures_and_an_audit_row(congress_id: int, examples: list[Example]) -> None:
    version = learned(congress_id, examples)
    assert (version.examples, version.learned_at) == (24, now.now())
    assert version.figures["units"]["n"] == 24
    assert AuditEntry.objects.get(kind="routing.learned").subject_id == version.pk
    run = Run.objects.get()
    assert (run.state, run.percent) == (RunState.DONE, 100)


def test_old_versions_are_thrown_away(congress_id: int, examples: list[Example]) -> None:
    newest = [learned(congress_id, examples).pk for _ in range(teaching.KEPT + 2)][-teaching.KEPT :]
    assert sorted(Version.objects.values_list("pk", flat=True)) == newest


def test_the_newest_version_counts_at_once(congress_id: int, office: Actor, examples: list[Example]) -> None:
    learned(congress_id, examples)
    assert selectors.advise(congress_id, asked(), actor=office).units[0].name == "城管局"
    swapped = cases(a_unit("F01").pk, a_unit("B03").pk, a_unit("B04").pk, each=30)
    learned(congress_id, swapped)
    assert selectors.advise(congress_id, asked(), actor=office).units[0].name == "区法院"


def test_what_another_format_stored_is_not_read(congress_id: int, office: Actor, examples: list[Example]) -> None:
    Version.objects.filter(pk=learned(congress_id, examples).pk).update(format=99)
    assert selectors.advise(congress_id, asked(), actor=office).fallback


def test_one_district_learns_nothing_from_another(congress_id: int, office: Actor, examples: list[Example]) -> None:
    other = a_congress("elsewhere")
    learned(congress_id, examples)
    stranger = Actor(urn="person:1", name="别区", congress_id=other.pk, roles=office.roles)
    assert selectors.advise(other.pk, Subject("北门", "东街"), actor=stranger).fallback


def test_only_one_learns_at_a_time(congress_id: int, examples: list[Example], clock: Clock) -> None:
    assert actions.begin(congress_id)
    with a_source(examples):
        assert teaching.teach(congress_id) is None
        clock.forward(minutes=actions.STALE_MINUTES + 1)
        assert teaching.teach(congress_id) is not None, "a killed one does not block for ever"


def test_a_learning_that_breaks_gives_the_lock_back(congress_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: int) -> list[Example]:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(teaching, "examples_of", broken)
    with pytest.raises(RuntimeError):
        teaching.teach(congress_id)
    assert Run.objects.get().state == RunState.FAILED
    assert actions.begin(congress_id)


# -- advice ------------------------------------------------------------------------------------------------------------


def test_advice_says_why(congress_id: int, office: Actor, examples: list[Example]) -> None:
    learned(congress_id, examples)
    with a_source(examples):
        unit = selectors.advise(congress_id, asked(), actor=office).units[0]
    grounds = {reason.ground for reason in unit.reasons}
    assert grounds >= {Ground.WORDS, Ground.CASE}
    shown = [word for reason in unit.reasons for word in reason.words]
    assert shown
    assert all(word in f"{asked().title}{asked().body}" for word in shown), "only the new text's own words"


def test_a_past_case_is_shown_to_those_who_may_open_it(congress_id: int, examples: list[Example]) -> None:
    learned(congress_id, examples)
    near = actor_of(Role.STATION_HEAD, "S01")
    far = actor_of(Role.STATION_HEAD, "S02")
    mine = examples[0].object_id
    with a_source(examples, seen_by={mine: {near.urn}}):
        seen = [
            [reason.case.url for unit in selectors.advise(congress_id, asked(), actor=who).units
             for reason in unit.reasons if reason.case]
            for who in (near, far)
        ]  # fmt: skip
    assert seen == [[f"/cases/{mine}/"], []]


def test_a_case_is_no_reason_for_itself(congress_id: int, office: Actor, examples: list[Example]) -> None:
    learned(congress_id, examples)
    one = examples[0]
    with a_source(examples):
        advice = selectors.advise(
            congress_id, Subject(one.title, one.body, kind=KIND, object_id=one.object_id), actor=office
        )
    assert f"/cases/{one.object_id}/" not in [r.case.url for unit in advice.units for r in unit.reasons if r.case]


def test_who_returned_the_like_is_told(congress_id: int, office: Actor, examples: list[Example]) -> None:
    police, gardens = a_unit("B03").pk, a_unit("B04").pk
    more = [an_example(90 + n, f"{TREES}压着电线", gardens, refused_unit_ids=(police,)) for n in range(3)]
    more += [an_example(99, f"{TREES}压着电线", police)]
    learned(congress_id, [*examples, *more])
    with a_source([*examples, *more]):
        units = selectors.advise(congress_id, asked(f"{TREES}压着电线"), actor=office).units
    told = {unit.name: {reason.ground for reason in unit.reasons} for unit in units}
    assert next(iter(told)) == "城管局"
    assert Ground.RETURNED in told.get("住建局", {Ground.RETURNED})
    assert Ground.RETURNED not in told["城管局"]


def test_an_ended_unit_is_never_advised_but_its_heir(congress_id: int, office: Actor, examples: list[Example]) -> None:
    learned(congress_id, examples)
    orgs.dissolve_unit(
        unit_id=a_unit("B04").pk, on=now.today(), successor_id=a_unit("B03").pk, actor=setup_actor(a_congress())
    )
    assert selectors.advise(congress_id, asked(), actor=office).units[0].name == "住建局"
    with a_source(examples):
        taught = teaching.examples_of(congress_id)
    assert a_unit("B04").pk not in {one.unit_id for one in taught}


def test_what_streets_do_goes_to_the_street_of_the_case(congress_id: int, office: Actor) -> None:
    one, two = a_unit("J01").pk, a_unit("J02").pk
    street = [an_example(n, f"{TREES}{n}", one, place=Place(one)) for n in range(10)]
    others = [an_example(50 + n, f"{COURT}{n}", a_unit("F01").pk) for n in range(12)]
    learned(congress_id, [*street, *others])
    assert selectors.advise(congress_id, asked(place=Place(two)), actor=office).units[0].name == "望河街道"
    nowhere = selectors.advise(congress_id, asked(), actor=office)
    assert "望河街道" not in [unit.name for unit in nowhere.units]


def test_more_past_cases_are_no_more_queries(congress_id: int, office: Actor) -> None:
    units = (a_unit("B04").pk, a_unit("B03").pk, a_unit("F01").pk)
    counts = []
    for each in (8, 40):
        examples = cases(*units, each=each)
        learned(congress_id, examples)
        with a_source(examples):
            selectors.advise(congress_id, asked(), actor=office)
            with CaptureQueriesContext(connection) as queries:
                selectors.advise(congress_id, asked(), actor=office)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5


# -- choices -----------------------------------------------------------------------------------------------------------


def test_the_live_figures_count_who_has_it_in_the_end(congress_id: int, examples: list[Example]) -> None:
    learned(congress_id, examples)
    trees, police, court = (a_unit(code).pk for code in ("B04", "B03", "F01"))
    actions.note_choice(congress_id=congress_id, subject=asked(object_id=1), unit_id=trees)
    actions.note_choice(congress_id=congress_id, subject=asked(TRAFFIC, object_id=2), unit_id=court)
    hits = selectors.hit_rate(congress_id)
    assert (hits.n, hits.first) == (2, 1)
    moved = actions.note_choice(congress_id=congress_id, subject=asked(TRAFFIC, object_id=2), unit_id=police)
    assert moved is not None
    assert selectors.hit_rate(congress_id).first == 2
    assert selectors.hit_rate(congress_id, now.now() + timedelta(days=1)).n == 0


def test_advice_by_map_alone_is_no_hit_of_the_learning(congress_id: int) -> None:
    row = actions.note_choice(
        congress_id=congress_id, subject=Subject("路灯", "", kind=KIND, object_id=1), unit_id=a_unit("B04").pk
    )
    assert row is not None
    assert row.rank == 1
    assert selectors.hit_rate(congress_id).n == 0


def test_where_nobody_was_advised_nothing_is_noted(congress_id: int) -> None:
    subject = Subject("zzz", "", kind=KIND, object_id=1)
    assert actions.note_choice(congress_id=congress_id, subject=subject, unit_id=a_unit("B04").pk) is None


def test_many_new_choices_ask_for_a_learning(congress_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "LEARN_AFTER", 3)
    states = []
    for n in range(3):
        actions.note_choice(
            congress_id=congress_id, subject=Subject("路灯", "", kind=KIND, object_id=n), unit_id=a_unit("B04").pk
        )
        states.append(Run.objects.filter(state=RunState.WAITING).exists())
    assert states == [False, False, True]


def test_returns_that_come_together_are_learned_once(congress_id: int) -> None:
    assert [actions.ask_in_the_background(congress_id) for _ in range(3)] == [True, False, False]
    job = ProcrastinateJob.objects.get(task_name=actions.LEARN_TASK)
    assert job.args == {"congress_id": congress_id}
    assert job.scheduled_at is not None


def test_somebody_who_asks_does_not_wait_for_the_background(congress_id: int, office: Actor) -> None:
    actions.ask_in_the_background(congress_id)
    assert actions.ask_to_learn(actor=office).asked_by == office.urn
    with pytest.raises(AlreadyLearning):
        actions.ask_to_learn(actor=office)


def test_one_advice_per_case_and_no_rank_beyond_three(congress_id: int) -> None:
    given = {
        "congress_id": congress_id, "kind": KIND, "object_id": 1, "chosen_unit": a_unit("B04"),
        "at": now.now(), "moved_at": now.now(),
    }  # fmt: skip
    Advised.objects.create(**given)
    for wrong in ({}, {"object_id": 2, "rank": 4}, {"object_id": 3, "moved_at": now.now() - timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Advised.objects.create(**(given | wrong))
