"""The table of other names. Who may is decided by the caller; every change is recorded."""

from collections.abc import Iterable

from django.db import transaction

from openrenda.audit.actions import digest, record
from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import NotFound

from ..errors import BadSynonyms, WordTaken
from ..models import Synonym, SynonymGroup, SynonymKind
from ..rules.text import RUNS, compared
from ..selectors import knowledge, others

LEAST, MOST = 2, 20  # characters of a word
WORDS_LIMIT = 12
NOTE_LIMIT = 200


@transaction.atomic
def add_synonyms(*, kind: SynonymKind, words: Iterable[str], actor: Actor, note: str = "") -> SynonymGroup:
    """Enter a group of words for one thing; BadSynonyms or WordTaken if they cannot be."""
    clean = _clean(words)
    _require_free(clean, actor, except_id=0)
    group = SynonymGroup.objects.create(congress_id=actor.congress_id, kind=kind, note=note.strip()[:NOTE_LIMIT])
    _put(group, clean)
    record(actor, "search.synonyms_added", group, words=" ".join(clean))
    others.forget()
    knowledge.forget()
    return group


@transaction.atomic
def change_synonyms(
    *, group_id: int, kind: SynonymKind, words: Iterable[str], actor: Actor, note: str = ""
) -> SynonymGroup:
    """Replace the words of a group."""
    group = _group(group_id, actor)
    clean = _clean(words)
    _require_free(clean, actor, except_id=group.pk)
    before = digest(group)
    was = " ".join(group.synonyms.values_list("word", flat=True))
    group.kind, group.note = kind, note.strip()[:NOTE_LIMIT]
    group.save(update_fields=["kind", "note"])
    group.synonyms.all().delete()
    _put(group, clean)
    record(actor, "search.synonyms_changed", group, before=before, words=" ".join(clean), was=was)
    others.forget()
    knowledge.forget()
    return group


@transaction.atomic
def remove_synonyms(*, group_id: int, actor: Actor) -> None:
    """Take a group out."""
    group = _group(group_id, actor)
    was = " ".join(group.synonyms.values_list("word", flat=True))
    record(actor, "search.synonyms_removed", group, before=digest(group), was=was)
    group.delete()
    others.forget()
    knowledge.forget()


def _group(group_id: int, actor: Actor) -> SynonymGroup:
    group = SynonymGroup.objects.select_for_update().filter(pk=group_id, congress_id=actor.congress_id).first()
    if group is None:
        raise NotFound
    return group


def _clean(words: Iterable[str]) -> list[str]:
    """As they are compared; each must be one word: a search looks for words, not for sentences."""
    clean = list(dict.fromkeys("".join(RUNS.findall(compared(word[:100]))) for word in words if word.strip()))
    if not 2 <= len(clean) <= WORDS_LIMIT or any(not LEAST <= len(word) <= MOST for word in clean):
        raise BadSynonyms(fields={"words": BadSynonyms.message})
    return clean


def _require_free(words: list[str], actor: Actor, *, except_id: int) -> None:
    taken = Synonym.objects.filter(congress_id=actor.congress_id, word__in=words).exclude(group_id=except_id).first()
    if taken is not None:
        raise WordTaken(fields={"words": WordTaken.message}, word=taken.word)


def _put(group: SynonymGroup, words: list[str]) -> None:
    Synonym.objects.bulk_create([Synonym(congress_id=group.congress_id, group=group, word=word) for word in words])
