"""How a number is built, kept and shown (domain.md B.2)."""

from openrenda.orgs.states import SessionPeriod

_DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """1 to 99 as spoken in names of terms and sessions (十六, 五)."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def key_of(term: int, session: int, serial: int, *, own_series: bool) -> str:
    """JY-16-5-001, in the closed period's own series JY-16-5-B001."""
    return f"JY-{term}-{session}-{'B' if own_series else ''}{serial:03d}"


def shelf_of(term: int, session: int, serial: int, *, own_series: bool) -> int:
    """Where it stands on the shelf: one integer per congress that lists are ordered by."""
    return (term * 100 + session) * 10_000_000 + (5_000_000 if own_series else 0) + serial


def series_of(term: int, session: int, *, own_series: bool) -> str:
    """The name of the number series."""
    return f"suggestion:{term}-{session}{':B' if own_series else ''}"


def number_of(key: str | None) -> str:
    """区十六届人大五次会议第001号建议; 闭会第B001号; empty before acceptance."""
    if not key:
        return ""
    _, term, session, serial = key.split("-")
    meeting = f"区{chinese(int(term))}届人大{chinese(int(session))}次会议"
    return f"{meeting}闭会第{serial}号建议" if serial.startswith("B") else f"{meeting}第{serial}号建议"


def has_own_series(period: str, *, separate: bool) -> bool:
    """Does a suggestion of this period count in the closed period's series?"""
    return period == SessionPeriod.CLOSED and separate
