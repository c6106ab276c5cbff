"""Tables of the slice: stations and categories, opinions with their hops and clocks, reception days."""

from .opinion import (
    Clock,
    Opinion,
    OpinionDeputy,
    OpinionStep,
    Referral,
    ResidentContact,
    SecrecyIncident,
    TrackAttempt,
)
from .reception import Booking, ReceptionDeputy, ReceptionEvent
from .station import Category, Station

__all__ = [
    "Booking",
    "Category",
    "Clock",
    "Opinion",
    "OpinionDeputy",
    "OpinionStep",
    "ReceptionDeputy",
    "ReceptionEvent",
    "Referral",
    "ResidentContact",
    "SecrecyIncident",
    "Station",
    "TrackAttempt",
]
