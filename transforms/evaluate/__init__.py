"""The coder against texts coded by hand: how often it is right, and why it is not."""

from transforms.evaluate.evaluation import Evaluation, evaluate
from transforms.evaluate.gold import GoldDocument, GoldError, read_gold

__all__ = ["Evaluation", "GoldDocument", "GoldError", "evaluate", "read_gold"]
