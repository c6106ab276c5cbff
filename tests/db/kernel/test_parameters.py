"""The register of settings: checked, dated, never changed backwards."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, transaction

from openrenda.kernel import clock, parameters
from openrenda.kernel.errors import Invalid, NotFound
from openrenda.kernel.models import ParameterValue
from openrenda.kernel.parameters import BadValue, Kind, Parameter
from tests.makers.kernel import an_actor

ACTOR = an_actor("person:1")


@pytest.fixture(autouse=True)
def _own_register(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(parameters, "_register", {})
    return


def a_parameter(**given: object) -> Parameter:
    values: dict[str, object] = {
        "key": "test.days", "default": 15, "kind": Kind.INT, "description": "办理期限", "source": "办法",
        "minimum": 1, "maximum": 60,
    }  # fmt: skip
    return parameters.declare(**{**values, **given})  # type: ignore[arg-type]


def test_the_default_holds_until_a_value_is_set_and_for_others_after() -> None:
    days = a_parameter()
    assert parameters.value(days, 1) == 15
    parameters.set_value(parameter=days, raw=" 20 ", reason="试行", actor=ACTOR)
    assert parameters.number(days, 1) == 20
    assert parameters.value(days, 2) == 15


def test_a_value_holds_from_its_moment_on(clock: clock) -> None:  # type: ignore[valid-type]  # the fixture
    days = a_parameter()
    before = clock.now  # type: ignore[attr-defined]
    clock.forward(days=1)  # type: ignore[attr-defined]
    parameters.set_value(parameter=days, raw="20", reason="试行", actor=ACTOR)
    clock.forward(days=1)  # type: ignore[attr-defined]
    parameters.set_value(parameter=days, raw="30", reason="正式", actor=ACTOR)
    assert parameters.value(days, 1, at=before) == 15
    assert parameters.value(days, 1) == 30
    assert list(ParameterValue.objects.values_list("value", "reason").order_by("pk")) == [(20, "试行"), (30, "正式")]


@pytest.mark.parametrize("raw", ["", "0", "61", "1.5", "--5", "-", "１５", "15天", "99999999999"])
def test_what_is_no_value_is_refused(raw: str) -> None:
    with pytest.raises(BadValue):
        parameters.set_value(parameter=a_parameter(), raw=raw, reason="试行", actor=ACTOR)
    assert not ParameterValue.objects.exists()


def test_kinds() -> None:
    yes = a_parameter(key="test.yes", kind=Kind.BOOL, default=False)
    mode = a_parameter(key="test.mode", kind=Kind.CHOICE, default="a", choices=("a", "b"))
    assert parameters.check(yes, "true") is True
    assert parameters.check(mode, "b") == "b"
    for parameter, raw in ((yes, "ja"), (mode, "c")):
        with pytest.raises(BadValue):
            parameters.check(parameter, raw)


def test_a_change_needs_a_reason_and_leave_of_the_law() -> None:
    with pytest.raises(Invalid) as refused:
        parameters.set_value(parameter=a_parameter(), raw="20", reason=" ", actor=ACTOR)
    assert set(refused.value.fields) == {"reason"}
    fixed = a_parameter(key="test.fixed", fixed=True)
    with pytest.raises(BadValue):
        parameters.set_value(parameter=fixed, raw="20", reason="试行", actor=ACTOR)


def test_a_fixed_value_costs_no_query(django_assert_num_queries: pytest.FixtureRequest) -> None:
    fixed = a_parameter(fixed=True)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert parameters.value(fixed, 1) == 15


def test_the_register_knows_each_key_once() -> None:
    days = a_parameter()
    with pytest.raises(ValueError, match="twice"):
        a_parameter()
    assert parameters.parameter("test.days") is days
    assert parameters.all_parameters() == [days]
    with pytest.raises(NotFound):
        parameters.parameter("test.none")


def test_a_set_value_cannot_be_rewritten() -> None:
    parameters.set_value(parameter=a_parameter(), raw="20", reason="试行", actor=ACTOR)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ParameterValue.objects.update(value=99)
    assert ParameterValue.objects.get().value == 20
