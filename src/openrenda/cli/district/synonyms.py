"""How people call the places of a district: each row a group of names that the search takes for one another."""

from openrenda.kernel.actor import Actor
from openrenda.kernel.errors import Invalid
from openrenda.search.actions import add_synonyms
from openrenda.search.models import SynonymKind

from .reading import BadCell, Row

SYNONYM_COLUMNS = ("词组", "说明")


def take_synonyms(row: Row, actor: Actor) -> None:
    """One row of synonyms.csv."""
    try:
        add_synonyms(kind=SynonymKind.PLACE, words=row.codes("词组"), note=row.text("说明"), actor=actor)
    except Invalid as refusal:
        raise BadCell("词组", refusal.message.format(**refusal.params)) from None
