"""An opinion comes in: receipt, double submit, personal numbers, bad words, rare names, walk-ins."""

from typing import Any

import pytest

from openrenda.kernel.crypto import unseal
from openrenda.kernel.errors import BadWords, Invalid, NotAllowed
from openrenda.liaison import actions
from openrenda.liaison.actions import Consent, Contact
from openrenda.liaison.errors import AnonymousOnline, FormUsed, NoStation, PersonalNumbersFound, StationClosed
from openrenda.liaison.models import Clock, Opinion, OpinionStep, Station
from openrenda.liaison.states import Channel, ClockKind, IdentityMode, OpinionState, PublishState
from tests.makers.liaison import CONTENT, TITLE, Cast, a_receipt, again

PHONE_WORDS = "墙皮掉了，请打13800004447找我，身份证990101199001011234"


def test_the_receipt_has_number_and_code_and_the_table_only_a_hash(cast: Cast) -> None:
    receipt = a_receipt(cast)
    opinion = again(receipt.opinion_id)
    assert receipt.number == "YJ2025-S01-000001" == opinion.number
    assert len(receipt.code) == 8
    assert receipt.code.isdigit()
    assert receipt.code not in opinion.code_hash
    assert opinion.state == OpinionState.SUBMITTED
    assert opinion.deputy_id == cast.mandate.pk
    assert opinion.street_id == cast.station.street_id


def test_numbers_run_by_station_and_year_without_gaps(cast: Cast, clock: Any) -> None:
    first, second = a_receipt(cast), a_receipt(cast)
    with pytest.raises(BadWords):
        a_receipt(cast, title="")
    third = a_receipt(cast)
    assert [r.number[-6:] for r in (first, second, third)] == ["000001", "000002", "000003"]
    clock.at(clock.now.replace(year=2026))
    assert a_receipt(cast).number == "YJ2026-S01-000001"


def test_the_same_form_twice_is_one_record_with_the_same_code(cast: Cast) -> None:
    one = a_receipt(cast, idempotency_key="form-0001-abcd")
    two = a_receipt(cast, idempotency_key="form-0001-abcd")
    assert (two.opinion_id, two.number, two.code, two.is_repeat) == (one.opinion_id, one.number, one.code, True)
    assert Opinion.objects.count() == 1


def test_who_only_guesses_a_forms_key_learns_nothing(cast: Cast) -> None:
    a_receipt(cast, idempotency_key="form-0001-abcd")
    for change in ({"title": "别的"}, {"content": "别的"}, {"contact": Contact("柯女士", "13900000000")}):
        with pytest.raises(FormUsed):
            a_receipt(cast, idempotency_key="form-0001-abcd", **change)


def test_a_reset_code_is_not_told_to_the_old_form(cast: Cast) -> None:
    one = a_receipt(cast, idempotency_key="form-0001-abcd")
    fresh = actions.reset_query_code(opinion_id=one.opinion_id, reason="来站补办", actor=cast.staff)
    assert fresh.code != one.code
    assert a_receipt(cast, idempotency_key="form-0001-abcd").code == ""


def test_name_and_phone_are_sealed(cast: Cast) -> None:
    contact = again(a_receipt(cast).opinion_id).contact
    assert "柯" not in contact.name_sealed
    assert "13800004447" not in contact.phone_sealed
    assert unseal(contact.phone_sealed) == "13800004447"
    assert (contact.name_masked, contact.phone_masked) == ("柯**", "138****4447")


@pytest.mark.parametrize("name", ["𠮷田·阿不都热合曼", "㙍㵘", "司马Ø"])
def test_rare_names_survive(cast: Cast, name: str) -> None:
    contact = again(a_receipt(cast, contact=Contact(name, "13800004447")).opinion_id).contact
    assert unseal(contact.name_sealed) == name


def test_personal_numbers_stop_the_form_until_the_writer_chooses(cast: Cast) -> None:
    with pytest.raises(PersonalNumbersFound) as refused:
        a_receipt(cast, content=PHONE_WORDS)
    assert {f.kind.value for f in refused.value.findings} == {"phone", "id_card"}
    assert not Opinion.objects.exists()


