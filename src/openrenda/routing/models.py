"""What was learned, version by version, and what was advised when a choice was made."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openrenda.kernel.models import values_check
from openrenda.orgs.models import Congress, Unit

from .states import RunState


class Version(models.Model):
    """One learning: arrays (`learned.Learned.pack`), how many examples, its own leave-one-out figures."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="+", db_index=False)
    learned_at = models.DateTimeField()
    format = models.PositiveSmallIntegerField()
    examples = models.PositiveIntegerField()
    milliseconds = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)
    arrays = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(name="version_has_examples", condition=Q(examples__gt=0))]
        indexes = [models.Index(fields=["congress", "-id"], name="routing_version_newest")]

    def __str__(self) -> str:
        return f"{self.learned_at:%Y-%m-%d %H:%M} ({self.examples})"


class Advised(models.Model):
    """What a version said when somebody chose, and who has the matter: `rank` 1 to 3, or 0 when it was another.

    When the matter goes on to another unit, `chosen_unit` and `rank` follow; the advice stands as it was given.
    """

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    version = models.ForeignKey(Version, on_delete=models.SET_NULL, null=True, related_name="+")
    advised_category_id = models.BigIntegerField(null=True)
    advised_unit_ids = ArrayField(models.BigIntegerField(), default=list)
    chosen_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    rank = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="one_advice_per_case"),
            models.CheckConstraint(name="advised_rank", condition=Q(rank__lte=3)),
            models.CheckConstraint(name="advised_moves_forward", condition=Q(moved_at__gte=F("at"))),
        ]
        indexes = [models.Index(fields=["congress", "at"], name="advised_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.rank}"


class Run(models.Model):
    """The learning under way or the last one, one row a congress: the lock, and what the page shows of it."""

    congress = models.OneToOneField(Congress, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)
    percent = models.PositiveSmallIntegerField(default=0)
    asked_by = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            values_check("state", RunState, "routing_run_state"),
            models.CheckConstraint(name="routing_run_percent", condition=Q(percent__lte=100)),
            models.CheckConstraint(
                name="routing_run_is_whole", condition=~Q(state=RunState.RUNNING) | Q(began_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.congress_id} {self.state}"
