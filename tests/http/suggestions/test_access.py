"""Every address of the slice × who may open it; and every act × who is asked, at the stage where it belongs."""

import pytest
from django.urls import reverse

from openrenda.suggestions.models import Commitment, Contact, Suggestion
from openrenda.suggestions.urls import urlpatterns
from openrenda.suggestions.views.case_acts import CASE_ACTS
from openrenda.suggestions.views.part_acts import PART_ACTS
from tests.http.suggestions import walk
from tests.http.suggestions.conftest import WHO, Enter
from tests.http.suggestions.walk import Scene

DEPUTIES = {"lead", "cosigner", "other"}
UNITS = {"clerk", "leader", "other_clerk", "court"}
COMMITTEES = {"committee", "other_committee"}
OFFICES = {"rep", "sc_leader", "hub", *COMMITTEES, *UNITS}
SEES = {"lead", "cosigner", "rep", "committee", "sc_leader", "hub", "clerk", "leader"}

# name, arguments ({pk}: a joint suggestion in handling, {key}: its number), who gets the page
ACCESS: tuple[tuple[str, tuple[str, ...], set[str]], ...] = (
    ("index", (), set(WHO)),
    ("case", ("{key}",), set(WHO)),
    ("inbox", (), DEPUTIES | OFFICES),
    ("write", (), DEPUTIES),
    ("mine", (), DEPUTIES),
    ("register", (), OFFICES),
    ("promises", (), DEPUTIES | OFFICES),
    ("look_backs", (), {"rep", "sc_leader", *COMMITTEES}),
    ("bulk", ("assign",), {"rep"}),
    ("bulk", ("distribute",), {"hub"}),
    ("bulk", ("sign_for",), UNITS),
    ("bulk", ("release",), {"rep", "hub"}),
    ("bulk", ("burn",), set()),
    ("work", ("{pk}",), SEES),
    ("beside", ("{pk}", "{twin}"), SEES),
    ("edit", ("{draft}",), {"lead"}),
    ("cosigners", ("{draft}",), {"lead"}),
    ("act", ("{pk}", "supplement"), {"lead"}),
    ("part_act", ("{pk}", "record_contact", "{turn}"), {"clerk", "leader"}),
)

# stage → act → (who gets its form, who is told why it is closed); "@x" acts are on a part of the case
ACTS: dict[str, dict[str, tuple[set[str], set[str]]]] = {
    "draft": {"submit": ({"lead"}, set()), "attach": ({"lead"}, set()), "withdraw": ({"lead"}, set())},
    "cosigning": {"confirm_cosign": ({"cosigner"}, set()), "decline_cosign": ({"cosigner"}, set())},
    "submitted": {"accept": ({"rep"}, set()), "send_back": ({"rep"}, set()), "reject": ({"rep"}, set())},
    "accepted": {"plan": ({"rep"}, set()), "group": ({"rep"}, set()), "assign": (set(), {"rep"})},
    "planned": {"assign": ({"rep"}, set())},
    "assigned": {"distribute@turn": ({"hub"}, set()), "reassign@turn": ({"rep"}, set())},
    "distributed": {
        "sign_for@turn": ({"clerk", "leader"}, set()), "request_return@turn": ({"clerk", "leader"}, set()),
        "reassign@turn": ({"hub"}, set()), "object": ({"lead"}, set()),
    },
    "return_req": {
        "grant_return@turn": ({"hub"}, set()), "refuse_return@turn": ({"hub"}, set()),
        "fix_unit@turn": ({"hub", "rep"}, set()),
    },
    "handling": {
        "record_contact@turn": ({"clerk", "leader"}, set()), "record_attempt@turn": ({"clerk", "leader"}, set()),
        "request_extension@turn": ({"clerk", "leader"}, set()), "draft_reply@turn": (set(), {"clerk"}),
        "nudge": ({"rep", "committee", "hub"}, set()), "mark_key": ({"rep"}, set()), "release": ({"rep", "hub"}, set()),
        "supplement": ({"lead"}, set()), "accept": (set(), set()),
    },
    "ext_req": {
        "endorse_extension@turn": ({"hub"}, set()), "grant_extension@turn": (set(), {"rep"}),
        "refuse_extension@turn": ({"hub", "rep"}, set()),
    },
    "reply_review": {
        "sign_reply@turn": ({"leader"}, set()), "send_back_reply@turn": ({"leader", "hub"}, set()),
        "pass_reply@turn": (set(), {"hub"}), "review_publicity@letter": ({"clerk", "leader"}, set()),
    },
    "signed": {"pass_reply@turn": ({"hub"}, set())},
    "feedback": {
        "give_feedback": ({"lead"}, set()), "rate_unrateable": (set(), {"rep"}),
        "confirm_contact@contact": ({"lead"}, set()), "deny_contact@contact": ({"lead"}, set()),
        "report@promise": ({"clerk", "leader"}, set()), "claim_done@promise": ({"clerk", "leader"}, set()),
        "change@promise": ({"leader"}, set()), "declare_impossible@promise": ({"leader"}, set()),
        "confirm_done@promise": (set(), set()),
    },
    "unsatisfied": {"rehandle": ({"rep"}, set()), "explain": ({"rep"}, set()), "apologise": (set(), {"rep"})},
    "closed": {"choose_look_back": ({"rep", "committee"}, set()), "reopen": ({"rep"}, set())},
}  # fmt: skip

