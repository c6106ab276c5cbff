"""The request as the edges see it. Which middleware fills it in is not the kernel's business."""

from django.http import HttpRequest

from .actor import Actor


class ActorRequest(HttpRequest):
    """A request of somebody: `actor` is always there, for a visitor without an account too."""

    actor: Actor
