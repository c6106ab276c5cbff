"""Pages and endpoints of the ballot client for those who prepare and watch: credentials, keys, partial decryptions."""

import json as json_text
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ballotcrypt.faults import FaultCode
from openrenda.accounts.gates import signed_in
from openrenda.accounts.http import ActorRequest
from openrenda.kernel.errors import Invalid, NotAllowed, NotFound
from openrenda.kernel.text import N_
from openrenda.orgs.states import Role
from openrenda.voting import actions, selectors
from openrenda.voting.errors import NoPoll
from openrenda.voting.models import Poll, Scrutineer
from openrenda.voting.rules import who
from openrenda.voting.states import WithdrawalReason

from .answer import page
from .answers import in_json, json
from .pins import pins

MOST_BYTES = 2 * 1024 * 1024
MESSAGES: Mapping[str, Callable[..., Any]] = {
    "cert": actions.enter_certificate,
    "polynomial": actions.enter_polynomial,
    "key": actions.enter_verification_key,
    "partial": actions.enter_partial,
}
"""Rounds of the key ceremony and the decryption, as the client names them."""


def _poll(request: ActorRequest, key: str) -> Poll:
    row = selectors.work_poll(request.actor, key)
    if not row.is_electronic:
        raise NoPoll
    return row


def _keeper(request: ActorRequest, row: Poll) -> Scrutineer:
    """The actor's own row among those who keep keys."""
    mandates = request.actor.scopes(Role.DEPUTY)
    mine = next((one for one in row.scrutineers.all() if one.index is not None and one.mandate_id in mandates), None)
    if mine is None:
        raise NotAllowed
    return mine


def _urls(key: str, **names: str) -> dict[str, str]:
    return {name: reverse(f"voting:{url_name}", args=[key]) for name, url_name in names.items()}


@signed_in
@require_safe
def trustee(request: ActorRequest, key: str) -> HttpResponse:
    """Where a scrutineer makes her key and later decrypts, in her own browser."""
    row = _poll(request, key)
    mine = _keeper(request, row)
    urls = _urls(key, transcript="transcript", trustee="trustee", poll="work")
    context = {"poll": row, "mine": mine, "urls": urls, "client": pins("trustee-page.js"), "faults": FaultCode}
    return page(request, "voting/trustee.html", context)


@signed_in
@require_safe
@in_json
def transcript(request: ActorRequest, key: str) -> HttpResponse:
    """All public messages of the ceremony; for those who keep keys only, since enough partials tell the result."""
    row = _poll(request, key)
    return json(selectors.transcript(row, _keeper(request, row).index))


@signed_in
@require_POST
@in_json
def trustee_message(request: ActorRequest, key: str, kind: str) -> HttpResponse:
    """A certificate, a polynomial, a verification key or a partial decryption."""
    row, action = _poll(request, key), MESSAGES.get(kind)
    if action is None:
        raise NotFound
    done = action(poll_id=row.pk, raw=_text(request), actor=request.actor)
    return json({"done": kind, "is_last": done is True}, 201)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def credentials(request: ActorRequest, key: str) -> HttpResponseBase:
    """Slips are made in the browser; only the public list comes here."""
    row = _poll(request, key)
    if not who.is_office(request.actor, row):
        raise NotAllowed
    if request.method == "POST":
        return _take_credentials(request, row)
    urls = _urls(key, credentials="credentials", poll="work", vote="cast")
    context = {"poll": row, "entitled": row.roll.count(), "urls": urls, "client": pins("credentials-page.js")}
    return page(request, "voting/credentials.html", context)


@in_json
def _take_credentials(request: ActorRequest, row: Poll) -> HttpResponse:
    publics = _strings(_parsed(request))
    count = actions.enter_credentials(poll_id=row.pk, publics=publics, actor=request.actor)
    return json({"count": count}, 201)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ActorRequest, key: str) -> HttpResponseBase:
    """A slip that came back is taken out of use: read in the browser, only its public part comes here."""
    row = _poll(request, key)
    if not who.is_watcher(request.actor, row):
        raise NotAllowed
    if request.method == "POST":
        return _withdraw(request, row)
    urls = _urls(key, withdraw="withdraw", poll="work", roll="roll")
    context = {"poll": row, "urls": urls, "client": pins("withdraw-page.js")}
    return page(request, "voting/withdraw.html", context)


@in_json
def _withdraw(request: ActorRequest, row: Poll) -> HttpResponse:
    sent = _parsed(request)
    if not isinstance(sent, dict) or sent.get("reason") not in set(WithdrawalReason):
        raise Invalid(fields={"reason": N_("请选择收回的原因。")})
    publics, reason = _strings(sent.get("credentials")), WithdrawalReason(sent["reason"])
    count = actions.withdraw_credentials(poll_id=row.pk, publics=publics, reason=reason, actor=request.actor)
    return json({"count": count}, 201)


def _text(request: ActorRequest) -> str:
    raw = request.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise Invalid(fields={"body": N_("发来的内容太长。")})
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise Invalid(fields={"body": N_("发来的内容不是文本。")}) from error


def _parsed(request: ActorRequest) -> object:
    try:
        return json_text.loads(_text(request))
    except (ValueError, RecursionError) as error:
        raise Invalid(fields={"body": N_("发来的内容不是JSON。")}) from error


def _strings(raw: object) -> list[str]:
    if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
        raise Invalid(fields={"credentials": N_("凭证清单要是文字的列表。")})
    return raw
