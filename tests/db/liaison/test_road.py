"""Every state is reached by walking, and every walk leaves its traces."""

import pytest

from openrenda.audit.models import AuditEntry
from openrenda.kernel.models import OutboxEvent
from openrenda.liaison.models import Clock, OpinionStep
from openrenda.liaison.states import OpinionState
from tests.makers.liaison import a_cast, an_opinion


@pytest.mark.parametrize("state", list(OpinionState))
def test_every_state_is_reached_by_walking(state: OpinionState) -> None:
    opinion = an_opinion(a_cast(), state)
    assert opinion.state == state


def test_each_step_writes_story_audit_and_fact() -> None:
    opinion = an_opinion(a_cast(), OpinionState.CLOSED)
    told = list(OpinionStep.objects.filter(opinion=opinion).order_by("pk").values_list("move", flat=True))
    assert told == [
        "submit", "register", "classify", "propose_referral", "forward_referral", "refer_department", "sign_for",
        "approve_result", "feed_back", "rate",
    ]  # fmt: skip
    kinds = set(
        AuditEntry.objects.filter(subject_kind="liaison.opinion", subject_id=opinion.pk).values_list("kind", flat=True)
    )
    assert {"liaison.opinion_submitted", "liaison.result_drafted", "liaison.opinion_rated"} <= kinds
    facts = set(OutboxEvent.objects.filter(payload__opinion_id=opinion.pk).values_list("kind", flat=True))
    assert {"liaison.opinion_referred", "liaison.result_arrived", "liaison.opinion_closed"} <= facts


def test_audit_holds_no_words_of_the_resident() -> None:
    opinion = an_opinion(a_cast(), OpinionState.CLOSED)
    for entry in AuditEntry.objects.filter(subject_id=opinion.pk):
        assert "柯" not in str(entry.detail)
        assert "消火栓" not in str(entry.detail)


def test_no_clock_is_left_running_when_the_case_has_ended() -> None:
    opinion = an_opinion(a_cast(), OpinionState.CLOSED)
    running = Clock.objects.filter(opinion=opinion, met_on=None, is_superseded=False).exclude(kind="revisit")
    assert not running.exists()
