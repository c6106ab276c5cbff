"""Number and code: one answer to every wrong guess, the same work, and a limit."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openrenda.audit.models import AuditEntry
from openrenda.kernel.errors import NotAllowed
from openrenda.liaison import actions, selectors
from openrenda.liaison.actions import Consent
from openrenda.liaison.errors import NoOpinion, TrackRefused
from openrenda.liaison.models import TrackAttempt
from openrenda.liaison.states import OpinionState
from openrenda.orgs.states import Role
from tests.makers.liaison import Cast, a_receipt, again, an_opinion, resident_of

HOME = "203.0.113.7"


def look(cast: Cast, number: str, code: str, origin: str = HOME) -> Any:
    return actions.track(number=number, code=code, congress_id=cast.congress_id, origin=origin)


def test_number_and_code_open_the_own_case(cast: Cast) -> None:
    receipt = a_receipt(cast)
    actor = look(cast, receipt.number.lower(), f" {receipt.code[:4]} {receipt.code[4:]} ")
    view = selectors.tracking(actor=actor)
    assert (view.number, view.state, view.may_withdraw, view.may_rate) == (
        receipt.number,
        OpinionState.SUBMITTED,
        True,
        False,
    )
    assert view.content
    assert [step.move for step in view.story] == ["submit"]


def test_every_wrong_guess_gets_the_same_answer_for_the_same_work(cast: Cast) -> None:
    mine, other = a_receipt(cast), a_receipt(cast)
    wrong = "00000000" if mine.code != "00000000" else "00000001"
    bills, answers = set(), set()
    for number, code in (
        (mine.number, wrong),
        (mine.number, other.code),
        ("YJ2025-S01-999999", mine.code),
        ("", ""),
        ("'--", "x"),
    ):
        with (
            CaptureQueriesContext(
                connection,
            ) as captured,
            pytest.raises(TrackRefused) as refused,
        ):
            look(cast, number, code)
        bills.add(len(captured))
        answers.add((str(refused.value), refused.value.remedy))
    with CaptureQueriesContext(connection) as captured:
        look(cast, mine.number, mine.code)
    bills.add(len(captured))
    assert len(bills) == len(answers) == 1


def test_after_ten_wrong_codes_the_number_rests_for_an_hour(cast: Cast, clock: Any) -> None:
    receipt = a_receipt(cast)
    for n in range(10):
        with pytest.raises(TrackRefused):
            look(cast, receipt.number, f"{n:08}", origin=f"10.{n}.0.1")
    with pytest.raises(TrackRefused):
        look(cast, receipt.number, receipt.code, origin="192.0.2.1")
    clock.forward(hours=1, seconds=1)
    assert look(cast, receipt.number, receipt.code).urn == f"opinion:{receipt.opinion_id}"


def test_one_network_cannot_walk_through_numbers(cast: Cast) -> None:
    receipt = a_receipt(cast)
    for n in range(30):
        with pytest.raises(TrackRefused):
            look(cast, f"YJ2025-S01-{n + 500:06}", "12345678", origin=f"203.0.113.{n}")
    with pytest.raises(TrackRefused):
        look(cast, receipt.number, receipt.code)
    assert look(cast, receipt.number, receipt.code, origin="198.51.100.1")


def test_tries_hold_neither_address_nor_number_and_are_forgotten(cast: Cast, clock: Any) -> None:
    receipt = a_receipt(cast)
    look(cast, receipt.number, receipt.code)
    row = TrackAttempt.objects.get()
    assert "203.0.113" not in f"{row.number_hash}{row.origin_hash}"
    assert receipt.number not in row.number_hash
    clock.forward(days=3)
    assert actions.forget_attempts() == 1


def test_a_new_code_replaces_the_old_at_the_station_only(cast: Cast) -> None:
    receipt = a_receipt(cast)
    for actor in (cast.street, cast.sc_rep, cast.visitor, resident_of(receipt.opinion_id, cast.congress_id)):
        with pytest.raises(NotAllowed):
            actions.reset_query_code(opinion_id=receipt.opinion_id, reason="遗失", actor=actor)
    fresh = actions.reset_query_code(opinion_id=receipt.opinion_id, reason="遗失", actor=cast.staff)
    with pytest.raises(TrackRefused):
        look(cast, receipt.number, receipt.code)
    assert look(cast, fresh.number, fresh.code)


def test_a_resident_sees_the_own_opinion_and_no_other(cast: Cast) -> None:
    mine, other = an_opinion(cast), an_opinion(cast)
    actor = resident_of(mine.pk, cast.congress_id)
    assert selectors.opinion_for(actor=actor, opinion_id=mine.pk).pk == mine.pk
    with pytest.raises(NoOpinion):
        selectors.opinion_for(actor=actor, opinion_id=other.pk)


def test_the_contact_is_revealed_with_a_reason_and_a_record(cast: Cast) -> None:
    opinion = an_opinion(cast, OpinionState.HANDLING)
    for actor in (cast.clerk, cast.sc_rep, cast.visitor):
        with pytest.raises(NotAllowed):
            actions.reveal_contact(opinion_id=opinion.pk, reason="核实", actor=actor)
    assert actions.reveal_contact(opinion_id=opinion.pk, reason="核实地点", actor=cast.staff).phone == "13800004447"
    entry = AuditEntry.objects.get(kind="liaison.contact_revealed")
    assert entry.detail == {"reason": "核实地点"}


def test_a_unit_sees_the_identity_with_consent_only(cast: Cast) -> None:
    shared = an_opinion(cast, OpinionState.HANDLING, consent=Consent("2025-01", may_share=True))
    kept = an_opinion(cast, OpinionState.HANDLING)
    assert actions.reveal_contact(opinion_id=shared.pk, reason="联系", actor=cast.clerk).name == "柯女士"
    assert selectors.case_page(actor=cast.clerk, opinion_id=shared.pk).contact_masked == "柯** 138****4447"
    page = selectors.case_page(actor=cast.clerk, opinion_id=kept.pk)
    assert page.contact_masked == ""
    assert page.may_reveal.code == "liaison.not_shared"
    resident = resident_of(shared.pk, cast.congress_id)
    actions.set_consent(opinion_id=shared.pk, may_share=False, actor=resident)
    assert again(shared.pk).may_publish is False  # what was not named stays as it was
    with pytest.raises(NotAllowed):
        actions.reveal_contact(opinion_id=shared.pk, reason="联系", actor=cast.clerk)


def test_offices_see_their_own_only(cast: Cast) -> None:
    opinion = an_opinion(cast, OpinionState.REFERRED)
    for actor in (cast.staff, cast.head, cast.street, cast.sc_rep, cast.hub, cast.clerk, cast.deputy):
        assert selectors.opinion_for(actor=actor, opinion_id=opinion.pk)
    strangers = [
        cast.unit_actor(Role.STATION_HEAD, "S02"), cast.unit_actor(Role.STREET_NPC, "J02"),
        cast.unit_actor(Role.UNIT_CLERK, "B04"), cast.unit_actor(Role.SYSADMIN, "R01"), cast.visitor,
    ]  # fmt: skip
    for actor in strangers:
        with pytest.raises(NoOpinion):
            selectors.opinion_for(actor=actor, opinion_id=opinion.pk)
