"""Finding, lists, lanes; the bill is the same for two rows or forty."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openrenda.kernel.calendars import load_calendar
from openrenda.liaison import actions, selectors
from openrenda.liaison.errors import NoStation
from openrenda.liaison.models import Opinion, ReceptionEvent, Station
from openrenda.liaison.states import OpinionState
from tests.makers.liaison import Cast, a_published_opinion, a_reception, a_station, an_opinion
from tests.makers.orgs import a_deputy

S = OpinionState


def bill(read: Callable[[], Any]) -> int:
    load_calendar()  # kept for seconds: whether it is read again is not the list's doing
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


def multiply(opinion: Opinion, count: int) -> None:
    """Many more like it: rows of a list, not cases of their own, so the columns are copied."""
    columns = {f.attname: getattr(opinion, f.attname) for f in Opinion._meta.concrete_fields if f.attname != "id"}
    state, publish = columns["state"], columns["publish_state"]
    rows = [
        Opinion(
            **(
                columns
                | {"number": f"YJ2025-X-{n:06}", "idempotency_key": "", "publish_state": publish, "state": state}
            )
        )
        for n in range(count)
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Opinion.objects.bulk_create(rows)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


LISTS: dict[str, Callable[[Cast], Any]] = {
    "published": lambda cast: selectors.published(congress_id=cast.congress_id, size=60).rows,
    "inbox mine": lambda cast: selectors.inbox(actor=cast.head, size=60).rows,
    "inbox waiting": lambda cast: selectors.inbox(actor=cast.sc_rep, lane="waiting", size=60).rows,
    "inbox of a unit": lambda cast: selectors.inbox(actor=cast.clerk, lane="waiting", size=60).rows,
    "inbox of a deputy": lambda cast: selectors.inbox(actor=cast.deputy, lane="waiting", size=60).rows,
    "stations": lambda cast: selectors.stations(congress_id=cast.congress_id, size=60).rows,
    "deputies": lambda cast: selectors.deputies(congress_id=cast.congress_id, size=60).rows,
    "station page": lambda cast: selectors.station_page(congress_id=cast.congress_id, code="S01").receptions,
    "receptions": lambda cast: (
        selectors.receptions(congress_id=cast.congress_id, station_id=cast.station.unit_id, size=60).rows
    ),
    "work receptions": lambda cast: selectors.work_receptions(actor=cast.staff, size=60).rows,
}


@pytest.mark.parametrize("name", LISTS)
def test_forty_rows_cost_what_two_do(cast: Cast, name: str) -> None:
    read = LISTS[name]
    opinion = a_published_opinion(cast, S.RESULT)
    a_reception(cast)
    read(cast)
    few, few_rows = bill(lambda: read(cast)), len(read(cast))
    multiply(opinion, 40)
    for n in range(8):
        a_deputy()
        a_reception(cast, days=11 + n)
    a_station("S02")
    a_station("C01")
    many, many_rows = bill(lambda: read(cast)), len(read(cast))
    assert many == few
    assert many_rows >= few_rows


def test_pages_follow_each_other_without_loss(cast: Cast) -> None:
    opinion = a_published_opinion(cast)
    multiply(opinion, 11)
    seen: list[int] = []
    after = ""
    while True:
        page = selectors.published(congress_id=cast.congress_id, after=after, size=5)
        seen += [row.id for row in page.rows]
        after = page.next
        if not after:
            break
    assert len(seen) == len(set(seen)) == 12
    assert seen == sorted(seen, reverse=True)


def test_the_inbox_is_ordered_by_urgency(cast: Cast, clock: Any) -> None:
    late = an_opinion(cast, S.REGISTERED)
    clock.forward(days=3)
    later = an_opinion(cast, S.REGISTERED)
    urgent = an_opinion(cast, S.REGISTERED)
    actions.classify(opinion_id=urgent.pk, category_id=cast.category.pk, actor=cast.head, is_urgent=True)
    first = selectors.inbox(actor=cast.head, size=2)
    rest = selectors.inbox(actor=cast.head, size=2, after=first.next)
    assert [row.id for row in (*first.rows, *rest.rows)] == [urgent.pk, late.pk, later.pk]


TURNS = {
    S.SUBMITTED: {"staff", "head"}, S.REGISTERED: {"staff", "head", "deputy"}, S.CLASSIFIED: {"head", "deputy"},
    S.REFERRED: {"clerk", "leader"}, S.HANDLING: {"clerk"}, S.RESULT: {"head"}, S.CONVERTED: set(),
    S.ESCALATED: {"sc_rep"}, S.FED_BACK: set(), S.REWORK: {"clerk"}, S.NOT_ACCEPTED: set(), S.WITHDRAWN: set(),
}  # fmt: skip


@pytest.mark.parametrize("state", TURNS)
def test_whose_turn_it_is(cast: Cast, state: OpinionState) -> None:
    opinion = an_opinion(cast, state)
    asked = ("staff", "head", "street", "sc_rep", "hub", "clerk", "leader", "deputy")
    turn = {who for who in asked if opinion.pk in {row.id for row in selectors.inbox(actor=getattr(cast, who)).rows}}
    assert turn == TURNS[state]


def test_the_lanes_part_what_is_visible(cast: Cast) -> None:
    for state in TURNS:
        an_opinion(cast, state)
    counts = selectors.lane_counts(actor=cast.head)
    assert counts["mine"] + counts["waiting"] + counts["done"] == Opinion.objects.count()


@pytest.mark.parametrize(
    ("q", "found"),
    [("桐荫", True), ("tyjd", True), ("tongyin", True), ("TYJD", True), ("S01", True), ("桐荫路118号", True),
     ("望河", False),
     ("%", False), ("' OR 1=1", False)],
)  # fmt: skip
def test_stations_are_found(cast: Cast, q: str, found: bool) -> None:
    rows = selectors.stations(congress_id=cast.congress_id, q=q).rows
    assert bool(rows) is found


def test_deputies_are_found_by_name_pinyin_and_place(cast: Cast) -> None:
    mandate = a_deputy("阿不都·热合曼", constituency="第7选区")
    assert mandate.person.pinyin.startswith("abu")
    for q in ("阿不都", "热合曼", mandate.person.pinyin[:6], "abd", "桐荫", "第7选区", mandate.code):
        assert mandate.pk in {
            row.mandate_id for row in selectors.deputies(congress_id=cast.congress_id, q=q, size=60).rows
        }, q
    assert selectors.deputies(congress_id=cast.congress_id, q="没有这个人").rows == []


def test_unknown_stations_and_tokens(cast: Cast) -> None:
    with pytest.raises(NoStation):
        selectors.station_page(congress_id=cast.congress_id, code="S99")
    with pytest.raises(NoStation):
        selectors.station_by_token("nobody")
    assert selectors.station_by_token(cast.station.qr_token).pk == cast.station.pk


def test_the_case_page_costs_the_same_at_every_stage(cast: Cast) -> None:
    early, late = an_opinion(cast, S.REGISTERED), an_opinion(cast, S.REWORK)
    selectors.case_page(actor=cast.head, opinion_id=late.pk)  # what was written is found before it is counted
    bills = {
        bill(lambda pk=opinion.pk: selectors.case_page(actor=cast.head, opinion_id=pk))  # type: ignore[misc]
        for opinion in (early, late)
    }
    assert len(bills) == 1


def test_waiting_times_are_working_days(cast: Cast, clock: Any) -> None:
    opinion = an_opinion(cast)
    clock.forward(days=7)
    actions.register(opinion_id=opinion.pk, actor=cast.staff)
    story = selectors.case_page(actor=cast.head, opinion_id=opinion.pk).story
    assert [step.waited for step in story] == [None, 5]


def test_lookalikes_lie_side_by_side(cast: Cast) -> None:
    one = an_opinion(cast, S.REGISTERED, title="文苑小区外墙皮掉落砸车", content="文苑小区3号楼墙皮一块一块往下掉。")
    twin = an_opinion(cast, S.REGISTERED, title="文苑小区墙皮往下掉", content="3号楼外墙皮掉落，把车砸了。")
    an_opinion(cast, S.REGISTERED, title="儿科只有半天门诊", content="林溪社区卫生服务中心下午没有大夫。")
    page = selectors.case_page(actor=cast.head, opinion_id=one.pk)
    assert [row.id for row in page.lookalikes] == [twin.pk]


def test_a_deputy_may_take_up_what_is_classified(cast: Cast) -> None:
    ready = an_opinion(cast, S.CLASSIFIED)
    an_opinion(cast, S.REGISTERED)
    rows = selectors.opinions_for_deputy(actor=cast.deputy).rows
    assert [row.id for row in rows] == [ready.pk]
    assert ReceptionEvent.objects.count() == 0
    assert Station.objects.count() == 1
