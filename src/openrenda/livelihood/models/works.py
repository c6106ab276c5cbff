"""The works: monthly reports, supervision, adjustments, judgements."""

from django.db import models
from django.db.models import Q

from openrenda.kernel.models import values_check
from openrenda.kernel.triggers import append_only_trigger
from openrenda.livelihood.states import (
    AdjustmentKind,
    AdjustmentState,
    Grade,
    Lamp,
    OrderCause,
)
from openrenda.orgs.models import Congress, Mandate, Unit

from .project import Project

_MONTH = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"


class Progress(models.Model):
    """A month of a project, as reported, or as it stood when the report did not come."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="progress")
    month = models.CharField(max_length=7)
    planned = models.PositiveSmallIntegerField()
    actual = models.PositiveSmallIntegerField()
    paid = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # so far, 万元
    note = models.TextField(blank=True)
    lamp = models.CharField(max_length=8)
    reasons = models.JSONField(default=list)
    due = models.DateField()
    is_missing = models.BooleanField(default=False)
    reported_at = models.DateTimeField(null=True)
    reported_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["project", "month"], name="one_report_per_month"),
            values_check("lamp", Lamp, "progress_lamp"),
            models.CheckConstraint(name="progress_month", condition=Q(month__regex=_MONTH)),
            models.CheckConstraint(name="progress_percent", condition=Q(planned__lte=100) & Q(actual__lte=100)),
            models.CheckConstraint(
                name="progress_reported_or_missing", condition=Q(is_missing=True) | Q(reported_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.month}"

    @property
    def is_late(self) -> bool:
        """Reported, but after its day."""
        return self.reported_at is not None and self.reported_at.date() > self.due


class SupervisionOrder(models.Model):
    """督办单: the unit answers by a day."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="orders")
    cause = models.CharField(max_length=12)
    month = models.CharField(max_length=7, blank=True)
    text = models.TextField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=120)
    due = models.DateField()
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            values_check("cause", OrderCause, "order_cause"),
            models.UniqueConstraint(
                fields=["project", "month"], condition=Q(cause="red_twice"), name="one_order_per_red_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} 督办单"


class SupervisionGroup(models.Model):
    """Deputies who follow one project through the year."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="group")
    name = models.CharField(max_length=60)
    leader = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    members = models.ManyToManyField(Mandate, related_name="+")
    oversight_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)

    def __str__(self) -> str:
        return self.name


class Inspection(models.Model):
    """What a group found on site; the unit answers."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="inspections")
    on = models.DateField()
    deputies = models.ManyToManyField(Mandate, related_name="+")
    findings = models.TextField()
    suggestions = models.TextField(blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.project_id} {self.on}"


class Adjustment(models.Model):
    """A change of what deputies chose. `change` names the fields and their new values."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="adjustments")
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=10, default=AdjustmentState.REQUESTED)
    reason = models.TextField()
    fund_effect = models.TextField(blank=True)
    change = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    replacement = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", null=True)
    requested_by = models.CharField(max_length=120)
    requested_at = models.DateTimeField()
    endorsed_on = models.DateField(null=True)
    endorsed_by = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    approve = models.PositiveSmallIntegerField(null=True)
    oppose = models.PositiveSmallIntegerField(null=True)
    abstain = models.PositiveSmallIntegerField(null=True)
    members = models.PositiveSmallIntegerField(null=True)
    decision_note = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            values_check("kind", AdjustmentKind, "adjustment_kind"),
            values_check("state", AdjustmentState, "adjustment_state"),
            models.UniqueConstraint(
                fields=["project"], condition=Q(state__in=["requested", "endorsed"]), name="one_open_adjustment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind}"


class Evaluation(models.Model):
    """One vote of satisfaction on one project."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="evaluations")
    round = models.PositiveSmallIntegerField(default=1)
    satisfied = models.PositiveIntegerField()
    mostly = models.PositiveIntegerField()
    unsatisfied = models.PositiveIntegerField()
    abstain = models.PositiveIntegerField(default=0)
    base = models.PositiveIntegerField()
    rule = models.CharField(max_length=20)
    grade = models.CharField(max_length=8)
    poll_key = models.CharField(max_length=40, blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["project", "round"], name="one_evaluation_per_round"),
            values_check("grade", Grade, "evaluation_grade"),
        ]
        triggers = [append_only_trigger("evaluation_append_only")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.grade}"
