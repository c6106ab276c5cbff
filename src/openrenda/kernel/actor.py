"""Who acts: a value, never a request."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, with which powers, from where.

    `roles` holds (role code, scope id) pairs of the hat being worn: the scope is a unit's id, for a deputy's roles
    the mandate's id. `on_behalf_of` names whom a clerk or a load speaks for. `origin` is an address, "queue" or "cli".
    """

    urn: str
    name: str
    congress_id: int
    roles: frozenset[tuple[str, int]] = frozenset()
    person_id: int | None = None
    on_behalf_of: str = ""
    origin: str = ""

    @classmethod
    def anonymous(cls, congress_id: int, origin: str = "") -> "Actor":
        """A visitor without an account."""
        return cls(urn="public", name="访客", congress_id=congress_id, origin=origin)

    @classmethod
    def system(cls, name: str, congress_id: int, roles: frozenset[tuple[str, int]] = frozenset()) -> "Actor":
        """The clockwork: nightly sweeps, queue, loads. It holds no role unless given one."""
        return cls(urn=f"system:{name}", name=name, congress_id=congress_id, roles=roles, origin="queue")

    @property
    def is_anonymous(self) -> bool:
        return self.urn == "public"

    @property
    def is_system(self) -> bool:
        return self.urn.startswith("system:")

    def holds(self, role: str, scope_id: int | None) -> bool:
        """Does the worn hat give `role` over just this scope?"""
        return scope_id is not None and (str(role), scope_id) in self.roles

    def has(self, *roles: str) -> bool:
        """Does the worn hat give any of `roles`, over whatever scope?"""
        wanted = {str(role) for role in roles}
        return any(role in wanted for role, _ in self.roles)

    def scopes(self, *roles: str) -> frozenset[int]:
        """All scopes over which the worn hat gives any of `roles`."""
        wanted = {str(role) for role in roles}
        return frozenset(scope for role, scope in self.roles if role in wanted)

    def speaking_for(self, whom: str) -> "Actor":
        """The same actor, on behalf of `whom` (a walk-in, a unit's paper reply)."""
        return replace(self, on_behalf_of=whom)
