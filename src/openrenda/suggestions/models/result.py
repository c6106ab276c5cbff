"""What became of answers: promises, look-backs, changes of class."""

from django.db import models
from django.db.models import F, Q

from openrenda.kernel.models import values_check
from openrenda.kernel.triggers import append_only_trigger
from openrenda.orgs.models import Congress, Unit
from openrenda.suggestions.states import (
    CommitmentKind,
    CommitmentState,
    LookBackCause,
    LookBackVerdict,
    ReplyClass,
    ReportKind,
)

from .reply import Reply
from .suggestion import Suggestion


class Commitment(models.Model):
    """A promise made in a reply; it outlives the closing of the case (R11)."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="+")
    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="commitments")
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="commitments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="commitments")
    kind = models.CharField(max_length=8, default=CommitmentKind.PROMISE)
    content = models.TextField()
    responsible = models.CharField(max_length=60)
    made_on = models.DateField()
    first_deadline = models.DateField()
    deadline = models.DateField()
    ledger_year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=14, default=CommitmentState.PENDING)
    change_count = models.PositiveSmallIntegerField(default=0)
    claimed_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    confirmed_by = models.CharField(max_length=120, blank=True)
    reported_on = models.DateField(null=True)
    reminded_for = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["deadline", "pk"]
        constraints = [
            values_check("kind", CommitmentKind, "commitment_kind"),
            values_check("state", CommitmentState, "commitment_state"),
            models.CheckConstraint(name="commitment_has_owner", condition=~Q(responsible="") & ~Q(content="")),
            models.CheckConstraint(name="commitment_deadline_after", condition=Q(deadline__gte=F("made_on"))),
            models.CheckConstraint(name="commitment_two_changes", condition=Q(change_count__lte=2)),
            models.CheckConstraint(
                name="commitment_confirmed_is_whole",
                condition=~Q(state=CommitmentState.DONE_CONFIRMED)
                | (Q(confirmed_on__isnull=False, claimed_on__isnull=False) & ~Q(confirmed_by="")),
            ),
        ]
        indexes = [
            models.Index(fields=["congress", "state", "deadline", "id"], name="commitment_ledger"),
            models.Index(fields=["unit", "state", "deadline", "id"], name="commitment_by_unit"),
            models.Index(fields=["suggestion", "state"], name="commitment_by_suggestion"),
        ]

    def __str__(self) -> str:
        return f"{self.deadline} {self.state}"


class CommitmentReport(models.Model):
    """One line of a promise's history; never changed."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=12)
    text = models.TextField()
    proof = models.CharField(max_length=300, blank=True)
    old_deadline = models.DateField(null=True)
    new_deadline = models.DateField(null=True)
    signer = models.CharField(max_length=60, blank=True)
    by = models.CharField(max_length=120)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [values_check("kind", ReportKind, "commitment_report_kind")]
        triggers = [append_only_trigger("commitment_report_append_only")]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.kind}"


class LookBackBatch(models.Model):
    """A yearly look-back; the seed of its sample is published with it."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=60)
    share = models.PositiveSmallIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by = models.CharField(max_length=120)
    population = models.PositiveIntegerField()

    class Meta:
        triggers = [append_only_trigger("look_back_batch_append_only")]

    def __str__(self) -> str:
        return f"{self.year} {self.seed}"


class LookBack(models.Model):
    """Somebody went and looked (回头看)."""

    batch = models.ForeignKey(LookBackBatch, on_delete=models.PROTECT, related_name="look_backs", null=True)
    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="look_backs")
    cause = models.CharField(max_length=12)
    verdict = models.CharField(max_length=10, blank=True)
    note = models.TextField(blank=True)
    checked_on = models.DateField(null=True)
    checked_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            values_check("cause", LookBackCause, "look_back_cause"),
            models.CheckConstraint(
                name="look_back_verdict",
                condition=Q(verdict="", checked_on=None)
                | (Q(verdict__in=[str(v) for v in LookBackVerdict], checked_on__isnull=False) & ~Q(note="")),
            ),
            models.UniqueConstraint(fields=["batch", "suggestion"], name="one_look_back_per_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} {self.verdict}"


class ClassChange(models.Model):
    """The history of a suggestion's result class."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="class_history")
    old = models.CharField(max_length=1, blank=True)
    new = models.CharField(max_length=1)
    on = models.DateField()
    by = models.CharField(max_length=120)
    reason = models.CharField(max_length=200)
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="+", null=True)
    look_back = models.ForeignKey(LookBack, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [values_check("new", ReplyClass, "class_change_new")]
        triggers = [append_only_trigger("class_change_append_only")]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"
