"""How the life story names those who act for an institution."""

from openrenda.kernel.text import N_

OFFICE = N_("代表工委")
HUB = N_("政府督查室")
BOTH = N_("代表工委、政府督查室会商")
CLOCKWORK = N_("系统")
COMMITTEE = N_("对口工委")
INSTITUTIONS = frozenset({OFFICE, HUB, BOTH, CLOCKWORK, COMMITTEE})
