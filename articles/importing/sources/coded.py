"""What people coded before a document came here: a passage, who says it, and what it says to a concept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded passage. `start`: characters of the document's text before it; `agrees` None: no stance was coded."""

    quote: str
    start: int
    prefix: str = ""
    suffix: str = ""
    person: str = ""
    organisation: str = ""
    concept: str = ""
    agrees: bool | None = None
    rule: str = "dna"
