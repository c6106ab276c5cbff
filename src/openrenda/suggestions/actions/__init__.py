"""Every write of the slice. Keyword-only, one transaction each: lock, decide, write, record, publish."""

from .cohandling import give_opinion, mark_opinion_overdue
from .contact import confirm_contact, deny_contact, record_attempt, record_contact
from .dispatch import distribute, reassign, sign_for
from .drafting import confirm_cosign, decline_cosign, edit_draft, invite_cosigners, submit, write_draft
from .extension import endorse_extension, grant_extension, refuse_extension, request_extension
from .facets import fold_facets, recount_facets
from .feedback import close_unanswered, give_feedback, rate_unrateable, record_apology, remind_feedback
from .grouping import group_same_matter, leave_group
from .lookback import choose_look_back, draw_look_back, record_look_back
from .planning import assign_in_bulk, plan
from .promises import (
    carry_over,
    change_promise,
    claim_done,
    confirm_done,
    declare_impossible,
    deny_done,
    mark_overdue,
    remind_promise,
    report_promise,
)
from .publicity import release, review_publicity
from .recompute import apply_recompute
from .rehandling import explain_no_rehandle, rehandle, reopen
from .reply import draft_reply, mark_read, pass_reply, send_back_reply, share_reply, sign_reply
from .returns import fix_unit, grant_return, refuse_return, request_return
from .review import accept, add_supplement, mark_key, reject, send_back
from .succession import carry_term, succeed_lead, succeed_leads, take_over_unit
from .supervision import answer_nudge, answer_objection, nudge, object_to_unit
from .values import Answer, Given, PlanLine, Promise, Text
from .withdrawal import agree_withdrawal, ask_withdrawal, lapse_returned, withdraw

__all__ = [
    "Answer",
    "Given",
    "PlanLine",
    "Promise",
    "Text",
    "accept",
    "add_supplement",
    "agree_withdrawal",
    "answer_nudge",
    "answer_objection",
    "apply_recompute",
    "ask_withdrawal",
    "assign_in_bulk",
    "carry_over",
    "carry_term",
    "change_promise",
    "choose_look_back",
    "claim_done",
    "close_unanswered",
    "confirm_contact",
    "confirm_cosign",
    "confirm_done",
    "declare_impossible",
    "decline_cosign",
    "deny_contact",
    "deny_done",
    "distribute",
    "draft_reply",
    "draw_look_back",
    "edit_draft",
    "endorse_extension",
    "explain_no_rehandle",
    "fix_unit",
    "fold_facets",
    "give_feedback",
    "give_opinion",
    "grant_extension",
    "grant_return",
    "group_same_matter",
    "invite_cosigners",
    "lapse_returned",
    "leave_group",
    "mark_key",
    "mark_opinion_overdue",
    "mark_overdue",
    "mark_read",
    "nudge",
    "object_to_unit",
    "pass_reply",
    "plan",
    "rate_unrateable",
    "reassign",
    "record_apology",
    "record_attempt",
    "record_contact",
    "record_look_back",
    "recount_facets",
    "refuse_extension",
    "refuse_return",
    "rehandle",
    "reject",
    "release",
    "remind_feedback",
    "remind_promise",
    "reopen",
    "report_promise",
    "request_extension",
    "request_return",
    "review_publicity",
    "send_back",
    "send_back_reply",
    "share_reply",
    "sign_for",
    "sign_reply",
    "submit",
    "succeed_lead",
    "succeed_leads",
    "take_over_unit",
    "withdraw",
    "write_draft",
]
