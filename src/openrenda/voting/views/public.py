"""What everybody may read: that a vote is held, how many have voted, and its result once it is published."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ballotcrypt.faults import FaultCode
from openrenda.accounts.gates import public
from openrenda.accounts.http import ActorRequest
from openrenda.kernel.errors import Conflict
from openrenda.kernel.text import N_
from openrenda.voting import selectors
from openrenda.voting.errors import NoPoll
from openrenda.voting.models import Poll
from openrenda.voting.selectors.polls import PUBLIC
from openrenda.voting.states import State

from . import faces
from .answer import page
from .answers import in_json, json, raw
from .pins import pins

SHOWN = 100
BEL = "application/octet-stream"
SHOWS_IN_HALL = (State.CONFIRMED, State.PUBLISHED)


class NotPublished(Conflict):
    """Its time has not come."""

    code = "voting.not_published"
    message = N_("结果还没有公布，证明材料随结果一起公开。")
    remedy = N_("请等监票人确认、主持人公布以后再来。")


def found(request: ActorRequest, key: str) -> Poll:
    """The poll of that key, if the public may know of it."""
    return selectors.poll_by_key(request.actor.congress_id, key)


def published(request: ActorRequest, key: str) -> Poll:
    """The same once its result is out."""
    poll = found(request, key)
    if poll.state != State.PUBLISHED:
        raise NotPublished
    return poll


def electronic(request: ActorRequest, key: str) -> Poll:
    """The same if it is held with electronic ballots."""
    poll = found(request, key)
    if not poll.is_electronic:
        raise NoPoll
    return poll


@public
@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """All votes that were opened, the newest first."""
    return page(request, "voting/index.html", {"rows": selectors.polls(request.actor.congress_id)[:SHOWN]})


@public
@require_safe
def poll(request: ActorRequest, key: str) -> HttpResponse:
    """A vote: by which rules, and what came of it."""
    row = found(request, key)
    is_out = row.state == State.PUBLISHED
    context: dict[str, Any] = {
        "poll": row,
        "rules": faces.rules(row),
        "prints": faces.prints(row),
        "hall": selectors.hall(row),
        "options": row.options.all(),
        "result": faces.result(row) if is_out else None,
        "merged": selectors.outcome_of(row) if is_out and len(selectors.rounds_of(row)) > 1 else (),
        "roll": selectors.public_roll(row) if is_out else (),
        "decisions": row.decisions.all() if is_out else (),
        "named": row.named_votes.all() if is_out else (),
        "choices": faces.choices_of(row) if is_out else {},
        "followers": row.followers.filter(state__in=PUBLIC),
    }
    return page(request, "voting/poll.html", context)


@public
@require_safe
def board(request: ActorRequest, key: str) -> HttpResponse:
    """The trackers of all ballots; a voter finds hers."""
    row = electronic(request, key)
    asked = request.GET.get("tracker", "").strip()[:64]
    lines = selectors.board(row)
    mine = next((line for line in lines if asked and faces.same_tracker(asked, line.tracker)), None)
    context = {"poll": row, "lines": lines, "asked": asked, "mine": mine}
    return page(request, "voting/board.html", context, fragment="results")


@public
@require_safe
def check(request: ActorRequest, key: str) -> HttpResponse:
    """Re-count it in one's own browser."""
    row = published(request, key)
    if not row.is_electronic:
        raise NoPoll
    names = {name: f"voting:{name}" for name in ("archive", "proof", "election", "poll", "board")}
    return _client(request, row, "check", names)


@public
@require_safe
def cast(request: ActorRequest, key: str) -> HttpResponse:
    """Where a deputy votes with her slip. The credential stands in the fragment and never comes here."""
    row = electronic(request, key)
    names = {name: f"voting:{name}" for name in ("election", "trustees", "ballots", "board", "poll")}
    return _client(request, row, "cast", {**names, "credentials": "voting:public_credentials"})


def _client(request: ActorRequest, row: Poll, name: str, names: dict[str, str]) -> HttpResponse:
    urls = {name: reverse(url_name, args=[row.key]) for name, url_name in names.items()}
    context = {"poll": row, "urls": urls, "client": pins(f"{name}-page.js"), "faults": FaultCode}
    return page(request, f"voting/{name}.html", context)


@public
@require_safe
def hall(request: ActorRequest, key: str) -> HttpResponse:
    """The screen in the hall: numbers only, and the result after the scrutineers have confirmed it."""
    row = found(request, key)
    shows = row.state in SHOWS_IN_HALL
    context = {
        "poll": row,
        "hall": selectors.hall(row),
        "by_hands": faces.is_by_hands(row),
        "result": faces.result(row) if shows else None,
        "is_moving": row.state not in (State.PUBLISHED, State.VOIDED, State.CANCELLED),
    }
    return page(request, "voting/hall.html", context, fragment="screen")


@public
@require_safe
@in_json
def setup_file(request: ActorRequest, key: str, name: str) -> HttpResponse:
    """election.json, trustees.json, credentials.json: byte for byte what was hashed at the opening."""
    setup = selectors.setup_of(electronic(request, key))
    if setup is None:
        raise NoPoll
    return raw({"election": setup.election, "trustees": setup.trustees, "credentials": setup.credentials}[name])


@public
@require_safe
@in_json
def archive(request: ActorRequest, key: str) -> HttpResponseBase:
    """The .bel file, written out row by row."""
    row = published(request, key)
    if not row.is_electronic:
        raise NoPoll
    response = StreamingHttpResponse(selectors.archive_parts(row), content_type=BEL)
    response.headers["Content-Disposition"] = f'attachment; filename="{row.uuid or row.key}.bel"'
    response.headers["Cache-Control"] = "no-cache"
    return response


@public
@require_safe
@in_json
def proof(request: ActorRequest, key: str) -> HttpResponse:
    """The manifest of the proof bundle."""
    return json(selectors.proof_manifest(published(request, key)))
