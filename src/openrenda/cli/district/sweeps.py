"""What the clockwork does every night, for the nights of a replay."""

from collections.abc import Callable

from openrenda.liaison.tasks import close_all_silent
from openrenda.livelihood.tasks import sweep as sweep_projects
from openrenda.suggestions.tasks import sweep as sweep_suggestions


def nightly(congress_id: int) -> Callable[[], None]:
    """The sweeps of all slices for one congress, as the queue runs them each night."""

    def sweep() -> None:
        close_all_silent(congress_id)
        sweep_suggestions(congress_id)
        sweep_projects(congress_id)

    return sweep
