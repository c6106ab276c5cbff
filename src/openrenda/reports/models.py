"""The district as it is drawn on our map."""

from django.db import models
from django.db.models import Q

from openrenda.kernel.models import values_check
from openrenda.orgs.models import Congress, Unit

from .states import ShapeKind


class Shape(models.Model):
    """The ground of a street, or a named line. `parts`: polygons of rings of [lng, lat] (a line is one ring)."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="shape", null=True)
    name = models.CharField(max_length=80)
    parts = models.JSONField()

    class Meta:
        constraints = [
            values_check("kind", ShapeKind, "shape_kind"),
            models.CheckConstraint(
                name="shape_street_has_unit",
                condition=Q(kind=ShapeKind.STREET, unit__isnull=False) | ~Q(kind=ShapeKind.STREET) & Q(unit=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name
