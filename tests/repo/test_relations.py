"""Foreign keys make arrows that no import scanner sees; so Django itself is asked."""

import ast

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import Field, Model

from tests.repo.tree import TIER_OF, modules, name

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def ours() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in TIER_OF]


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_downwards(model: type[Model]) -> None:
    for field in model._meta.get_fields():
        related = field.related_model
        if not isinstance(field, Field) or not isinstance(related, type):
            continue
        start, end = model._meta.app_label, related._meta.app_label
        if start != end and end in TIER_OF:
            assert TIER_OF[end] < TIER_OF[start], f"{model.__name__}.{field.name} points up or sideways, to {end}"


@pytest.mark.parametrize("path", modules(), ids=name)
def test_foreign_keys_across_apps_name_the_class(path: object) -> None:
    strings = [
        node.args[0].value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))  # type: ignore[attr-defined]
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in RELATIONS
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    ]
    assert not [text for text in strings if "." in text], "name the class, so that the arrow can be seen"


def test_migrations_are_linear() -> None:
    leaves = [leaf for leaf in MigrationLoader(None).graph.leaf_nodes() if leaf[0] in TIER_OF]
    assert len(leaves) == len({app for app, _ in leaves}), f"two last migrations in one app: {leaves}"
