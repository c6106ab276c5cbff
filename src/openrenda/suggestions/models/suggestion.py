"""The suggestion itself, its signatories, its sources, and groups of the same matter."""

from django.db import models
from django.db.models import F, Q

from openrenda.kernel.models import values_check
from openrenda.liaison.models import Category, Opinion
from openrenda.orgs.models import Congress, Delegation, Mandate, Session, Term, Unit
from openrenda.orgs.states import Organ, SessionPeriod
from openrenda.suggestions.states import (
    CosignState,
    EndReason,
    Importance,
    Mode,
    Origin,
    Outcome,
    Publicity,
    PublicityWish,
    RejectCode,
    ReplyClass,
    State,
    Wish,
)

from .facets import FACET_TRIGGERS


class MatterGroup(models.Model):
    """Suggestions of the same matter (并案): handled together, answered separately, each keeps its number."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="+")
    main = models.ForeignKey("Suggestion", on_delete=models.PROTECT, related_name="leads_group")
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"并案 {self.pk}"


class Suggestion(models.Model):
    """A deputy's suggestion, criticism or opinion (代表建议、批评和意见)."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="suggestions", db_index=False)
    state = models.CharField(max_length=16, default=State.DRAFT)

    # the text, as its lead deputy wrote it
    lead = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="suggestions", db_index=False)
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="suggestions", db_index=False)
    title = models.CharField(max_length=80)
    problem = models.TextField()
    analysis = models.TextField(blank=True)
    proposal = models.TextField()
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="suggestions", db_index=False)
    contact_phone_sealed = models.TextField(blank=True)
    wish = models.CharField(max_length=10, default=Wish.MEETING)
    origin = models.CharField(max_length=12, default=Origin.RESEARCH)
    repeat_of = models.CharField(max_length=40, blank=True)
    publicity_wish = models.CharField(max_length=8, default=PublicityWish.FULL)
    publicity_wish_reason = models.CharField(max_length=200, blank=True)
    is_confidential = models.BooleanField(default=False)
    suggested_units = models.ManyToManyField(Unit, related_name="+")
    text_version = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    last_step_at = models.DateTimeField(null=True)

    # filing and review
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="suggestions", null=True, db_index=False
    )
    period = models.CharField(max_length=12, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    submitted_at = models.DateTimeField(null=True)
    serial = models.PositiveIntegerField(null=True)
    key = models.SlugField(max_length=40, null=True, db_index=False)  # noqa: DJ001  unique where given
    shelf = models.BigIntegerField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    review_opinion = models.TextField(blank=True)
    returned_on = models.DateField(null=True)
    reject_code = models.CharField(max_length=12, blank=True)
    as_letter = models.BooleanField(default=False)
    end_reason = models.CharField(max_length=12, blank=True)
    end_note = models.TextField(blank=True)
    withdrawal_asked_at = models.DateTimeField(null=True)

    # the plan and the handling
    mode = models.CharField(max_length=10, blank=True)
    organ = models.CharField(max_length=16, blank=True)
    main_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    oversight_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    group = models.ForeignKey(MatterGroup, on_delete=models.PROTECT, related_name="suggestions", null=True)
    round = models.PositiveSmallIntegerField(default=1)
    first_assigned_on = models.DateField(null=True)
    legal_due = models.DateField(null=True)
    is_extended = models.BooleanField(default=False)
    due = models.DateField(null=True)
    return_count = models.PositiveSmallIntegerField(default=0)

    # what came of it
    first_replied_on = models.DateField(null=True)
    first_reply_due = models.DateField(null=True)
    reply_class = models.CharField(max_length=1, blank=True)
    feedback_due = models.DateField(null=True)
    feedback_reminded_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, blank=True)

    # orthogonal facts (domain.md B.5)
    importance = models.CharField(max_length=8, default=Importance.NORMAL)
    key_decision = models.CharField(max_length=200, blank=True)
    key_decided_on = models.DateField(null=True)
    key_leader = models.CharField(max_length=60, blank=True)
    publicity = models.CharField(max_length=10, default=Publicity.PENDING)
    public_title = models.CharField(max_length=80, blank=True)
    is_carried_term = models.BooleanField(default=False)

    class Meta:
        constraints = [
            values_check("state", State, "suggestion_state"),
            values_check("wish", Wish, "suggestion_wish"),
            values_check("origin", Origin, "suggestion_origin"),
            values_check("publicity_wish", PublicityWish, "suggestion_publicity_wish"),
            values_check("publicity", Publicity, "suggestion_publicity"),
            values_check("importance", Importance, "suggestion_importance"),
            *[
                models.CheckConstraint(
                    name=f"suggestion_{field}",
                    condition=Q(**{field: ""}) | Q(**{f"{field}__in": [str(v) for v in enum]}),
                )
                for field, enum in (
                    ("period", SessionPeriod),
                    ("reject_code", RejectCode),
                    ("end_reason", EndReason),
                    ("mode", Mode),
                    ("organ", Organ),
                    ("reply_class", ReplyClass),
                    ("outcome", Outcome),
                )
            ],
            models.UniqueConstraint(fields=["congress", "key"], name="one_suggestion_per_key"),
            models.UniqueConstraint(fields=["congress", "shelf"], name="one_suggestion_per_shelf"),
            models.CheckConstraint(
                name="suggestion_number_is_whole",
                condition=Q(serial=None, key=None, shelf=None)
                | Q(
                    serial__isnull=False,
                    key__isnull=False,
                    shelf__isnull=False,
                    session__isnull=False,
                    year__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="suggestion_clock_is_whole",
                condition=Q(first_assigned_on=None, legal_due=None)
                | Q(first_assigned_on__isnull=False, legal_due__gt=F("first_assigned_on")),
            ),
            models.CheckConstraint(
                name="suggestion_first_reply_is_whole",
                condition=Q(first_replied_on=None, first_reply_due=None)
                | Q(
                    first_replied_on__isnull=False,
                    first_reply_due__isnull=False,
                    first_replied_on__gte=F("first_assigned_on"),
                ),
            ),
            models.CheckConstraint(
                name="suggestion_closed_has_outcome",
                condition=~Q(state=State.CLOSED) | (Q(closed_on__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="suggestion_rejected_has_code", condition=~Q(state=State.REJECTED) | ~Q(reject_code="")
            ),
        ]
        indexes = [
            # public lists: newest number first, alone and behind each facet
            *[
                models.Index(
                    fields=["congress", *facet, "-shelf"], condition=Q(shelf__isnull=False), name=f"shelf_{name}"
                )
                for name, facet in (
                    ("all", []),
                    ("year", ["year"]),
                    ("session", ["session"]),
                    ("category", ["category"]),
                    ("unit", ["main_unit"]),
                    ("state", ["state"]),
                    ("class", ["reply_class"]),
                    ("delegation", ["delegation"]),
                )
            ],
            models.Index(
                fields=["congress", "-shelf"],
                condition=~Q(importance=Importance.NORMAL) & Q(shelf__isnull=False),
                name="shelf_key",
            ),
            # offices: what lies in a state, by date
            models.Index(fields=["congress", "state", "due", "id"], name="suggestion_by_state"),
            models.Index(fields=["lead", "state", "-id"], name="suggestion_by_lead"),
            models.Index(
                fields=["congress", "-closed_on", "-id"], condition=Q(closed_on__isnull=False), name="suggestion_ended"
            ),
            models.Index(fields=["feedback_due"], condition=Q(state=State.FEEDBACK), name="suggestion_feedback_window"),
        ]
        triggers = FACET_TRIGGERS

    def __str__(self) -> str:
        return f"{self.key or self.pk} {self.title}"


class Cosigner(models.Model):
    """A deputy invited to co-sign, in the order of invitation."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="cosigners")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="cosigned")
    state = models.CharField(max_length=10, default=CosignState.INVITED)
    position = models.PositiveSmallIntegerField()
    text_version = models.PositiveSmallIntegerField(default=0)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    agreed_withdrawal_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            values_check("state", CosignState, "cosigner_state"),
            models.UniqueConstraint(fields=["suggestion", "mandate"], name="one_invitation_per_deputy"),
            models.CheckConstraint(
                name="cosigner_confirmed_a_version",
                condition=~Q(state=CosignState.CONFIRMED) | Q(answered_at__isnull=False, text_version__gt=0),
            ),
        ]
        indexes = [models.Index(fields=["mandate", "state"], name="cosigner_by_deputy")]

    def __str__(self) -> str:
        return f"{self.mandate} {self.state}"


class SourceOpinion(models.Model):
    """A resident's opinion that a suggestion grew from."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="sources")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="+")
    is_released = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opinion"], condition=Q(is_released=False), name="one_live_suggestion_per_opinion"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} ← {self.opinion_id}"
