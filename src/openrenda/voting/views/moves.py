"""Which acts are open to this reader of a poll: what the workflow offers, in the order of the page."""

from dataclasses import dataclass, replace

from django.urls import reverse

from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Conflict, NotAllowed, NotFound
from openrenda.kernel.text import N_
from openrenda.kernel.verdict import Verdict
from openrenda.voting.models import Poll
from openrenda.voting.states import Method, Need, State
from openrenda.voting.workflow import POLL

from . import faces
from .act import ACTS, Act

PAGES = {
    "enter_credentials": (N_("生成凭证"), "voting:credentials"),
    "enter_key": (N_("生成密钥"), "voting:trustee"),
    "enter_partial": (N_("解密"), "voting:trustee"),
    "issue": (N_("发票、补登签到"), "voting:roll"),
    "withdraw_credentials": (N_("收回凭证"), "voting:withdraw"),
}
"""Moves with pages of their own."""

QUIET = ("restart_keys", "cancel", "void", "withdraw_credentials", "file_tally_sheet")
"""Never the first thing to do on a page."""

UNFIT = frozenset({"voting.only_electronic", "voting.no_ballots", "voting.only_named", "voting.no_paper"})
"""A move that this way of voting does not have is not shown as closed: nobody expects it."""


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One button of the column beside a poll."""

    name: str
    label: str
    url: str
    verdict: Verdict
    law: str = ""
    tone: str = "plain"


def rows(poll: Poll, actor: Actor) -> list[MoveRow]:
    """All that may be expected here, the most pressing button first and marked as such."""
    found: dict[str, MoveRow] = {}
    for offer in POLL.offers(actor, poll):
        name = offer.move.name
        if not _fits(poll, name, offer.verdict) or (name in found and not offer.verdict):
            continue
        found[name] = _row(poll, name, offer.verdict, offer.move.law)
    quiet = {*QUIET, *_waiting(poll)}
    ordered = sorted(found.values(), key=lambda row: (not row.verdict, row.name in quiet))
    first = next((row for row in ordered if row.verdict and row.name not in quiet), None)
    return [replace(row, tone="primary") if row is first and row.tone == "plain" else row for row in ordered]


def _waiting(poll: Poll) -> tuple[str, ...]:
    """Moves that are open but whose time has not come, or is over: the button that leads on is another one."""
    if poll.state == State.SETUP:
        face = faces.setup(poll)
        if face.is_ready:
            return ("enter_credentials", "enter_key")
        return ("open", "enter_credentials") if face.credentials else ("open",)
    if poll.state == State.CLOSED and poll.method in (Method.PAPER, Method.HANDS):
        return ("count",) if poll.paper_counts.count() < 2 else ()
    return ()


def _fits(poll: Poll, name: str, verdict: Verdict) -> bool:
    if name not in ACTS and name not in PAGES:
        return False
    if verdict.code in UNFIT:
        return False
    if name == "decide":
        return poll.need != Need.NOTHING and not poll.decisions.exists()
    if name == "open" and poll.is_electronic:
        return poll.state == State.SETUP
    return not (name == "enter_count" and poll.method == Method.NAMED)


def _row(poll: Poll, name: str, verdict: Verdict, law: str) -> MoveRow:
    if name in PAGES:
        label, page = PAGES[name]
        return MoveRow(name, label, reverse(page, args=[poll.key]), verdict, law)
    act = ACTS[name]
    url = reverse("voting:act", args=[poll.key, name])
    return MoveRow(name, act.label, url, verdict, law, "danger" if act.danger else "plain")


def act_of(name: str) -> Act:
    """The row of the table behind an address; NotFound if there is none."""
    act = ACTS.get(name)
    if act is None:
        raise NotFound
    return act


def check_open(poll: Poll, actor: Actor, name: str) -> None:
    """Before a form is shown: NotAllowed if it is not this actor's here, Conflict with the reason if closed."""
    row = next((row for row in rows(poll, actor) if row.name == name), None)
    if row is None:
        raise NotAllowed
    if not row.verdict:
        raise Conflict.by(row.verdict)
