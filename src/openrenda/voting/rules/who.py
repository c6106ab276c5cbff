"""Who may, and what must be there: predicates that answer with a reason."""

from collections.abc import Collection

from openrenda.kernel.actor import Actor
from openrenda.kernel.text import N_
from openrenda.kernel.verdict import ALLOWED, Verdict, any_of, deny
from openrenda.orgs.states import Role
from openrenda.voting.models import Poll
from openrenda.voting.states import Duty, Issued, Method

FOLLOWER = "system:voting.follow"
"""Takes the moves that follow from figures and confirmations in the same transaction; nobody signs in as it."""

_SWITCH = N_("如您有其他职务，请先切换身份。")
WATCHERS = (Duty.CHIEF, Duty.SCRUTINEER)


def _when(condition: object, otherwise: Verdict) -> Verdict:
    return ALLOWED if condition else otherwise


def on_duty(actor: Actor, poll: Poll, duties: Collection[str]) -> bool:
    """Is the actor one of those who watch this vote?"""
    mandates = actor.scopes(Role.DEPUTY)
    return (
        bool(mandates)
        and actor.congress_id == poll.congress_id
        and any(s.duty in duties and s.mandate_id in mandates for s in poll.scrutineers.all())
    )


def is_office(actor: Actor, poll: Poll) -> Verdict:
    """The standing committee's office, the secretariat of a session."""
    return _when(
        actor.has(Role.SC_OFFICE) and actor.congress_id == poll.congress_id,
        deny("voting.not_office", N_("这一步由常委会办公室（大会秘书处）办理。"), _SWITCH),
    )


def is_chief(actor: Actor, poll: Poll) -> Verdict:
    """The chief scrutineer of this vote."""
    return _when(on_duty(actor, poll, (Duty.CHIEF,)), deny("voting.not_chief", N_("这一步由总监票人办理。"), _SWITCH))


def is_watcher(actor: Actor, poll: Poll) -> Verdict:
    """A scrutineer of this vote, the chief included."""
    return _when(
        on_duty(actor, poll, WATCHERS), deny("voting.not_scrutineer", N_("这一步由本次表决的监票人办理。"), _SWITCH)
    )


def is_teller(actor: Actor, poll: Poll) -> Verdict:
    """A teller of this vote, or somebody whose post is to count."""
    named = on_duty(actor, poll, (Duty.TELLER,))
    return _when(
        named or (actor.has(Role.TELLER) and actor.congress_id == poll.congress_id),
        deny("voting.not_teller", N_("这一步由计票人办理。"), _SWITCH),
    )


office_or_chief = any_of(is_office, is_chief)
office_or_watcher = any_of(is_office, is_watcher)
office_or_teller = any_of(is_office, is_teller)


def is_follower(actor: Actor, _poll: Poll) -> Verdict:
    """The derived move itself; no person."""
    return _when(actor.urn == FOLLOWER, deny("voting.derived", N_("这一步随计票和确认自动完成，不能直接操作。")))


def is_entitled(actor: Actor, poll: Poll) -> Verdict:
    """A deputy on the roll."""
    mandates = actor.scopes(Role.DEPUTY) if actor.congress_id == poll.congress_id else frozenset()
    return _when(
        mandates and poll.roll.filter(mandate_id__in=mandates).exists(),
        deny("voting.not_entitled", N_("您不在本次表决的应到名单中。"), _SWITCH),
    )


office_or_entitled = any_of(is_office, is_entitled)

# ---- what must be there ----------------------------------------------------------------------------------------------


def is_electronic(_actor: Actor, poll: Poll) -> Verdict:
    return _when(poll.is_electronic, deny("voting.only_electronic", N_("只有电子无记名投票有这一步。")))


def is_not_electronic(_actor: Actor, poll: Poll) -> Verdict:
    return _when(
        not poll.is_electronic,
        deny(
            "voting.setup_first",
            N_("电子投票要先准备密钥与凭证。"),
            N_("请先完成凭证清单和监票人密钥。"),
        ),
    )


def has_ballots(_actor: Actor, poll: Poll) -> Verdict:
    return _when(poll.is_secret, deny("voting.no_ballots", N_("公开表决不发票。")))


def is_by_name(_actor: Actor, poll: Poll) -> Verdict:
    return _when(poll.method == Method.NAMED, deny("voting.only_named", N_("只有记名表决记录每位代表的意见。")))


def has_scrutineers(_actor: Actor, poll: Poll) -> Verdict:
    duties = [s.duty for s in poll.scrutineers.all()]
    return _when(
        Duty.CHIEF in duties and Duty.SCRUTINEER in duties,
        deny(
            "voting.no_scrutineers",
            N_("还没有确定总监票人和监票人。"),
            N_("请先由会议通过监票人名单并登记，至少一名总监票人和一名监票人。"),
        ),
    )


def keeps_keys(_actor: Actor, poll: Poll) -> Verdict:
    """A threshold that no single person reaches."""
    trustees = sum(s.index is not None for s in poll.scrutineers.all())
    return _when(
        2 <= poll.threshold <= trustees,
        deny(
            "voting.bad_threshold",
            N_("解密门限要不少于两人、不多于监票人数。"),
            N_("请增加监票人，或者调整门限。"),
        ),
    )


def has_paper(_actor: Actor, poll: Poll) -> Verdict:
    """Tellers count papers and hands; machines count themselves, unless somebody fell back to paper."""
    paper = poll.method in (Method.PAPER, Method.HANDS) or poll.roll.filter(issued=Issued.PAPER).exists()
    return _when(paper, deny("voting.no_paper", N_("这次表决没有需要人工计的票。")))
