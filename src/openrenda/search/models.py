"""The index's tables."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from openrenda.kernel.enums import Labelled
from openrenda.kernel.models import values_check
from openrenda.kernel.text import N_

# New entries wait in a list that is merged now and then; every search reads that list, so it is kept short.
PENDING_KB = 512


class SynonymKind(Labelled):
    """What words of a group are names of."""

    PLACE = "place", N_("地名")
    WORD = "word", N_("用语")


class Entry(models.Model):
    """What is found of an object by everybody, or by those inside.

    `lexemes` answers text, numbers, names, filters and rights at once; public and inside entries have an index each, so
    that no search of one side touches the other. State, grade and `is_open` change often and are no part of it: such a
    change touches no index (the table leaves room for that).
    """

    congress_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    is_public = models.BooleanField()
    at = models.DateTimeField()
    ref = models.CharField(max_length=80, blank=True)
    title = models.TextField(blank=True)
    names = models.TextField(blank=True)  # one a line
    body = models.TextField(blank=True)
    category_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    street_id = models.BigIntegerField(null=True)
    community_id = models.BigIntegerField(null=True)
    year = models.SmallIntegerField(null=True)
    state = models.CharField(max_length=40, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    is_open = models.BooleanField(default=False)
    fingerprint = models.BigIntegerField()  # of all that stands in `lexemes` and in the texts
    lexemes = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["object_id", "kind", "is_public"], name="one_entry_per_side")]
        indexes = [
            GinIndex(
                fields=["lexemes"], name="search_public", condition=Q(is_public=True), gin_pending_list_limit=PENDING_KB
            ),
            GinIndex(
                fields=["lexemes"],
                name="search_inside",
                condition=Q(is_public=False),
                gin_pending_list_limit=PENDING_KB,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.title}"


class Build(models.Model):
    """How far the entries of a kind are made, and for which version of the code."""

    kind = models.CharField(max_length=40, unique=True)
    version = models.CharField(max_length=20)
    reached = models.BigIntegerField(default=0)  # objects up to this id are done
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.version} {self.reached}"


class SynonymGroup(models.Model):
    """Words for one thing: who looks for one of them finds the others too."""

    congress_id = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["congress_id", "kind", "id"], name="synonym_groups_in_order")]
        constraints = [values_check("kind", SynonymKind, "synonym_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Synonym(models.Model):
    """A word of a group, as it is compared (small letters); a word stands in one group only."""

    congress_id = models.BigIntegerField()
    group = models.ForeignKey(SynonymGroup, on_delete=models.CASCADE, related_name="synonyms")
    word = models.CharField(max_length=20)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["congress_id", "word"], name="a_word_in_one_group")]

    def __str__(self) -> str:
        return self.word
