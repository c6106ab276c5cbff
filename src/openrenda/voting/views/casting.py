"""Ballots arrive here and are found here again. No session, no cookie, no name: the slip is what counts."""

import json as json_text

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from openrenda.accounts.gates import public
from openrenda.accounts.http import ActorRequest, origin_of
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import OpenRendaError
from openrenda.voting import actions, selectors
from openrenda.voting.errors import AlreadyVoted, NoPoll
from openrenda.voting.models import Poll

from .answers import in_json, json
from .limits import body_of, refusals
from .public import electronic

HEX = 64


@csrf_exempt
@public
@require_POST
@in_json
def ballots(request: ActorRequest, key: str) -> HttpResponse:
    """Take one ballot: 201 with its tracker, 200 if the very same was there already."""
    poll = electronic(request, key)
    body = body_of(request)
    sender = (str(poll.pk), origin_of(request), _credential(poll, body))
    refusals.check(*sender)
    try:
        # Whoever is signed in on this device is not asked: a ballot comes from nobody.
        receipt = actions.accept_ballot(poll_key=key, raw=body, actor=Actor.anonymous(request.actor.congress_id))
    except OpenRendaError as refusal:
        if not isinstance(refusal, AlreadyVoted):
            refusals.count(*sender)
        raise
    response = json({"tracker": receipt.tracker, "height": receipt.height}, 201 if receipt.is_new else 200)
    response.headers["Location"] = reverse("voting:ballot", args=[key, receipt.tracker_hex])
    return response


def _credential(poll: Poll, body: bytes) -> str:
    """The credential that the ballot names, if it is one of this poll's; empty for anything else."""
    try:
        named = json_text.loads(body).get("credential")
    except (ValueError, AttributeError, RecursionError):
        return ""
    return named if isinstance(named, str) and selectors.knows_credential(poll, named) else ""


@public
@require_safe
@in_json
def ballot(request: ActorRequest, key: str, tracker: str) -> HttpResponse:
    """Is this ballot on the board? By the hex digest, since a tracker may hold slashes."""
    found = selectors.find_tracker(electronic(request, key), tracker.lower()) if len(tracker) == HEX else None
    if found is None:
        raise NoPoll("voting.no_ballot")
    return json({"tracker": found.tracker, "height": found.height})
