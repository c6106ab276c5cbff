"""Several rows, one decision: all of them or none, with a reason per row that cannot be done."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import OpenRendaError
from openrenda.suggestions.errors import BulkRefused, NothingToDo


@transaction.atomic
def in_bulk(action: Callable[..., Any], argument: str, ids: Sequence[int], *, actor: Actor, **given: Any) -> list[Any]:
    """Run `action(argument=id, …)` for each id in order; BulkRefused, and nothing done, if any refuses."""
    if not ids:
        raise NothingToDo
    done: list[Any] = []
    refused: dict[int, str] = {}
    for pk in sorted(set(ids)):
        try:
            with transaction.atomic():
                done.append(action(actor=actor, **{argument: pk}, **given))
        except OpenRendaError as error:
            refused[pk] = error.message.format(**error.params) if error.params else error.message
    if refused:
        raise BulkRefused(refused)
    return done