def test_masked_numbers_are_masked_in_the_table(cast: Cast) -> None:
    opinion = again(a_receipt(cast, content=PHONE_WORDS, mask_pii=True).opinion_id)
    assert "13800004447" not in opinion.content
    assert "199001011234" not in opinion.content
    assert opinion.content.startswith("墙皮掉了")


def test_confirmed_numbers_stay_but_never_become_public(cast: Cast) -> None:
    opinion = again(a_receipt(cast, content=PHONE_WORDS, pii_confirmed=True).opinion_id)
    assert "13800004447" in opinion.content
    assert "13800004447" not in opinion.public_summary
    assert "199001011234" not in opinion.public_summary


def test_preview_shows_what_the_public_would_see(cast: Cast) -> None:
    seen = actions.preview(title="修墙 13800004447", content=PHONE_WORDS)
    assert "13800004447" not in seen.title + seen.summary
    assert len(seen.findings) == 3
    assert not Opinion.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"title": ""}, {"title": "题" * 81}, {"content": " \n "}, {"content": "水" * 100_000},
        {"contact": Contact("柯女士", "<script>")}, {"idempotency_key": "short"}, {"category_id": 999},
        {"contact": Contact("柯\n女士", "13800004447")},
    ],
)  # fmt: skip
def test_bad_forms_say_which_field(cast: Cast, given: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        a_receipt(cast, **given)
    assert refused.value.fields
    assert not Opinion.objects.exists()


def test_scripts_are_kept_as_words(cast: Cast) -> None:
    words = "<script>alert('x')</script> 请修路灯"
    assert again(a_receipt(cast, content=words).opinion_id).content == words


def test_online_nobody_is_anonymous(cast: Cast) -> None:
    with pytest.raises(AnonymousOnline):
        a_receipt(cast, identity_mode=IdentityMode.ANONYMOUS)


def test_offline_channels_are_the_stations(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        a_receipt(cast, channel=Channel.PHONE)


def test_unknown_and_closed_stations(cast: Cast) -> None:
    with pytest.raises(NoStation):
        a_receipt(cast, station_id=999_999)
    Station.objects.update(status="paused")
    with pytest.raises(StationClosed):
        a_receipt(cast)


def test_without_consent_nothing_waits_to_be_published(cast: Cast) -> None:
    opinion = again(a_receipt(cast, consent=Consent("2025-01")).opinion_id)
    assert opinion.publish_state == PublishState.KEPT
    assert (opinion.may_share, opinion.may_publish) == (False, False)


def test_two_clocks_run_from_the_first_second(cast: Cast) -> None:
    opinion = again(a_receipt(cast).opinion_id)
    due = {c.kind: c.due.isoformat() for c in Clock.objects.filter(opinion=opinion)}
    assert due == {ClockKind.REGISTER: "2025-03-11", ClockKind.DECISION: "2025-03-13"}
    assert (opinion.due_kind, opinion.due_on.isoformat()) == ("register", "2025-03-11")


def walk_in(cast: Cast, **given: Any) -> int:
    defaults: dict[str, Any] = {
        "actor": cast.staff.speaking_for("来访群众"), "station_id": cast.station.unit_id, "channel": Channel.RECEPTION,
        "title": TITLE, "content": CONTENT, "contact": Contact(), "consent": Consent("2025-01"),
        "idempotency_key": "walk-in-0001", "identity_mode": IdentityMode.ANONYMOUS, "deputy_ids": [cast.mandate.pk],
    }  # fmt: skip
    return actions.register_walk_in(**(defaults | given)).opinion_id


def test_a_walk_in_is_registered_at_once_and_may_be_anonymous(cast: Cast) -> None:
    opinion = again(walk_in(cast))
    assert opinion.state == OpinionState.REGISTERED
    assert opinion.contact.name_masked == ""
    assert opinion.received_by == "桐荫联络站"
    assert list(OpinionStep.objects.filter(opinion=opinion).values_list("who", flat=True)) == ["桐荫联络站"] * 2
    assert walk_in(cast) == opinion.pk


@pytest.mark.parametrize("who", ["visitor", "clerk", "sc_rep", "deputy", "street"])
def test_walk_ins_are_the_stations(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        walk_in(cast, actor=getattr(cast, who))