# Reached in test_forms by walking there first.
ELSEWHERE = {
    "ask_withdrawal", "agree_withdrawal", "ungroup", "give_opinion", "mark_opinion_overdue", "deny_done",
    "answer_nudge", "answer_objection", "record_look_back", "share_reply",
}  # fmt: skip


def status(enter: Enter, who: str, url: str) -> int:
    return enter(who).get(url).status_code


def expected(who: str, allowed: set[str], closed: set[str]) -> int:
    if who in allowed:
        return 200
    if who == "visitor":
        return 303
    return 409 if who in closed else 404


def test_every_address_stands_in_the_table() -> None:
    assert {pattern.name for pattern in urlpatterns} == {name for name, _, _ in ACCESS}


def test_every_act_stands_in_a_table() -> None:
    told = {name.partition("@")[0] for acts in ACTS.values() for name in acts} | ELSEWHERE
    assert told == CASE_ACTS.keys() | PART_ACTS.keys()


def test_every_address_opens_for_those_named_and_nobody_else(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "handling", joint=True)
    draft = walk.to(scene, "draft", title="关于另一件事的建议")
    twin = walk.to(scene, "handling", joint=True, title="关于修好桐花里路灯的另一件建议")
    given = {"pk": row.pk, "twin": twin.pk, "key": row.key, "draft": draft.pk, "turn": walk.turn(row.pk).pk}
    wrong = []
    for name, args, allowed in ACCESS:
        url = reverse(f"suggestions:{name}", args=[arg.format(**given) for arg in args])
        for who in WHO:
            want = 200 if url.startswith("/suggestions/") else expected(who, allowed, set())
            if (got := status(enter, who, url)) != want:
                wrong.append(f"{who} {url}: {got}, not {want}")
    assert not wrong


def _part(row: Suggestion, kind: str) -> int:
    if kind == "contact":
        return Contact.objects.get(suggestion=row).pk
    if kind == "promise":
        return Commitment.objects.get(suggestion=row).pk
    return walk.letter(row.pk).pk if kind == "letter" else walk.turn(row.pk).pk


@pytest.mark.parametrize("stage", ACTS)
def test_every_act_asks_those_named_and_nobody_else(stage: str, scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, stage)
    wrong = []
    for act, (allowed, closed) in ACTS[stage].items():
        name, _, kind = act.partition("@")
        where = [row.pk, name, _part(row, kind)] if kind else [row.pk, name]
        url = reverse("suggestions:part_act" if kind else "suggestions:act", args=where)
        for who in WHO:
            want = expected(who, allowed, closed)
            if (got := status(enter, who, url)) != want:
                wrong.append(f"{who} {url}: {got}, not {want}")
    assert not wrong


def test_a_part_of_another_case_is_not_found(scene: Scene, enter: Enter) -> None:
    row = walk.to(scene, "handling")
    other = walk.to(scene, "handling", title="关于另一件事的建议")
    url = reverse("suggestions:part_act", args=[row.pk, "record_contact", walk.turn(other.pk).pk])
    assert status(enter, "clerk", url) == 404
    assert enter("clerk").post(url, {"way": "meeting"}).status_code == 404
