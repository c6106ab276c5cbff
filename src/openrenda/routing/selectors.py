"""Reads: the advice for a new case, how often it was right, what the page of routing shows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.db.models import Count, Q

from openrenda.kernel.actor import Actor
from openrenda.orgs.models import Unit
from openrenda.orgs.states import UnitKind

from . import sources
from .figures import ADVISED, Figures, Hits
from .learned import FORMAT, NOTHING, Learned, Near, Reader, Seen
from .models import Advised, Run, Version
from .offices import duties_of
from .spans import spans
from .values import (
    Advice,
    CaseLink,
    CategoryAdvice,
    CategoryLine,
    Ground,
    Reason,
    Subject,
    UnitAdvice,
)
from .weighing import DutyBook, Hint, best, shares, weigh

NEAREST = 40
CASES_SHOWN = 2
WORDS_SHOWN = 3
LEAST_LIKENESS = 0.12
"""Below this two texts share little more than common characters."""
NEVER_ASKED = (UnitKind.STATION, UnitKind.GOVERNMENT, UnitKind.NPC)

_cache: dict[int, tuple[int, Reader]] = {}
_cache_lock = Lock()


@dataclass(frozen=True, slots=True)
class Known:
    """The version in force and how to read it; without one nothing was learned yet."""

    version: Version | None = None
    reader: Reader | None = None


def in_force(congress_id: int) -> Known:
    """The newest version of this format. One query; two when this process has not read it yet."""
    row = _newest(congress_id)
    if row is None:
        return Known()
    with _cache_lock:
        kept = _cache.get(congress_id)
    if kept is not None and kept[0] == row.pk:
        return Known(row, kept[1])
    arrays = Version.objects.filter(pk=row.pk).values_list("arrays", flat=True).first()
    if arrays is None:  # a newer one was stored meanwhile and this one thrown away
        return Known()
    reader = Reader(Learned.unpack(bytes(arrays)))
    with _cache_lock:
        _cache[congress_id] = (row.pk, reader)
    return Known(row, reader)


def _newest(congress_id: int) -> Version | None:
    return Version.objects.filter(congress_id=congress_id, format=FORMAT).defer("arrays").order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Offices:
    """The district's units: names of those that can be asked, and who took over from those that ended."""

    names: Mapping[int, str]
    heir: Mapping[int, int | None]
    book: DutyBook


def offices(congress_id: int, reader: Reader | None = None) -> Offices:
    """One query."""
    fields = ("pk", "name", "short_name", "kind", "dissolved_on", "successor_id")
    rows = list(Unit.objects.filter(congress_id=congress_id).exclude(kind=UnitKind.STATION).values_list(*fields))
    next_of = {pk: successor for pk, _, _, _, _, successor in rows}
    living = {
        pk: short or name
        for pk, name, short, kind, dissolved, _ in rows
        if dissolved is None and kind not in NEVER_ASKED
    }
    duties = duties_of((pk, name) for pk, name, _, kind, _, _ in rows if pk in living and kind != UnitKind.STREET)
    book = DutyBook(duties, reader.duty_cases, reader.learned.examples) if reader else DutyBook(duties)
    return Offices(living, {pk: _heir(pk, next_of, living) for pk in next_of}, book)


def _heir(pk: int, next_of: Mapping[int, int | None], living: Mapping[int, str]) -> int | None:
    """The living unit that has its duties; successors never form a circle longer than the list of units."""
    step: int | None = pk
    for _ in next_of:
        if step is None or step in living:
            return step
        step = next_of.get(step)
    return None


@dataclass(frozen=True, slots=True)
class _Question:
    """All that one advice looks at."""

    subject: Subject
    known: Known
    offices: Offices
    lines: Mapping[int, CategoryLine]
    seen: Seen


def _question(congress_id: int, subject: Subject) -> _Question:
    known = in_force(congress_id)
    seen = known.reader.see(subject.title, subject.body) if known.reader else NOTHING
    return _Question(subject, known, offices(congress_id, known.reader), sources.lines_of(congress_id), seen)


