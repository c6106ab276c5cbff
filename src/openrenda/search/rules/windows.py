"""When something was, as lexemes, so that the index itself can look at the newest entries only.

Days are numbered; there are blocks of 1, 8, 64, 512 and 4096 days. Any range of days is a few dozen blocks at most.
"""

from datetime import date

_BITS = (0, 3, 6, 9, 12)
_FAN = 8


def times(day: date) -> list[str]:
    """The blocks in which a day lies."""
    number = day.toordinal()
    return [f"t{level}/{number >> bits}" for level, bits in enumerate(_BITS)]


def since(first: int) -> list[str]:
    """The blocks from a day on, to a time that nobody plans for."""
    return between(first, (((first >> _BITS[-1]) + 3) << _BITS[-1]) - 1)


def between(first: int, last: int) -> list[str]:
    """The fewest blocks that cover the days from one number to another, both included."""
    blocks: list[str] = []
    for level, bits in enumerate(_BITS[:-1]):
        while first <= last and (first >> bits) % _FAN and first + (1 << bits) - 1 <= last:
            blocks.append(f"t{level}/{first >> bits}")
            first += 1 << bits
        while first <= last and ((last + 1) >> bits) % _FAN and last - (1 << bits) + 1 >= first:
            blocks.append(f"t{level}/{last >> bits}")
            last -= 1 << bits
    top = len(_BITS) - 1
    blocks.extend(f"t{top}/{block}" for block in range(first >> _BITS[top], (last >> _BITS[top]) + 1) if first <= last)
    return blocks
