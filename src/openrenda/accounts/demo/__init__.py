"""One account per role, only where settings say DEMO: they need no password, so a real installation has none.

Everything is chosen by the kind of a unit and by what a mandate says, so that any district folder gets its accounts.
"""

from .ensure import Missing, ensure_accounts
from .pages import DemoAccount, DemoSection, grouped
from .step_in import step_in

__all__ = ["DemoAccount", "DemoSection", "Missing", "ensure_accounts", "grouped", "step_in"]
