"""Units at work: the plan, assignments, returns, extensions, changes of a deadline, contacts."""

from django.db import models
from django.db.models import Q

from openrenda.kernel.models import values_check
from openrenda.kernel.triggers import append_only_trigger
from openrenda.orgs.models import Mandate, Unit
from openrenda.suggestions.states import (
    ANSWERING_PARTS,
    AssignmentState,
    ContactState,
    ContactWay,
    Decision,
    DueChangeKind,
    ExtensionReason,
    Level,
    Part,
)

from .suggestion import Suggestion


class PlannedUnit(models.Model):
    """One line of the plan (拟办): which unit takes which part."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="planned")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=6)
    part_text = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            values_check("part", Part, "planned_part"),
            models.UniqueConstraint(fields=["suggestion", "unit"], name="one_plan_line_per_unit"),
            models.CheckConstraint(name="planned_share_has_text", condition=~Q(part=Part.SHARE) | ~Q(part_text="")),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.part}"


class Assignment(models.Model):
    """A unit's turn with a suggestion, from being handed it to answering, passing it back or being replaced."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    part = models.CharField(max_length=6)
    part_text = models.CharField(max_length=500, blank=True)
    level = models.CharField(max_length=6)
    state = models.CharField(max_length=12, default=AssignmentState.WAITING)
    is_direct = models.BooleanField(default=False)
    is_hub = models.BooleanField(default=False)
    is_final = models.BooleanField(default=False)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, related_name="followed_by", null=True)
    assigned_on = models.DateField()
    sign_by = models.DateField(null=True)
    return_by = models.DateField(null=True)
    signed_on = models.DateField(null=True)
    due = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    clerk = models.CharField(max_length=60, blank=True)
    responsible = models.CharField(max_length=60, blank=True)
    opinion = models.TextField(blank=True)
    opinion_on = models.DateField(null=True)
    overdue_marked_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            values_check("part", Part, "assignment_part"),
            values_check("level", Level, "assignment_level"),
            values_check("state", AssignmentState, "assignment_state"),
            models.UniqueConstraint(
                fields=["suggestion", "unit"],
                condition=~Q(
                    state__in=[AssignmentState.REPLACED, AssignmentState.STOPPED, AssignmentState.DISTRIBUTED]
                ),
                name="one_live_assignment_per_unit",
            ),
            models.UniqueConstraint(
                fields=["suggestion"],
                condition=Q(part__in=[Part.SOLE, Part.LEAD])
                & ~Q(state__in=[AssignmentState.REPLACED, AssignmentState.STOPPED, AssignmentState.DISTRIBUTED]),
                name="one_lead_unit_per_suggestion",
            ),
            models.CheckConstraint(
                name="assignment_co_states",
                condition=(
                    Q(part=Part.CO)
                    & ~Q(
                        state__in=[
                            AssignmentState.WAITING,
                            AssignmentState.HANDLING,
                            AssignmentState.EXT_REQ,
                            AssignmentState.RETURN_REQ,
                            AssignmentState.REPLY_REVIEW,
                            AssignmentState.REPLIED,
                            AssignmentState.DISTRIBUTED,
                        ]
                    )
                )
                | (Q(part__in=ANSWERING_PARTS) & ~Q(state__in=[AssignmentState.CO_OPEN, AssignmentState.CO_DONE])),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due", "id"], name="assignment_by_unit"),
            models.Index(fields=["suggestion", "state"], name="assignment_by_suggestion"),
            # what waits for an office: few rows among all that ever were
            models.Index(
                fields=["state", "due"],
                condition=Q(
                    state__in=[
                        AssignmentState.WAITING,
                        AssignmentState.RETURN_REQ,
                        AssignmentState.EXT_REQ,
                        AssignmentState.REPLY_REVIEW,
                    ]
                ),
                name="assignment_waiting_for_office",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} {self.unit} {self.state}"


class ReturnRequest(models.Model):
    """A unit says the matter is not its own (R4)."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="return_requests")
    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="return_requests")
    reason = models.TextField()
    wished_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    was_signed = models.BooleanField()
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=120)
    decision = models.CharField(max_length=8, default=Decision.OPEN)
    decided_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    new_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    hub_fixes = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    rep_fixes = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            values_check("decision", Decision, "return_decision"),
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(decision=Decision.OPEN), name="one_open_return_request"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} 退办 {self.decision}"


class ExtensionRequest(models.Model):
    """A unit asks for six months instead of three, before the first date (代表法 §51)."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="extension_requests")
    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="extension_requests")
    reason = models.CharField(max_length=6)
    note = models.TextField()
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=120)
    endorsed_on = models.DateField(null=True)
    endorsed_by = models.CharField(max_length=120, blank=True)
    decision = models.CharField(max_length=8, default=Decision.OPEN)
    decided_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decision_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            values_check("decision", Decision, "extension_decision"),
            values_check("reason", ExtensionReason, "extension_reason"),
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(decision=Decision.OPEN), name="one_open_extension_request"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} 延期 {self.decision}"


class DueChange(models.Model):
    """The ledger of the legal clock: no deadline changes without a line here."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="due_changes")
    kind = models.CharField(max_length=10)
    old_due = models.DateField()
    new_due = models.DateField()
    reason = models.CharField(max_length=200)
    approved_by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [values_check("kind", DueChangeKind, "due_change_kind")]
        triggers = [append_only_trigger("due_change_append_only")]

    def __str__(self) -> str:
        return f"{self.old_due} → {self.new_due}"


class Contact(models.Model):
    """A unit spoke with a deputy, or tried to (面商; domain.md 2.9)."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="contacts")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="contacts")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=8)
    on = models.DateField()
    people = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=100, blank=True)
    notes = models.TextField()
    state = models.CharField(max_length=10, default=ContactState.WAITING)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)
    answered_on = models.DateField(null=True)
    answer_note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            values_check("way", ContactWay, "contact_way"),
            values_check("state", ContactState, "contact_state"),
            models.CheckConstraint(
                name="contact_denial_has_reason", condition=~Q(state=ContactState.DENIED) | ~Q(answer_note="")
            ),
        ]
        indexes = [models.Index(fields=["suggestion", "round", "state"], name="contact_by_suggestion")]

    def __str__(self) -> str:
        return f"{self.on} {self.way} {self.state}"
