"""Residents at the door: what they proved with number and code is kept in the session for a while."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from openrenda.accounts.gates import public
from openrenda.accounts.http import ActorRequest
from openrenda.kernel import clock
from openrenda.kernel.actor import Actor
from openrenda.kernel.crypto import seal, unseal
from openrenda.livelihood.actions.values import Receipt
from openrenda.ui.render import see_other

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponseBase]
ProposerView = Callable[Concatenate[ActorRequest, Actor, P], HttpResponse]

TRACK_KEY, RECEIPT_KEY = "livelihood.track", "livelihood.receipt"
TRACK_LASTS, RECEIPT_LASTS = timedelta(minutes=30), timedelta(minutes=15)


def visitor(request: ActorRequest) -> Actor:
    """Whoever writes on a public page writes as a resident, signed in or not."""
    return Actor.anonymous(request.actor.congress_id, request.actor.origin)


def remember_proposer(request: ActorRequest, actor: Actor) -> None:
    """Keep the proof in the session, never in the address; under a new session key."""
    request.session.cycle_key()
    request.session[TRACK_KEY] = {"urn": actor.urn, "name": actor.name, "until": _until(TRACK_LASTS)}


def forget_proposer(request: ActorRequest) -> None:
    request.session.pop(TRACK_KEY, None)


def proposer_of(request: ActorRequest) -> Actor | None:
    """The proposer's own actor, while the proof lasts."""
    kept = request.session.get(TRACK_KEY)
    if not kept or clock.now() > datetime.fromisoformat(kept["until"]):
        return None
    here = request.actor
    return Actor(urn=kept["urn"], name=kept["name"], congress_id=here.congress_id, origin=here.origin)


def proposer(view: ProposerView[P]) -> View[P]:
    """Number and code first; the page itself gets the proposer's actor."""

    @wraps(view)
    def guarded(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = proposer_of(request)
        if actor is None:
            return see_other(reverse("livelihood:track"))
        return view(request, actor, *args, **kwargs)

    return public(guarded)


def keep_receipt(request: ActorRequest, receipt: Receipt) -> None:
    """The code lies sealed in the session: the sessions' table does not tell it."""
    sealed = seal(receipt.code) if receipt.code else ""
    request.session[RECEIPT_KEY] = {"number": receipt.key, "code": sealed, "until": _until(RECEIPT_LASTS)}


def kept_receipt(request: ActorRequest) -> tuple[str, str] | None:
    """Number and code of the form just sent."""
    kept = request.session.get(RECEIPT_KEY)
    if not kept or clock.now() > datetime.fromisoformat(kept["until"]):
        return None
    return kept["number"], unseal(kept["code"]) if kept["code"] else ""


def forget_receipt(request: ActorRequest) -> None:
    request.session.pop(RECEIPT_KEY, None)


def _until(lasts: timedelta) -> str:
    return (clock.now() + lasts).isoformat()