def advise(congress_id: int, subject: Subject, *, actor: Actor) -> Advice:
    """Category and units for a new case, with reasons that this reader may see. At most five queries and one gate a
    kind of case, whatever was learned; never raises: where nothing is known it says so (`fallback`)."""
    question = _question(congress_id, subject)
    reader, version = question.known.reader, question.known.version
    points, hints = _unit_points(question)
    chosen = best({unit: value for unit, value in points.items() if value > 0}, ADVISED)
    cases = _cases(question, chosen, actor) if reader is not None else {}
    parts = shares(points, chosen)
    return Advice(
        categories=_categories(question),
        units=tuple(
            UnitAdvice(
                unit, question.offices.names[unit], parts[unit], _why(question, unit, hints, cases.get(unit, ()))
            )
            for unit in chosen
        ),
        learned_from=version.examples if version else 0,
        learned_at=version.learned_at if version else None,
        fallback=version is None,
    )


def advised_units(congress_id: int, subject: Subject) -> tuple[Version | None, list[int], int | None]:
    """(version, units in order, category) without reasons and without a reader: what is written down. Three queries."""
    question = _question(congress_id, subject)
    points, _ = _unit_points(question)
    categories = _categories(question)
    units = best({unit: value for unit, value in points.items() if value > 0}, ADVISED)
    return question.known.version, units, categories[0].category_id if categories else None


def _unit_points(question: _Question) -> tuple[dict[int, float], dict[int, Hint]]:
    subject, reader = question.subject, question.known.reader
    scores: dict[int, float] = {}
    if reader is not None:
        scores = reader.unit_scores(question.seen, subject.category_id, subject.kind)
    hints = question.offices.book.hints(subject.title, subject.body)
    points = weigh(scores, hints, subject.place, usual=_usual(question), heir=question.offices.heir)
    return {unit: value for unit, value in points.items() if unit in question.offices.names}, hints


def _usual(question: _Question) -> int | None:
    category = question.subject.category_id
    line = question.lines.get(category) if category is not None else None
    return line.unit_id if line else None


# -- reasons -----------------------------------------------------------------------------------------------------------


def _why(
    question: _Question, unit: int, hints: Mapping[int, Hint], cases: Sequence[tuple[Ground, CaseLink]]
) -> tuple[Reason, ...]:
    """The map first, then words, then past cases."""
    subject, reader = question.subject, question.known.reader
    reasons = []
    usual = _usual(question)
    if usual is not None and question.offices.heir.get(usual) == unit:
        reasons.append(Reason(Ground.MAP))
    label = subject.place.label(unit)
    if label in hints:
        reasons.append(Reason(Ground.DUTY, hints[label].words[: WORDS_SHOWN + 1]))
    if reader is not None and label in reader.label_column:
        reasons += _learned_reasons(question, reader, label)
    return (*reasons, *(Reason(ground, case=case) for ground, case in cases))


def _learned_reasons(question: _Question, reader: Reader, label: int) -> list[Reason]:
    subject, learned, column = question.subject, reader.learned, reader.label_column[label]
    reasons = []
    row = reader.category_row.get(subject.category_id) if subject.category_id is not None else None
    if row is not None and learned.unit_by_category[row, column] > learned.unit_by_category[row].mean() + 0.1:
        reasons.append(Reason(Ground.CATEGORY))
    speaking = reader.for_label(question.seen, label)
    if said := spans(subject.title, subject.body, speaking, WORDS_SHOWN):
        reasons.append(Reason(Ground.WORDS, said))
    return reasons


def _cases(question: _Question, units: Sequence[int], actor: Actor) -> dict[int, list[tuple[Ground, CaseLink]]]:
    """For each unit past cases like this one that it handled or returned, only those this reader may open."""
    reader, subject = question.known.reader, question.subject
    assert reader is not None, "asked only when something was learned"
    near = [
        one
        for one in reader.near(question.seen, NEAREST)
        if one.likeness >= LEAST_LIKENESS and _key(reader, one) != (subject.kind, subject.object_id)
    ]
    wanted: dict[str, list[int]] = defaultdict(list)
    told = [(one, ground, unit) for one in near for ground, unit in _roles(question, reader, one) if unit in units]
    for one, _, _ in told:
        kind, pk = _key(reader, one)
        wanted[kind].append(pk)
    links = sources.openable(actor, wanted)
    found: dict[int, list[tuple[Ground, CaseLink]]] = defaultdict(list)
    for one, ground, unit in told:
        link = links.get(_key(reader, one))
        if link is not None and sum(said is ground for said, _ in found[unit]) < CASES_SHOWN:
            found[unit].append((ground, link))
    return found


def _key(reader: Reader, one: Near) -> tuple[str, int]:
    learned = reader.learned
    return str(learned.kinds[learned.case_kind[one.row]]), int(learned.case_id[one.row])


