"""Every write of the slice: keyword-only, one transaction each (except `track`), lock → decide → write → record →
publish. They raise NotFound, NotAllowed, Conflict or Invalid of kernel.errors (subclasses in liaison.errors).

An action on an opinion returns the changed Opinion, one on a reception day the ReceptionEvent, unless it says
otherwise.
"""

from .booking import book_reception, cancel_booking
from .conversion import convert, escalate, release, take_answer
from .extension import decide_extension, request_extension
from .identity import forget_attempts, reset_query_code, resident, reveal_contact, track
from .intake import answer_on_the_spot, assign_deputy, classify, not_accept, register, set_pooled, withdraw
from .merging import merge, split
from .publication import (
    approve_publication,
    edit_public_summary,
    object_to_publication,
    reconsider_publication,
    refuse_publication,
    set_consent,
)
from .reception import (
    announce_reception,
    cancel_reception,
    excuse_deputy,
    finish_reception,
    generate_receptions,
    notify_bookers,
    plan_reception,
    postpone_reception,
    start_reception,
    substitute_deputy,
)
from .recomputation import Change, apply_recomputation, preview_recomputation
from .referral import approve_referral, decline_referral, refer, send_back, sign_for
from .result import (
    approve_result,
    draft_result,
    edit_plain_answer,
    enter_result,
    feed_back,
    reject_result,
    return_draft,
)
from .station import add_category, add_standard_categories, edit_category, edit_station, set_up_station
from .submission import preview, register_walk_in, submit
from .values import Consent, Contact, Place, Preview, Receipt
from .verdict import archive, close_silent, keep_closed, rate, reopen, revisit, say_solved

__all__ = [
    "Change",
    "Consent",
    "Contact",
    "Place",
    "Preview",
    "Receipt",
    "add_category",
    "add_standard_categories",
    "announce_reception",
    "answer_on_the_spot",
    "apply_recomputation",
    "approve_publication",
    "approve_referral",
    "approve_result",
    "archive",
    "assign_deputy",
    "book_reception",
    "cancel_booking",
    "cancel_reception",
    "classify",
    "close_silent",
    "convert",
    "decide_extension",
    "decline_referral",
    "draft_result",
    "edit_category",
    "edit_plain_answer",
    "edit_public_summary",
    "edit_station",
    "enter_result",
    "escalate",
    "excuse_deputy",
    "feed_back",
    "finish_reception",
    "forget_attempts",
    "generate_receptions",
    "keep_closed",
    "merge",
    "not_accept",
    "notify_bookers",
    "object_to_publication",
    "plan_reception",
    "postpone_reception",
    "preview",
    "preview_recomputation",
    "rate",
    "reconsider_publication",
    "refer",
    "refuse_publication",
    "register",
    "register_walk_in",
    "reject_result",
    "release",
    "reopen",
    "request_extension",
    "reset_query_code",
    "resident",
    "return_draft",
    "reveal_contact",
    "revisit",
    "say_solved",
    "send_back",
    "set_consent",
    "set_pooled",
    "set_up_station",
    "sign_for",
    "split",
    "start_reception",
    "submit",
    "substitute_deputy",
    "take_answer",
    "track",
    "withdraw",
]
