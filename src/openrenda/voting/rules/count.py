"""Counting as pure functions of the frozen rules and the figures; the order of input never matters.

The pass line is floor(base / 2) + 1 over all members in office, not over those present (地方组织法 §25).
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from openrenda.voting.states import ANSWERS, ASK, RULINGS, Blank, Form, Grade, GradeRule, Need, Ruling


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides a vote. Frozen and hashed when it opens.

    `quota` is the number to choose (0: no limit, whatever passes is chosen); a ballot has `minimum` to `maximum`
    marks. `line` is 0 in a re-vote after a tie: all of its options have passed already, more votes win.
    """

    form: str
    base: int
    line: int
    quota: int
    minimum: int
    maximum: int
    options: tuple[str, ...]
    blank: str = Blank.ABSTAIN
    grade_rule: str = GradeRule.MAJORITY_MEMBERS
    shortfall: str = ASK
    second: bool = False

    def as_json(self) -> dict[str, object]:
        """Plain values, for the record and its hash."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}

    @classmethod
    def from_json(cls, raw: Mapping[str, object]) -> "Rules":
        """Back from the record; what else stands in it is not for counting."""
        known = {key: raw[key] for key in cls.__dataclass_fields__ if key in raw}
        return cls(**{key: tuple(value) if isinstance(value, list) else value for key, value in known.items()})  # type: ignore[arg-type]  # read back as written


@dataclass(frozen=True, slots=True)
class Figures:
    """What was handed out, what came back, and the marks per line in the order of ANSWERS."""

    issued: int
    returned: int
    valid: int
    void: int
    lines: tuple[tuple[int, ...], ...]

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.issued + other.issued,
            self.returned + other.returned,
            self.valid + other.valid,
            self.void + other.void,
            tuple(
                tuple(a + b for a, b in zip(one, two, strict=True))
                for one, two in zip(self.lines, other.lines, strict=True)
            ),
        )

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "lines": [list(line) for line in self.lines]}

    @classmethod
    def from_json(cls, raw: Mapping[str, object]) -> "Figures":
        numbers = {key: int(str(raw[key])) for key in ("issued", "returned", "valid", "void")}
        lines = raw["lines"]
        if not isinstance(lines, list):
            raise TypeError("lines of figures are a list")
        return cls(**numbers, lines=tuple(tuple(int(n) for n in line) for line in lines))


@dataclass(frozen=True, slots=True)
class LineResult:
    """What became of one option."""

    ref: str
    approve: int
    oppose: int
    abstain: int
    passed: bool
    chosen: bool
    rank: int
    grade: str = ""
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The decision, and what it leaves to the presidium: `tied` refs compete for `places`."""

    lines: tuple[LineResult, ...]
    need: Need
    tied: tuple[str, ...] = ()
    places: int = 0


def pass_line(base: int) -> int:
    """More than half of all members in office."""
    return base // 2 + 1


