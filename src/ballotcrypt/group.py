"""Arithmetic in the group BELENIOS-2048: the subgroup of order q of the numbers modulo p.

Three ways to a power, each where it is cheapest: a table for a base that is used again and again (g, an election's
key), one chain of squarings for several exponents of one base, and the library for one exponent. Exponents that are
secret and belong to a base without a table go through the library's side-channel silent function.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .encoding import decimal, sha
from .faults import FaultCode, demand

try:
    import gmpy2
except ImportError:  # the fallback is slower and gives the same numbers
    gmpy2 = None

NAME = "BELENIOS-2048"
P = int(
    "20694785691422546401013643657505008064922989295751104097100884787057374219242717401922237254497684338129066633"
    "13807895840496005438963628979639303877390572280360597374942767137677761889858987273586504908116709931053586778"
    "09800307904916540637771737641986785272734744763418356000356983051931442845617019110007867373073335641239717328"
    "97913240474578834468260652327974647951137672658693582180046317922073668860052627186363386088796882120769432366"
    "14949100292344434637322214588410058642105024212036543356120132048111885240873107701415166620016231317716937218"
    "9248078507711827842317498073276598828825169183103125680162072880719"
)
G = int(
    "24023526775018522092276877035323999327122876573783649165100753187876632741463532193202856761552696787996946682"
    "98749389095083896573425601900601068477164491735474137283104610458681314511781646755400527402889846139864532661"
    "21505579709716201616827031288643245666383486363578210615491841998253431518974065818686865115135857641013888221"
    "53960160432288436039309893336627728484065931384060102316750957637779826651036068224066350766977640253462537730"
    "85133173495194248967754052573659049492477631475991575198775177711481490920456600205478127054728238140972518639"
    "858334115700568353695553423781475582491896050296680037745308460627"
)
Q = 78571733251071885079927659812671450121821421258408794611510081919805623223441

_WINDOW = 8  # bits of a table's digit: a table takes 2.5 MB and as long to make as half a ballot takes to check
_RUN = re.compile("1[01]{0,3}")  # the odd digits of an exponent, in bits from the lowest


@dataclass(frozen=True)
class Arithmetic:
    """Who calculates: GMP, or Python alone."""

    number: Callable[[Any], int]
    power: Callable[[int, int, int], int]
    power_secret: Callable[[int, int, int], int]
    p: int
    q: int


PLAIN = Arithmetic(int, pow, pow, P, Q)
FASTEST = PLAIN if gmpy2 is None else Arithmetic(gmpy2.mpz, gmpy2.powmod, gmpy2.powmod_sec, gmpy2.mpz(P), gmpy2.mpz(Q))
_chosen = FASTEST


def choose(arithmetic: Arithmetic) -> Arithmetic:
    """Let this one calculate from now on; returns who did before."""
    global _chosen
    before, _chosen = _chosen, arithmetic
    table.cache_clear()
    return before


class Table:
    """Powers of one base: base^(digit · 2^(8·i)) for every place and digit, so that a power is 31 multiplications."""

    def __init__(self, base: int) -> None:
        p = _chosen.p
        self.base = _chosen.number(base)
        self._rows: list[list[int]] = []
        step = self.base
        for _ in range(-(-Q.bit_length() // _WINDOW)):
            row = [_chosen.number(1), step]
            for _ in range(2**_WINDOW - 2):
                row.append(row[-1] * step % p)
            self._rows.append(row)
            step = row[-1] * step % p

    def power(self, exponent: int) -> int:
        """base^exponent, the exponent taken modulo q."""
        p = _chosen.p
        digits = int(exponent % Q).to_bytes(len(self._rows), "little")
        product = self._rows[0][digits[0]]
        for row, digit in zip(self._rows[1:], digits[1:], strict=True):
            product = product * row[digit] % p
        return product


@lru_cache(maxsize=8)
def table(base: int) -> Table:
    """The base's table, kept for the few bases in use."""
    return Table(base)


def g_power(exponent: int) -> int:
    """g^exponent."""
    return table(G).power(exponent)


def power(base: int, exponent: int) -> int:
    """One power with a public exponent."""
    return _chosen.power(base, exponent, _chosen.p)


def power_secret(base: int, exponent: int) -> int:
    """One power whose exponent must not leak."""
    return _chosen.power_secret(base, exponent or Q, _chosen.p)  # base^q is 1, and the library wants an exponent


def powers(base: int, exponents: Sequence[int]) -> list[int]:
    """Powers of one base with public exponents below 2^256, sharing one chain of squarings (Yao's method).

    An exponent is a sum of d·2^i with odd d < 16. What is multiplied by the same d is collected first, so that each
    exponent costs about 60 multiplications beyond the 255 squarings that all have in common.
    """
    p = _chosen.p
    square = _chosen.number(base)
    chain = [square]
    for _ in range(max(int(e).bit_length() for e in exponents) - 1):
        square = square * square % p
        chain.append(square)
    return [_collected(chain, int(exponent), p) for exponent in exponents]


def _collected(chain: list[int], exponent: int, p: int) -> int:
    one = _chosen.number(1)
    found = [one] * 8
    for start, place in _digits(exponent):
        found[place] = found[place] * chain[start] % p
    suffix = product = one
    for factor in found[:0:-1]:
        suffix = suffix * factor % p
        product = product * suffix % p
    return product * product % p * (suffix * found[0] % p) % p


@lru_cache(maxsize=64)  # alpha and beta are raised to the same exponents, all of them to q
def _digits(exponent: int) -> list[tuple[int, int]]:
    """The odd digits of an exponent: i of d·2^i, and which of the eight d it is."""
    return [(run.start(), _PLACES[run[0]]) for run in _RUN.finditer(f"{exponent:b}"[::-1])]


_PLACES = {f"{digit:b}"[::-1] + "0" * more: digit // 2 for digit in range(1, 16, 2) for more in range(4)}


def product(factors: Iterable[int]) -> int:
    """Their product."""
    p = _chosen.p
    so_far = _chosen.number(1)
    for factor in factors:
        so_far = so_far * factor % p
    return so_far


def inverse(value: int) -> int:
    """1/value."""
    return pow(value, -1, _chosen.p)


def in_range(value: Any) -> int:
    """A canonical decimal which may be a member: below p and not zero. Whether it is one, `member` tells."""
    read = decimal(value, _chosen.number)
    demand(0 < read < _chosen.p, FaultCode.NOT_IN_GROUP)
    return read


def element(value: Any) -> int:
    """A member of the group, from its canonical decimal; the neutral one counts."""
    read = in_range(value)
    demand(power(read, _chosen.q) == 1, FaultCode.NOT_IN_GROUP)
    return read


def proper_element(value: Any) -> int:
    """A member of the group other than the neutral one: keys and credentials."""
    read = element(value)
    demand(read != 1, FaultCode.NEUTRAL_ELEMENT)
    return read


def scalar(value: Any) -> int:
    """An exponent in its only form."""
    read = decimal(value)
    demand(read < Q, FaultCode.SCALAR_OUT_OF_RANGE)
    return read


def random_scalar() -> int:
    """An exponent nobody can guess."""
    return secrets.randbelow(Q)


def challenge(prefix: str, elements: Iterable[int]) -> int:
    """The protocol's hash to an exponent."""
    return int.from_bytes(sha(prefix + ",".join(map(str, elements))), "big") % Q
