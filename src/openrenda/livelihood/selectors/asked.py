"""How a list is narrowed by its address: read once, for the page, for the file that is taken out of it, for both."""

from typing import TypedDict

from openrenda.kernel.asked import Params, member, text
from openrenda.livelihood.states import IdeaState, ProjectState


class Pool(TypedDict):
    """What `desks.ideas_page` takes."""

    state: str
    category: str
    text: str


def pool(params: Params) -> Pool:
    """The ideas of a year on the workbench."""
    return Pool(
        state=member(params, "state", IdeaState) or "", category=text(params, "category"), text=text(params, "q")
    )


def category(params: Params) -> str:
    """The published ideas of a year."""
    return text(params, "category")


def project_state(params: Params) -> ProjectState | None:
    """The projects of a year on the workbench."""
    return member(params, "state", ProjectState)
