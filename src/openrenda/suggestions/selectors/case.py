"""One suggestion as a whole, for the public and for those who work on it."""

from openrenda.kernel.actor import Actor
from .rows import PublicCase, WorkCase


def public_case(congress_id: int, key: str) -> PublicCase:
    """The public page of a numbered suggestion by key (JY-16-5-001); NotFound otherwise. At most 12 queries."""
    raise NotImplementedError


def work_case(actor: Actor, pk: int) -> WorkCase:
    """The workbench's page with the moves open to this actor; NotFound otherwise. At most 22 queries."""
    raise NotImplementedError
