"""Every write of the slice. Keyword-only, one transaction each: lock, decide, write, record, publish."""

from .drafting import write_draft, edit_draft, invite_cosigners, confirm_cosign, decline_cosign, submit
from .review import accept, send_back, reject, add_supplement, mark_key
from .withdrawal import ask_withdrawal, agree_withdrawal, withdraw, lapse_returned
from .planning import plan, assign_in_bulk, group_same_matter, leave_group
from .dispatch import distribute, sign_for, reassign
from .returns import request_return, grant_return, refuse_return, fix_unit
from .extension import request_extension, endorse_extension, grant_extension, refuse_extension
from .contact import record_contact, record_attempt, confirm_contact, deny_contact
from .cohandling import give_opinion, mark_opinion_overdue
from .reply import draft_reply, share_reply, sign_reply, send_back_reply, pass_reply, mark_read
from .feedback import give_feedback, record_apology, rate_unrateable, remind_feedback, close_unanswered
from .rehandling import rehandle, explain_no_rehandle, reopen
from .promises import report_promise, claim_done, confirm_done, deny_done, change_promise, declare_impossible, mark_overdue, carry_over
from .lookback import draw_look_back, choose_look_back, record_look_back
from .supervision import nudge, answer_nudge, object_to_unit, answer_objection
from .publicity import review_publicity, release
from .succession import succeed_lead, succeed_leads, take_over_unit, carry_term
from .recompute import apply_recompute

__all__ = ["accept", "add_supplement", "agree_withdrawal", "answer_nudge", "answer_objection", "apply_recompute", "ask_withdrawal", "assign_in_bulk", "carry_over", "carry_term", "change_promise", "choose_look_back", "claim_done", "close_unanswered", "confirm_contact", "confirm_cosign", "confirm_done", "declare_impossible", "decline_cosign", "deny_contact", "deny_done", "distribute", "draft_reply", "draw_look_back", "edit_draft", "endorse_extension", "explain_no_rehandle", "fix_unit", "give_feedback", "give_opinion", "grant_extension", "grant_return", "group_same_matter", "invite_cosigners", "lapse_returned", "leave_group", "mark_key", "mark_opinion_overdue", "mark_overdue", "mark_read", "nudge", "object_to_unit", "pass_reply", "plan", "rate_unrateable", "reassign", "record_apology", "record_attempt", "record_contact", "record_look_back", "refuse_extension", "refuse_return", "rehandle", "reject", "release", "remind_feedback", "reopen", "report_promise", "request_extension", "request_return", "review_publicity", "send_back", "send_back_reply", "share_reply", "sign_for", "sign_reply", "submit", "succeed_lead", "succeed_leads", "take_over_unit", "withdraw", "write_draft"]