def two_thirds(base: int) -> int:
    """At least two thirds of all members: the quorum of a congress (地方组织法 §14)."""
    return -(-2 * base // 3)


def canonical(value: object) -> str:
    """JSON that is the same for the same content."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(value: object) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def differs_enough(candidates: int, quota: int, percent: int) -> bool:
    """Are there more candidates than places, by at least `percent` of the places? In integers."""
    return candidates > quota and (candidates - quota) * 100 >= percent * quota


# ---- single ballots --------------------------------------------------------------------------------------------------


def is_valid(rules: Rules, marks: Sequence[int]) -> bool:
    """Is a paper of form SELECT valid? `marks` are the positions ticked. More than the maximum makes it void."""
    ticks = set(marks)
    if not ticks:
        return rules.blank == Blank.ABSTAIN
    return len(ticks) <= rules.maximum and all(0 <= tick < len(rules.options) for tick in ticks)


def read_ballots(rules: Rules, issued: int, ballots: Iterable[Sequence[Sequence[int]]]) -> Figures:
    """Figures from single papers; each is, line by line, the positions marked among that line's answers.

    In form SELECT a paper is one line over all options. In the others two marks on a line void that line only.
    """
    papers = list(ballots)
    if rules.form == Form.SELECT:
        good = [set(paper[0]) for paper in papers if is_valid(rules, paper[0])]
        ticks = Counter(tick for paper in good for tick in paper)
        rows = tuple((ticks[position],) for position in range(len(rules.options)))
        return Figures(issued, len(papers), len(good), len(papers) - len(good), rows)
    width = len(ANSWERS[Form(rules.form)])
    marks = [Counter(paper[i][0] for paper in papers if len(set(paper[i])) == 1) for i in range(len(rules.options))]
    lines = tuple(tuple(line[answer] for answer in range(width)) for line in marks)
    return Figures(issued, len(papers), len(papers), 0, lines)


def fault_in(rules: Rules, figures: Figures) -> str:
    """Why these figures cannot be, as a word; empty if they can. returned > issued is not a fault but a void vote."""
    lines, width = figures.lines, len(ANSWERS[Form(rules.form)])
    if len(lines) != len(rules.options) or any(len(line) != width for line in lines):
        return "lines"
    if min(figures.issued, figures.returned, figures.valid, figures.void, *(n for line in lines for n in line)) < 0:
        return "negative"
    if figures.valid + figures.void != figures.returned:
        return "sum"
    if any(sum(line) > figures.valid for line in lines):
        return "line"
    if rules.form == Form.SELECT and sum(n for (n,) in lines) > figures.valid * rules.maximum:
        return "marks"
    return ""


# ---- the decision ----------------------------------------------------------------------------------------------------


def decide(rules: Rules, figures: Figures) -> Result:
    """Who passed, who is chosen, in which order, and what is left open."""
    if rules.form == Form.GRADES:
        lines = [_graded(rules, figures.valid, ref, marks) for ref, marks in _by_ref(rules, figures)]
        return Result(_ranked(lines), Need.NOTHING)
    lines = [_voted(rules, figures.valid, ref, marks) for ref, marks in _by_ref(rules, figures)]
    if not rules.quota:
        return Result(_ranked([replace(line, chosen=line.passed) for line in lines]), Need.NOTHING)
    return _cut(rules, lines)


def rulings(rules: Rules, need: Need) -> frozenset[Ruling]:
    """What may be decided on what the count left open: the presidium's choice, unless the rules have made it."""
    if need == Need.SHORTFALL and rules.shortfall != ASK:
        return frozenset({Ruling(rules.shortfall)})
    return RULINGS[need]


def _by_ref(rules: Rules, figures: Figures) -> list[tuple[str, tuple[int, ...]]]:
    return list(zip(rules.options, figures.lines, strict=True))


def _voted(rules: Rules, valid: int, ref: str, marks: tuple[int, ...]) -> LineResult:
    if rules.form == Form.SELECT:
        (approve,) = marks
        oppose, abstain = 0, valid - approve
    else:
        approve, oppose, abstain = marks
    return LineResult(ref, approve, oppose, abstain, approve >= rules.line, chosen=False, rank=0, marks=marks)


def _cut(rules: Rules, lines: list[LineResult]) -> Result:
    """The best of those that passed, as many as there are places; equal votes across the cut choose nobody."""
    passed = sorted((line for line in lines if line.passed), key=lambda line: -line.approve)
    if len(passed) < rules.quota:
        chosen = {line.ref for line in passed}
        return Result(_ranked(_choose(lines, chosen)), Need.SHORTFALL, places=rules.quota - len(passed))
    if len(passed) == rules.quota or passed[rules.quota - 1].approve > passed[rules.quota].approve:
        return Result(_ranked(_choose(lines, {line.ref for line in passed[: rules.quota]})), Need.NOTHING)
    edge = passed[rules.quota].approve
    above = {line.ref for line in passed if line.approve > edge}
    tied = tuple(sorted(line.ref for line in passed if line.approve == edge))
    need = Need.SECOND_TIE if rules.second else Need.TIE
    return Result(_ranked(_choose(lines, above)), need, tied, rules.quota - len(above))


def _choose(lines: list[LineResult], chosen: set[str]) -> list[LineResult]:
    return [replace(line, chosen=line.ref in chosen) for line in lines]


def _ranked(lines: list[LineResult]) -> tuple[LineResult, ...]:
    """In the order of votes, equal votes sharing a rank; among equals by ref, so that no input order shows."""
    ordered = sorted(lines, key=lambda line: (-line.approve, line.ref))
    return tuple(replace(line, rank=1 + sum(other.approve > line.approve for other in lines)) for line in ordered)


def _graded(rules: Rules, valid: int, ref: str, marks: tuple[int, ...]) -> LineResult:
    satisfied, mostly, unsatisfied, abstain = marks
    whole = sum(marks) if rules.grade_rule == GradeRule.TWO_THIRDS else rules.base
    grade = Grade.UNSATISFIED
    if _reaches(rules, satisfied, whole):
        grade = Grade.SATISFIED
    elif _reaches(rules, satisfied + mostly, whole):
        grade = Grade.MOSTLY
    passed = grade != Grade.UNSATISFIED
    left = abstain + max(valid - sum(marks), 0)
    return LineResult(
        ref, satisfied + mostly, unsatisfied, left, passed, chosen=False, rank=0, grade=str(grade), marks=marks
    )


def _reaches(rules: Rules, votes: int, whole: int) -> bool:
    if rules.grade_rule == GradeRule.TWO_THIRDS:
        return whole > 0 and votes * 3 >= whole * 2
    return votes >= pass_line(whole)


# ---- two tellers -----------------------------------------------------------------------------------------------------


def differences(rules: Rules, one: Figures, two: Figures) -> tuple[str, ...]:
    """Where two entries differ: names of totals, and "ref answer" per line."""
    found = [name for name in ("issued", "returned", "valid", "void") if getattr(one, name) != getattr(two, name)]
    answers = ANSWERS[Form(rules.form)]
    for ref, left, right in zip(rules.options, one.lines, two.lines, strict=True):
        found += [f"{ref} {answer}" for answer, a, b in zip(answers, left, right, strict=True) if a != b]
    return tuple(found)


def from_choices(rules: Rules, votes: Iterable[Sequence[str]], issued: int) -> Figures:
    """Figures from recorded choices: per deputy the refs ticked (SELECT) or one answer per line."""
    given = list(votes)
    if rules.form == Form.SELECT:
        ticks = Counter(ref for vote in given for ref in vote)
        return Figures(issued, len(given), len(given), 0, tuple((ticks[ref],) for ref in rules.options))
    answers = ANSWERS[Form(rules.form)]
    lines = tuple(
        tuple(sum(vote[i] == answer for vote in given) for answer in answers) for i in range(len(rules.options))
    )
    return Figures(issued, len(given), len(given), 0, lines)


def choices_fit(rules: Rules, vote: Sequence[str]) -> bool:
    """May a deputy vote so by name?"""
    if rules.form == Form.SELECT:
        return len(set(vote)) == len(vote) <= rules.maximum and set(vote) <= set(rules.options)
    return len(vote) == len(rules.options) and set(vote) <= {str(answer) for answer in ANSWERS[Form(rules.form)]}
