"""An opinion with all that belongs to it."""

from functools import cached_property

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from openrenda.kernel import clock
from openrenda.kernel.models import values_check
from openrenda.kernel.triggers import append_only_trigger
from openrenda.liaison.states import (
    Channel,
    ClockKind,
    DeputyPart,
    ExtensionState,
    FeedbackWay,
    IdentityMode,
    Nature,
    OpinionState,
    PublishState,
    ReferralState,
    RefusalReason,
    RouteLevel,
    Satisfaction,
    SensitiveFlag,
    Solved,
)
from openrenda.orgs.models import Congress, Mandate, Unit

from .reception import ReceptionEvent
from .station import Category


def _values(
    labelled: type[Channel] | type[RefusalReason] | type[Nature] | type[RouteLevel] | type[FeedbackWay],
) -> list[str]:
    return ["", *[str(member.value) for member in labelled]]


class Opinion(models.Model):
    """A resident's word (domain.md 1.2). `handler_*`, `due_on` and `answer_due` repeat what the newest referral and
    the running clocks say, so that lists need no join."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="opinions", db_index=False)
    number = models.CharField(max_length=40)
    code_hash = models.CharField(max_length=80)
    idempotency_key = models.CharField(max_length=64, blank=True)
    external_ref = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20, default=OpinionState.SUBMITTED)

    # How it came
    channel = models.CharField(max_length=12)
    station = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="opinions", db_index=False)
    street = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="opinions_in_street", null=True, db_index=False
    )
    reception = models.ForeignKey(ReceptionEvent, on_delete=models.PROTECT, related_name="opinions", null=True)
    received_by = models.CharField(max_length=120, blank=True)
    submitted_at = models.DateTimeField()
    registered_at = models.DateTimeField(null=True)

    # The writer's choices
    identity_mode = models.CharField(max_length=12, default=IdentityMode.WITHHELD)
    is_voter = models.BooleanField(default=False)
    constituency_name = models.CharField(max_length=40, blank=True)
    notice_version = models.CharField(max_length=20)
    may_share = models.BooleanField(default=False)
    may_publish = models.BooleanField(default=False)

    # What it says
    title = models.CharField(max_length=80)
    content = models.TextField(max_length=2000)
    community = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="opinions_about", null=True)
    place = models.CharField(max_length=120, blank=True)
    lng = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    lat = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="opinions", null=True)
    nature = models.CharField(max_length=12, default=Nature.PROBLEM)
    sensitive_flags = ArrayField(models.CharField(max_length=12), default=list)
    is_urgent = models.BooleanField(default=False)
    is_pooled = models.BooleanField(default=False)
    is_archived = models.BooleanField(default=False)

    # Who has it now
    deputy = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, related_name="opinions_responsible", null=True, db_index=False
    )
    handler_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="opinions_handled", null=True, db_index=False
    )
    handler_level = models.CharField(max_length=12, blank=True)
    awaiting_role = models.CharField(max_length=20, blank=True)
    awaiting_extension = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, related_name="merged_children", null=True)
    converted_ref = models.CharField(max_length=80, blank=True)
    escalated_to = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True)
    due_kind = models.CharField(max_length=12, blank=True)
    answer_due = models.DateField(null=True)

    # What came of it
    refusal_reason = models.CharField(max_length=20, blank=True)
    refusal_note = models.CharField(max_length=500, blank=True)
    draft_text = models.TextField(max_length=4000, blank=True)
    drafted_by = models.CharField(max_length=120, blank=True)
    result_text = models.TextField(max_length=4000, blank=True)
    result_at = models.DateTimeField(null=True)
    answer_text = models.TextField(max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True)
    first_answered_at = models.DateTimeField(null=True)
    answer_way = models.CharField(max_length=12, blank=True)
    answered_on_spot = models.BooleanField(default=False)
    round = models.PositiveSmallIntegerField(default=1)
    satisfaction = models.CharField(max_length=14, default=Satisfaction.UNRATED)
    first_satisfaction = models.CharField(max_length=14, default=Satisfaction.UNRATED)
    rating_reason = models.CharField(max_length=500, blank=True)
    rated_at = models.DateTimeField(null=True)
    rated_round = models.PositiveSmallIntegerField(default=0)
    solved = models.CharField(max_length=8, default=Solved.UNKNOWN)
    solved_note = models.CharField(max_length=500, blank=True)
    revisited_at = models.DateTimeField(null=True)
    revisited_by = models.CharField(max_length=120, blank=True)
    revisit_way = models.CharField(max_length=12, blank=True)
    revisit_result = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True)

    # What the public sees
    publish_state = models.CharField(max_length=12, default=PublishState.WAITING)
    publish_reason = models.CharField(max_length=200, blank=True)
    public_title = models.CharField(max_length=80, blank=True)
    public_summary = models.TextField(max_length=2000, blank=True)
    summary_by = models.CharField(max_length=120, blank=True)
    published_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["congress", "number"], name="one_opinion_per_number"),
            models.UniqueConstraint(
                fields=["congress", "idempotency_key"], condition=~Q(idempotency_key=""), name="one_opinion_per_form"
            ),
            values_check("state", OpinionState, "opinion_state"),
            values_check("channel", Channel, "opinion_channel"),
            values_check("identity_mode", IdentityMode, "opinion_identity"),
            values_check("nature", Nature, "opinion_nature"),
            values_check("satisfaction", Satisfaction, "opinion_satisfaction"),
            values_check("first_satisfaction", Satisfaction, "opinion_first_satisfaction"),
            values_check("solved", Solved, "opinion_solved"),
            values_check("publish_state", PublishState, "opinion_publish_state"),
            models.CheckConstraint(name="opinion_level", condition=Q(handler_level__in=_values(RouteLevel))),
            models.CheckConstraint(name="opinion_refusal", condition=Q(refusal_reason__in=_values(RefusalReason))),
            models.CheckConstraint(
                name="opinion_flags",
                condition=Q(sensitive_flags__contained_by=[str(flag.value) for flag in SensitiveFlag]),
            ),
            models.CheckConstraint(
                name="opinion_refusal_is_whole",
                condition=Q(state=OpinionState.NOT_ACCEPTED) & ~Q(refusal_reason="")
                | ~Q(state=OpinionState.NOT_ACCEPTED) & Q(refusal_reason=""),
            ),
            models.CheckConstraint(
                name="opinion_merged_has_parent",
                condition=Q(state=OpinionState.MERGED, merged_into__isnull=False)
                | ~Q(state=OpinionState.MERGED) & Q(merged_into=None),
            ),
            models.CheckConstraint(
                name="opinion_closed_has_date",
                condition=Q(state=OpinionState.CLOSED, closed_at__isnull=False)
                | ~Q(state=OpinionState.CLOSED) & Q(closed_at=None),
            ),
            models.CheckConstraint(
                name="opinion_rating_is_whole",
                condition=Q(satisfaction=Satisfaction.UNRATED, rated_at=None)
                | ~Q(satisfaction=Satisfaction.UNRATED) & Q(rated_at__isnull=False),
            ),
            models.CheckConstraint(
                name="opinion_dissatisfied_says_why",
                condition=~Q(satisfaction=Satisfaction.DISSATISFIED) | ~Q(rating_reason=""),
            ),
            models.CheckConstraint(
                name="opinion_answer_is_whole",
                condition=Q(answered_at=None, answer_text="") | Q(answered_at__isnull=False) & ~Q(answer_text=""),
            ),
            models.CheckConstraint(
                name="opinion_handler_is_whole",
                condition=Q(handler_unit=None, handler_level="") | Q(handler_unit__isnull=False) & ~Q(handler_level=""),
            ),
            models.CheckConstraint(
                name="opinion_public_has_summary",
                condition=~Q(publish_state=PublishState.PUBLIC)
                | Q(published_at__isnull=False, may_publish=True) & ~Q(public_title="") & ~Q(public_summary=""),
            ),
        ]
        indexes = [
            models.Index(fields=["station", "state", "due_on", "id"], name="opinion_by_station"),
            models.Index(fields=["street", "state", "due_on", "id"], name="opinion_by_street"),
            models.Index(fields=["handler_unit", "state", "due_on", "id"], name="opinion_by_unit"),
            models.Index(fields=["deputy", "state", "due_on", "id"], name="opinion_by_deputy"),
            models.Index(fields=["congress", "state", "due_on", "id"], name="opinion_by_state"),
            models.Index(
                fields=["congress", "-published_at", "-id"], condition=Q(publish_state="public"), name="opinion_public"
            ),
            models.Index(fields=["congress", "submitted_at"], name="opinion_by_submission"),
            models.Index(fields=["congress", "updated_at", "id"], name="opinion_by_update"),
            models.Index(fields=["congress", "external_ref"], condition=~Q(external_ref=""), name="opinion_external"),
        ]

    def __str__(self) -> str:
        return self.number

    @cached_property
    def serving_mandate_ids(self) -> frozenset[int]:
        """Mandates of the deputies who serve the station today. One query, once per object."""
        today = clock.today()
        rows = Mandate.objects.filter(station_id=self.station_id, starts_on__lte=today)
        return frozenset(rows.filter(Q(ends_on=None) | Q(ends_on__gte=today)).values_list("pk", flat=True))


class ResidentContact(models.Model):
    """Who wrote, sealed; read only through `actions.reveal_contact`, which is recorded with its reason."""

    opinion = models.OneToOneField(Opinion, on_delete=models.PROTECT, related_name="contact")
    name_sealed = models.TextField(blank=True)
    phone_sealed = models.TextField(blank=True)
    email_sealed = models.TextField(blank=True)
    name_masked = models.CharField(max_length=60, blank=True)
    phone_masked = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.name_masked} {self.phone_masked}"


class OpinionDeputy(models.Model):
    """A deputy on an opinion: who received it, who is responsible for it."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="deputies")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="opinion_parts")
    part = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opinion", "mandate", "part"], name="one_part_per_deputy"),
            values_check("part", DeputyPart, "deputy_part"),
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id} {self.part}"


