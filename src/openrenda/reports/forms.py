"""The drawing is brought as a file."""

from django import forms

from openrenda.kernel.text import N_

from .geometry import MAX_BYTES


class DrawingForm(forms.Form):
    """One GeoJSON file."""

    file = forms.FileField(label=N_("街道图文件（GeoJSON）"), max_length=200)

    def raw(self) -> bytes:
        """What the file holds, and a byte more than it may."""
        given: bytes = self.cleaned_data["file"].read(MAX_BYTES + 1)
        return given