def _roles(question: _Question, reader: Reader, one: Near) -> list[tuple[Ground, int]]:
    """Who handled that case, who returned it."""
    learned, place = reader.learned, question.subject.place
    heir = question.offices.heir
    said = [(Ground.CASE, int(learned.case_label[one.row]))]
    said += [(Ground.RETURNED, int(label)) for row, label in learned.refusals.tolist() if row == one.row]
    units = [(ground, place.unit(label)) for ground, label in said if label]
    return [(ground, to) for ground, unit in units if unit is not None and (to := heir.get(unit)) is not None]


# -- categories --------------------------------------------------------------------------------------------------------


def _categories(question: _Question) -> tuple[CategoryAdvice, ...]:
    """Only categories that are in use."""
    subject, reader, lines = question.subject, question.known.reader, question.lines
    if reader is None or not reader.learned.category_labels.size:
        return _by_name(subject, lines)
    seen = question.seen
    scores = {pk: value for pk, value in reader.category_scores(seen).items() if pk in lines and value > 0}
    chosen = best(scores, ADVISED)
    parts = shares(scores, chosen)
    return tuple(
        CategoryAdvice(
            pk,
            lines[pk].name,
            parts[pk],
            _word_reasons(subject, reader.for_category(seen, pk)),
        )
        for pk in chosen
    )


def _word_reasons(subject: Subject, speaking: Mapping[str, float]) -> tuple[Reason, ...]:
    said = spans(subject.title, subject.body, speaking, WORDS_SHOWN)
    return (Reason(Ground.WORDS, said),) if said else ()


def _by_name(subject: Subject, lines: Mapping[int, CategoryLine]) -> tuple[CategoryAdvice, ...]:
    """Before anything was learned: categories whose name, or a pair of its characters, stands in the text."""
    found: dict[int, float] = {}
    for line in lines.values():
        pairs = {a + b for a, b in zip(line.name, line.name[1:], strict=False)}
        hits = sum((pair in subject.title) * 2 + (pair in subject.body) for pair in pairs)
        if hits:
            found[line.category_id] = hits / max(len(pairs), 1)
    chosen = best(found, ADVISED)
    parts = shares(found, chosen)
    return tuple(CategoryAdvice(pk, lines[pk].name, parts[pk], (Reason(Ground.NAME),)) for pk in chosen)


# -- how often it was right --------------------------------------------------------------------------------------------


def hit_rate(congress_id: int, since: datetime | None = None) -> Hits:
    """Of choices made with learned advice: how often it named who has the matter now. One query."""
    rows = Advised.objects.filter(congress_id=congress_id, version__isnull=False)
    if since is not None:
        rows = rows.filter(at__gte=since)
    told = rows.aggregate(n=Count("pk"), first=Count("pk", filter=Q(rank=1)), among=Count("pk", filter=Q(rank__gt=0)))
    return Hits(told["n"], told["first"], told["among"])


def new_choices(congress_id: int) -> int:
    """Choices that the newest version does not know yet. Two queries."""
    learned_at = Version.objects.filter(congress_id=congress_id).order_by("-pk").values_list("learned_at", flat=True)
    rows = Advised.objects.filter(congress_id=congress_id)
    newest = learned_at.first()
    return rows.filter(moved_at__gt=newest).count() if newest else rows.count()


@dataclass(frozen=True, slots=True)
class Mistake:
    """Who handled it, who would have been advised first, how often."""

    unit: str
    advised: str
    n: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What the page of routing shows. Without a version: nothing was learned yet."""

    version: Version | None
    figures: Figures
    live: Hits
    new: int
    mistakes: tuple[Mistake, ...]
    run: Run | None


def standing(congress_id: int, since: datetime | None = None) -> Standing:
    """Six queries at most."""
    version = _newest(congress_id)
    figures = Figures.read(version.figures) if version else Figures()
    ids = {unit for found in figures.mistakes for unit in found[:2]}
    names = {unit.pk: str(unit) for unit in Unit.objects.filter(pk__in=ids)} if ids else {}
    return Standing(
        version,
        figures,
        hit_rate(congress_id, since),
        new_choices(congress_id),
        tuple(Mistake(names.get(unit, "—"), names.get(said, "—"), n) for unit, said, n in figures.mistakes),
        Run.objects.filter(congress_id=congress_id).first(),
    )


def kind_labels(figures: Figures) -> list[tuple[str, Hits]]:
    """The figures of each kind under its name. No query."""
    return [(sources.label_of(kind), hits) for kind, hits in figures.by_kind.items()]
