"""A deputy writes: drafts, co-signers, submission, review, withdrawal (R1, R15, R17)."""

from datetime import date, timedelta

import pytest

from openrenda.kernel import clock
from openrenda.kernel.errors import Blocked, Invalid, NotAllowed, WrongState
from openrenda.orgs import actions as orgs
from openrenda.suggestions import actions, selectors
from openrenda.suggestions.errors import NoSuggestion, WindowOpen
from openrenda.suggestions.states import CosignState, EndReason, PublicityWish, RejectCode, State
from tests.makers.orgs import SESSION_OPENED, a_congress, a_deputy, a_unit, deputy_actor, setup_actor
from tests.makers.suggestions import (
    a_category,
    a_distributed,
    a_draft,
    a_handled,
    a_replied,
    a_submitted,
    a_text,
    an_accepted,
    clockwork,
    hub,
    sc_rep,
)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"), ({"problem": ""}, "problem"), ({"proposal": "\n"}, "proposal"),
        ({"title": "关于" + "长" * 37 + "建议"}, "title"), ({"problem": "字" * 100_000}, "problem"),
        ({"analysis": "字" * 10_001}, "analysis"), ({"category_id": 0}, "category"),
        ({"publicity_wish": PublicityWish.NO}, "publicity_wish_reason"),
    ],
)  # fmt: skip
def test_a_text_that_cannot_be_taken_says_where(change: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        a_draft(text=a_text(**change))
    assert set(refused.value.fields) == {field}


def test_script_and_rare_names_stay_text() -> None:
    words = "<script>alert(1)</script> 𠮷·艾合买提\0"
    walk = a_draft(text=a_text(problem=words))
    assert walk.now.problem == words.replace("\0", "")


def test_only_the_deputy_in_office_writes() -> None:
    mandate = a_deputy()
    with pytest.raises(NotAllowed):
        actions.write_draft(lead_id=mandate.pk, text=a_text(), actor=deputy_actor(a_deputy()))
    orgs.end_mandate(
        mandate_id=mandate.pk, on=clock.today() - timedelta(days=1), reason="辞职", actor=setup_actor(a_congress())
    )
    with pytest.raises(NotAllowed):
        actions.write_draft(lead_id=mandate.pk, text=a_text(), actor=deputy_actor(mandate))


def test_a_draft_is_its_deputies_own() -> None:
    walk = a_draft()
    for stranger in (sc_rep(), hub(), deputy_actor(a_deputy())):
        with pytest.raises(NoSuggestion):
            selectors.suggestion_for(stranger, walk.pk)
    assert selectors.suggestion_for(walk.deputy, walk.pk).pk == walk.pk


def test_any_edit_resets_confirmations() -> None:
    walk = a_draft()
    one, two = a_deputy(), a_deputy()
    actions.invite_cosigners(suggestion_id=walk.pk, mandate_ids=[one.pk, two.pk], actor=walk.deputy)
    actions.confirm_cosign(suggestion_id=walk.pk, actor=deputy_actor(one))
    actions.decline_cosign(suggestion_id=walk.pk, actor=deputy_actor(two))
    text = a_text(title=walk.now.title, category_id=walk.now.category_id)
    actions.edit_draft(suggestion_id=walk.pk, text=text, actor=walk.deputy)
    states = dict(walk.now.cosigners.values_list("mandate_id", "state"))
    assert states == {one.pk: CosignState.CONFIRMED, two.pk: CosignState.DECLINED}, "nothing was changed"
    actions.edit_draft(suggestion_id=walk.pk, text=a_text(problem="另一个问题。"), actor=walk.deputy)
    states = dict(walk.now.cosigners.values_list("mandate_id", "state"))
    assert states == {one.pk: CosignState.INVITED, two.pk: CosignState.DECLINED}


def test_who_has_not_confirmed_drops_off_at_submission() -> None:
    walk = a_draft()
    invited = a_deputy()
    actions.invite_cosigners(suggestion_id=walk.pk, mandate_ids=[invited.pk], actor=walk.deputy)
    actions.submit(suggestion_id=walk.pk, actor=walk.deputy)
    assert walk.now.cosigners.get().state == CosignState.LAPSED
    with pytest.raises((WrongState, NotAllowed)):
        actions.confirm_cosign(suggestion_id=walk.pk, actor=deputy_actor(invited))


def test_nobody_invites_himself_or_who_is_not_in_office() -> None:
    walk = a_draft()
    for wrong in ([], [walk.lead.pk], [0]):
        with pytest.raises(Invalid):
            actions.invite_cosigners(suggestion_id=walk.pk, mandate_ids=wrong, actor=walk.deputy)


def test_double_submission_makes_one() -> None:
    walk = a_submitted()
    with pytest.raises(WrongState):
        actions.submit(suggestion_id=walk.pk, actor=walk.deputy)


def test_in_session_or_not_is_told_by_the_day_and_each_has_its_series() -> None:
    with clock.at(SESSION_OPENED):
        first, second = an_accepted(), an_accepted()
    third = an_accepted()
    keys = [walk.now.key for walk in (first, second, third)]
    assert keys == ["JY-16-5-001", "JY-16-5-002", "JY-16-5-B001"]
    with clock.at(date(2026, 1, 8)):
        assert an_accepted().now.year == 2026, "the closed period counts by the day of submission"
    assert first.now.year == 2025


def test_numbers_follow_without_gaps_whatever_is_refused_between() -> None:
    with clock.at(SESSION_OPENED):
        refused = a_submitted()
        actions.reject(suggestion_id=refused.pk, code=RejectCode.CASE, reason="具体案件", actor=sc_rep())
        assert [an_accepted().now.serial for _ in range(3)] == [1, 2, 3]
        row = a_submitted()
        actions.accept(suggestion_id=row.pk, actor=sc_rep(), serial=40)
        assert an_accepted().now.serial == 41
    assert refused.now.key is None
    assert (refused.now.state, refused.now.as_letter) == (State.REJECTED, True)


def test_a_number_is_given_once() -> None:
    an_accepted()
    row = a_submitted()
    with pytest.raises(Exception, match="number_taken"):
        actions.accept(suggestion_id=row.pk, actor=sc_rep(), serial=1)
    assert row.now.state == State.SUBMITTED


def test_sent_back_edited_and_filed_again() -> None:
    walk = a_submitted(cosigners=1)
    with pytest.raises(Invalid):
        actions.send_back(suggestion_id=walk.pk, reason=" ", actor=sc_rep())
    actions.send_back(suggestion_id=walk.pk, reason="一事一议，请分开", actor=sc_rep())
    actions.edit_draft(suggestion_id=walk.pk, text=a_text(), actor=walk.deputy)
    actions.confirm_cosign(suggestion_id=walk.pk, actor=deputy_actor(walk.cosigners[0]))
    actions.submit(suggestion_id=walk.pk, actor=walk.deputy)
    assert walk.now.cosigners.get().state == CosignState.CONFIRMED


def test_returned_drafts_lapse_after_thirty_days() -> None:
    walk = a_submitted()
    actions.send_back(suggestion_id=walk.pk, reason="请补充", actor=sc_rep())
    with clock.at(clock.today() + timedelta(days=30)), pytest.raises(WindowOpen):
        actions.lapse_returned(suggestion_id=walk.pk, actor=clockwork())
    with clock.at(clock.today() + timedelta(days=31)):
        actions.lapse_returned(suggestion_id=walk.pk, actor=clockwork())
    assert (walk.now.state, walk.now.end_reason) == (State.WITHDRAWN, EndReason.LAPSED)


def test_a_joint_one_is_withdrawn_only_when_all_agree() -> None:
    walk = a_handled(cosigners=2)
    actions.ask_withdrawal(suggestion_id=walk.pk, reason="问题已解决", actor=walk.deputy)
    for mandate in walk.cosigners:
        with pytest.raises(Blocked, match="cosigners_must_agree"):
            actions.withdraw(suggestion_id=walk.pk, reason="问题已解决", actor=walk.deputy)
        actions.agree_withdrawal(suggestion_id=walk.pk, actor=deputy_actor(mandate))
    actions.withdraw(suggestion_id=walk.pk, reason="问题已解决", actor=walk.deputy)
    assert walk.now.state == State.WITHDRAWN
    assert set(walk.now.assignments.values_list("state", flat=True)) == {"distributed", "stopped"}
    assert walk.now.key, "a number once given stays given"


def test_after_the_reply_nothing_is_withdrawn() -> None:
    walk = a_replied()
    with pytest.raises(WrongState):
        actions.withdraw(suggestion_id=walk.pk, reason="撤回", actor=walk.deputy)


def test_after_review_only_a_supplement() -> None:
    walk = a_distributed()
    with pytest.raises(WrongState):
        actions.edit_draft(suggestion_id=walk.pk, text=a_text(), actor=walk.deputy)
    actions.add_supplement(suggestion_id=walk.pk, text="补充照片说明", actor=walk.deputy)
    assert walk.now.supplements.count() == 1


def test_the_wished_unit_and_the_phone_are_kept_sealed() -> None:
    walk = a_draft(suggested_unit_ids=[a_unit("B03").pk], contact_phone="13800001234")
    assert [unit.code for unit in walk.now.suggested_units.all()] == ["B03"]
    assert "13800001234" not in walk.now.contact_phone_sealed
    text = a_text(category_id=a_category("停车").pk)
    actions.edit_draft(suggestion_id=walk.pk, text=text, actor=walk.deputy)
    assert walk.now.contact_phone_sealed, "a form that does not show a field leaves it as it is"
