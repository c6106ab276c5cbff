"""Columns, constraints and triggers of livelihood projects."""

from .idea import Idea, IdeaContact, IdeaStep
from .project import Milestone, Project, ProjectStep, Revision, Score, ScreeningOpinion
from .works import (
    Adjustment,
    Evaluation,
    Inspection,
    Progress,
    SupervisionGroup,
    SupervisionOrder,
)
from .year import Year

__all__ = [
    "Adjustment",
    "Evaluation",
    "Idea",
    "IdeaContact",
    "IdeaStep",
    "Inspection",
    "Milestone",
    "Progress",
    "Project",
    "ProjectStep",
    "Revision",
    "Score",
    "ScreeningOpinion",
    "SupervisionGroup",
    "SupervisionOrder",
    "Year",
]
