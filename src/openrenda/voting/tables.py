"""The lists of this slice that may be taken out, each as its page shows it. Of ballots: only who took one."""

from collections.abc import Iterator

from openrenda.exchange.tables import (
    BATCH,
    MOMENT,
    Asked,
    Column,
    Params,
    Table,
    Value,
    everyone,
    register,
    wearing,
)
from openrenda.kernel.actor import Actor
from openrenda.kernel.asked import text
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.voting import selectors
from openrenda.voting.errors import NoPoll
from openrenda.voting.models import Poll, RollEntry
from openrenda.voting.rules import who
from openrenda.voting.selectors.polls import OFFICES
from openrenda.voting.states import Issued, Method, State

KEY, TITLE, STATE = N_("编号"), N_("表决"), N_("状态")
_TIMES = (
    Column(N_("投票开始"), lambda poll: poll.opened_at, MOMENT),
    Column(N_("投票结束"), lambda poll: poll.closed_at, MOMENT),
    Column(N_("结果公布"), lambda poll: poll.published_at, MOMENT),
)


def _public(actor: Actor, _params: Params) -> Iterator[Poll]:
    return selectors.polls(actor.congress_id).iterator(BATCH)


PUBLIC = Table(
    name="voting.index",
    label=N_("表决结果"),
    definition=N_("已宣布投票开始的表决，新的在前。"),
    who=everyone,
    rows=_public,
    columns=(
        Column(KEY, lambda poll: poll.key),
        Column(TITLE, lambda poll: poll.title, width=44),
        Column(N_("种类"), lambda poll: poll.kind),
        Column(STATE, lambda poll: State(poll.state)),
        *_TIMES,
    ),
)


def _work(actor: Actor, _params: Params) -> Iterator[Poll]:
    return selectors.work_polls(actor).iterator(BATCH)


WORK = Table(
    name="voting.work_index",
    label=N_("表决（工作台）"),
    definition=N_("现在的身份要办、要投或者要监督的表决，新的在前。"),
    who=wearing(*OFFICES, Role.DEPUTY),
    rows=_work,
    columns=(
        Column(KEY, lambda poll: poll.key),
        Column(TITLE, lambda poll: poll.title, width=44),
        Column(N_("方式"), lambda poll: Method(poll.method)),
        Column(STATE, lambda poll: State(poll.state)),
        *_TIMES,
    ),
)


def _poll(actor: Actor, params: Params) -> Poll:
    poll = selectors.work_poll(actor, params.get("poll", ""))
    if not who.office_or_watcher(actor, poll):
        raise NoPoll
    return poll


def _roll(actor: Actor, params: Params) -> Iterator[RollEntry]:
    entries, name = _poll(actor, params).roll.order_by("delegation", "name"), text(params, "q", 40)
    return (entries.filter(name__contains=name) if name else entries).iterator(BATCH)


def _roll_asked(actor: Actor, params: Params) -> Asked:
    return ((TITLE, str(_poll(actor, params))), (N_("姓名"), text(params, "q", 40)))


def _issued(entry: RollEntry) -> Value:
    return None if entry.issued == Issued.NOTHING else Issued(entry.issued)


ROLL = Table(
    name="voting.roll",
    label=N_("发票名册"),
    definition=N_("谁有权投票、是否到会、领了哪种票。不含领了哪一张、怎么投。"),
    who=wearing(*OFFICES, Role.DEPUTY),
    rows=_roll,
    asked=_roll_asked,
    columns=(
        Column(N_("姓名"), lambda entry: entry.name),
        Column(N_("代表团"), lambda entry: entry.delegation),
        Column(N_("到会"), lambda entry: entry.is_present),
        Column(N_("领票"), _issued),
        Column(N_("凭证已收回"), lambda entry: entry.is_swapped),
    ),
)


def offer() -> None:
    """Called once in ready."""
    register(PUBLIC, WORK, ROLL)
