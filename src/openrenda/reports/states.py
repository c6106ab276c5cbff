"""What is drawn on the map."""

from openrenda.kernel.enums import Labelled
from openrenda.kernel.text import N_


class ShapeKind(Labelled):
    """A street's ground, or a line to find one's way by."""

    STREET = "street", N_("街道")
    WATER = "water", N_("河渠")
    ROAD = "road", N_("道路")


class PlaceKind(Labelled):
    """What a mark on the map stands for."""

    STATION = "station", N_("联络站")
    OPINION = "opinion", N_("群众意见")
    SUGGESTION = "suggestion", N_("代表建议")