class Referral(models.Model):
    """One hop: proposed, approved, sent, signed for, returned or done. Each has its own clock; the resident's is the
    opinion's `answer_due`, set by the first hop and never put off by a later one."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="referrals")
    hop = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    level = models.CharField(max_length=12)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="referrals", db_index=False)
    state = models.CharField(max_length=12, default=ReferralState.PROPOSED)
    note = models.CharField(max_length=500, blank=True)
    proposed_by = models.CharField(max_length=120)
    proposed_at = models.DateTimeField()
    approved_by = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True)
    sign_due = models.DateField(null=True)
    due = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=500, blank=True)
    suggested_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="suggested_for", null=True)
    extension_state = models.CharField(max_length=10, default=ExtensionState.NONE)
    extension_days = models.PositiveSmallIntegerField(default=0)
    extension_reason = models.CharField(max_length=500, blank=True)
    extension_asked_by = models.CharField(max_length=120, blank=True)
    extension_decided_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["opinion", "hop"]
        constraints = [
            models.UniqueConstraint(fields=["opinion", "hop"], name="one_referral_per_hop"),
            models.UniqueConstraint(
                fields=["opinion"], condition=Q(state__in=["proposed", "sent", "signed"]), name="one_open_referral"
            ),
            values_check("state", ReferralState, "referral_state"),
            values_check("extension_state", ExtensionState, "referral_extension"),
            models.CheckConstraint(name="referral_level", condition=Q(level__in=_values(RouteLevel)[1:])),
            models.CheckConstraint(
                name="referral_sent_is_whole",
                condition=Q(state__in=["proposed", "declined", "cut_short"])
                | Q(sent_at__isnull=False, sign_due__isnull=False, due__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_return_says_why", condition=~Q(state=ReferralState.RETURNED) | ~Q(return_reason="")
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="referral_by_unit")]

    def __str__(self) -> str:
        return f"{self.opinion_id}/{self.hop}"


class Clock(models.Model):
    """A deadline as it was set: start, length, basis and day, kept although settings or calendar change later.

    An extension or a recomputation supersedes the row by a new one, so the old day stays in the history (B.1.5)."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="clocks")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="clocks", null=True)
    kind = models.CharField(max_length=12)
    round = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    length = models.PositiveSmallIntegerField()
    in_workdays = models.BooleanField(default=True)
    basis = models.CharField(max_length=120)
    legal_due = models.DateField()
    due = models.DateField()
    met_on = models.DateField(null=True)
    is_superseded = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            values_check("kind", ClockKind, "clock_kind"),
            models.UniqueConstraint(
                fields=["opinion", "kind"], condition=Q(met_on=None, is_superseded=False), name="one_running_clock"
            ),
            models.CheckConstraint(name="clock_due_after_start", condition=Q(due__gte=models.F("starts_on"))),
        ]
        indexes = [
            models.Index(fields=["due"], condition=Q(met_on=None, is_superseded=False), name="clock_running"),
        ]

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.kind} {self.due}"


