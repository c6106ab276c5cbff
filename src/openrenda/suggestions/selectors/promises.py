"""The promise ledger."""

from openrenda.suggestions.states import CommitmentState
from .rows import PromiseRow


def promise_ledger(congress_id: int, *, unit_id: int | None = None, state: CommitmentState | None = None, year: int | None = None, open_only: bool = False, after: tuple[str, int] | None = None, size: int = 50, public: bool = False) -> list[PromiseRow]:
    """Promises by deadline, keyset by (deadline ISO, id). `public` leaves out what is not released. One query."""
    raise NotImplementedError
