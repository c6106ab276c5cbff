"""Makers for the kernel: actors out of nothing, a workflow small enough to read."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.db import connection, transaction

from openrenda.kernel.actor import Actor
from openrenda.kernel.enums import Labelled
from openrenda.kernel.verdict import ALLOWED, Verdict, deny
from openrenda.kernel.workflow import Move, Workflow


def an_actor(urn: str = "person:1", *roles: tuple[str, int], congress_id: int = 1, origin: str = "") -> Actor:
    """Somebody with just these roles."""
    return Actor(urn=urn, name=urn, congress_id=congress_id, roles=frozenset(roles), origin=origin)


class Stage(Labelled):
    """States of the smallest case worth a workflow."""

    DRAFT = "draft", "起草"
    FILED = "filed", "已提交"
    CLOSED = "closed", "办结"


@dataclass
class Case:
    """Anything with a state."""

    state: str = "draft"
    text: str = "内容"
    owner: str = "person:1"


def is_owner(actor: Actor, case: Case) -> Verdict:
    """Only she whose case it is."""
    return ALLOWED if actor.urn == case.owner else deny("test.not_owner", "这不是您的事项。")


def is_clerk(actor: Actor, case: Case) -> Verdict:
    """Whoever holds a clerk's post."""
    return ALLOWED if actor.has("CLERK") else deny("test.not_clerk", "这一步由工作人员办理。")


def has_text(actor: Actor, case: Case) -> Verdict:
    """Nothing empty is filed."""
    return ALLOWED if case.text else deny("test.empty", "内容还是空的。", "请先写明内容。")


def a_workflow() -> Workflow[Stage]:
    """Draft, filed, closed; the owner files and edits, the clerk closes and sends back."""
    return Workflow(
        "test.case",
        Stage,
        (Stage.DRAFT,),
        (
            Move("edit", "修改", (Stage.DRAFT,), None, is_owner),
            Move("file", "提交", (Stage.DRAFT,), Stage.FILED, is_owner, needs=(has_text,)),
            Move("send_back", "退回", (Stage.FILED, Stage.CLOSED), Stage.DRAFT, is_clerk),
            Move("close", "办结", (Stage.FILED,), Stage.CLOSED, is_clerk),
        ),
    )


class Undone(Exception):
    """The transaction ends here, for the test's sake."""


@contextmanager
def a_rollback() -> Iterator[None]:
    """What happens inside is rolled back at its end."""
    with suppress(Undone), transaction.atomic():
        yield
        raise Undone


def at_once(count: int, work: Callable[[int], None]) -> None:
    """`work(0)` … `work(count - 1)`, each in a thread with its own connection; a failure of one is the test's."""
    failed: list[BaseException] = []
    start = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            start.wait(30)
            work(number)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if failed:
        raise failed[0]
    assert not any(thread.is_alive() for thread in threads), "a thread waits for ever"
