"""What was made public lately, for feed readers: opinions' summaries and suggestions as they were released."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from openrenda.accounts.gates import public
from openrenda.accounts.http import ActorRequest
from openrenda.kernel.text import N_
from openrenda.liaison.selectors import opinion_brief, published
from openrenda.suggestions.selectors import lately_released
from openrenda.ui.filters import t

SIZE = 30


@dataclass(frozen=True, slots=True)
class Item:
    """One entry."""

    title: str
    text: str
    url: str
    at: datetime
    kind: str


class Public(Feed):  # type: ignore[type-arg]  # a class of Django that takes its types only on paper
    """Newest first. Three queries."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> ActorRequest:
        return request  # type: ignore[return-value]  # after ActorMiddleware every request is one

    def title(self, obj: ActorRequest) -> str:
        name = obj.congress.name if obj.congress else ""
        return f"{name} {t(N_('最近公开的意见和建议'))}".strip()

    def link(self, obj: ActorRequest) -> str:
        return reverse("site:home")

    def items(self, obj: ActorRequest) -> list[Item]:
        congress_id = obj.actor.congress_id
        rows = [*_opinions(congress_id), *_suggestions(congress_id)]
        return sorted(rows, key=lambda row: row.at, reverse=True)[:SIZE]

    def item_title(self, item: Item) -> str:
        return item.title

    def item_description(self, item: Item) -> str:
        return item.text

    def item_link(self, item: Item) -> str:
        return item.url

    def item_pubdate(self, item: Item) -> datetime:
        return item.at

    def item_updateddate(self, item: Item) -> datetime:
        return item.at

    def item_categories(self, item: Item) -> list[str]:
        return [item.kind]


def _opinions(congress_id: int) -> Iterator[Item]:
    rows = published(congress_id=congress_id, size=SIZE).rows
    briefs = opinion_brief([row.id for row in rows])
    for row in rows:
        url = reverse("liaison:opinion", args=[row.number])
        yield Item(row.title, briefs[row.id].summary, url, row.published_at, t(N_("群众意见")))


def _suggestions(congress_id: int) -> Iterator[Item]:
    for row in lately_released(congress_id, SIZE):
        url = reverse("suggestions:case", args=[row.key])
        yield Item(row.title, row.number, url, row.at, t(N_("代表建议")))


feed = public(require_safe(Public()))
