"""What turns the words of articles into codes, loaded once for all of them."""

from dataclasses import dataclass

from transforms.extract.entries import Lexicon
from transforms.extract.kinds import Kinds
from transforms.resolve.actors import ActorCoder
from transforms.resolve.places import Gazetteer


@dataclass(frozen=True, slots=True)
class Resolvers:
    """What turns words into codes."""

    coder: ActorCoder
    gazetteer: Gazetteer
    kinds: Kinds
    lexicon: Lexicon
