"""The unit's reply, its delivery to every signatory, and their verdicts."""

from django.db import models
from django.db.models import Q

from openrenda.kernel.models import values_check
from openrenda.orgs.models import Mandate
from openrenda.suggestions.states import (
    BackReason,
    ContactWay,
    Publicity,
    Rating,
    ReferenceReason,
    ReplyClass,
    ReplyState,
)

from .handling import Assignment
from .suggestion import Suggestion


class Reply(models.Model):
    """A reply letter of one unit in one round (答复函); a draft until it is issued."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="replies")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="replies")
    round = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default=ReplyState.IN_REVIEW)
    doc_no = models.CharField(max_length=60)
    reply_class = models.CharField(max_length=1)
    body = models.TextField()
    co_summary = models.TextField(blank=True)
    reference_reason = models.CharField(max_length=12, blank=True)
    reported_up = models.TextField(blank=True)
    promises = models.JSONField(default=list)
    contact_name = models.CharField(max_length=60, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    publicity = models.CharField(max_length=10, default=Publicity.PENDING)
    publicity_reason = models.CharField(max_length=200, blank=True)
    secrecy_checked_by = models.CharField(max_length=60, blank=True)
    shares_body_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="copies")
    drafted_by = models.CharField(max_length=120)
    drafted_at = models.DateTimeField()
    signer = models.CharField(max_length=60, blank=True)
    signer_title = models.CharField(max_length=60, blank=True)
    signer_is_chief = models.BooleanField(default=False)
    signed_by = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=120, blank=True)
    back_reason = models.CharField(max_length=12, blank=True)
    back_note = models.TextField(blank=True)
    issued_on = models.DateField(null=True)
    effective_due = models.DateField(null=True)
    public_body = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            values_check("state", ReplyState, "reply_state"),
            values_check("reply_class", ReplyClass, "reply_class"),
            values_check("publicity", Publicity, "reply_publicity"),
            *[
                models.CheckConstraint(
                    name=f"reply_{field}", condition=Q(**{field: ""}) | Q(**{f"{field}__in": [str(v) for v in enum]})
                )
                for field, enum in (("reference_reason", ReferenceReason), ("back_reason", BackReason))
            ],
            models.UniqueConstraint(
                fields=["assignment", "round"],
                condition=~Q(state=ReplyState.SENT_BACK),
                name="one_live_reply_per_round",
            ),
            models.CheckConstraint(
                name="reply_d_has_reason", condition=~Q(reply_class=ReplyClass.D) | ~Q(reference_reason="")
            ),
            models.CheckConstraint(
                name="reply_issued_is_whole",
                condition=~Q(state=ReplyState.ISSUED)
                | (
                    Q(issued_on__isnull=False, effective_due__isnull=False, signed_at__isnull=False)
                    & ~Q(signer="")
                    & ~Q(checked_by="")
                ),
            ),
            models.CheckConstraint(
                name="reply_four_eyes", condition=Q(signed_by="") | ~Q(signed_by=models.F("drafted_by"))
            ),
        ]
        indexes = [models.Index(fields=["suggestion", "state"], name="reply_by_suggestion")]

    def __str__(self) -> str:
        return f"{self.doc_no} {self.reply_class}"


class ReplyDelivery(models.Model):
    """The reply reaches each signatory one by one (逐人答复, R7)."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="deliveries")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=20, default="system")
    delivered_on = models.DateField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reply", "mandate"], name="one_delivery_per_signatory")]

    def __str__(self) -> str:
        return f"{self.reply_id} → {self.mandate_id}"


class Feedback(models.Model):
    """A signatory's verdict on a round: attitude and result apart (R9)."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="feedbacks")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    is_lead = models.BooleanField()
    attitude = models.CharField(max_length=6)
    result = models.CharField(max_length=6)
    was_met = models.BooleanField()
    met_way = models.CharField(max_length=8, blank=True)
    comment = models.TextField(blank=True)
    agree_publish = models.BooleanField(default=True)
    wish_further = models.BooleanField(default=False)
    given_on = models.DateField()
    apology_on = models.DateField(null=True)
    apology_note = models.TextField(blank=True)

    class Meta:
        ordering = ["round", "-is_lead", "pk"]
        constraints = [
            values_check("attitude", Rating, "feedback_attitude"),
            values_check("result", Rating, "feedback_result"),
            models.CheckConstraint(
                name="feedback_met_way", condition=Q(met_way="") | Q(met_way__in=[str(w) for w in ContactWay])
            ),
            models.UniqueConstraint(fields=["suggestion", "round", "mandate"], name="one_feedback_per_round"),
            models.CheckConstraint(
                name="feedback_bad_has_comment",
                condition=(~Q(attitude=Rating.BAD) & ~Q(result=Rating.BAD)) | ~Q(comment=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id}/{self.round} {self.result}"