class OpinionStep(models.Model):
    """One line of the life story, written by the action that took the step.

    It is not derived from the audit: the audit belongs to the auditor, names accounts and holds no free text; the
    story speaks to residents, names offices and deputies only, and says which lines the public may read."""

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="steps", db_index=False)
    at = models.DateTimeField()
    move = models.CharField(max_length=40)
    label = models.CharField(max_length=40)
    who = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="opinion_steps", null=True)
    state = models.CharField(max_length=20)
    detail = models.TextField(max_length=4000, blank=True)
    is_public = models.BooleanField(default=False)
    for_resident = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["opinion", "id"], name="step_by_opinion")]
        triggers = [append_only_trigger("opinion_step_append_only")]

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.move}"


class SecrecyIncident(models.Model):
    """涉密 (domain.md 1.3.10): what was stopped, when, by whom; the text itself is gone."""

    opinion = models.OneToOneField(Opinion, on_delete=models.PROTECT, related_name="incident")
    at = models.DateTimeField()
    reported_by = models.CharField(max_length=120)
    note = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.at:%Y-%m-%d}"


class TrackAttempt(models.Model):
    """A look-up by number and code. Keyed hashes only; the origin's salt changes daily; rows go after two days."""

    at = models.DateTimeField()
    number_hash = models.CharField(max_length=64)
    origin_hash = models.CharField(max_length=64)
    is_ok = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["number_hash", "at"], name="attempt_by_number"),
            models.Index(fields=["origin_hash", "at"], name="attempt_by_origin"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
