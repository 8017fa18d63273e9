"""Conditional and unconditional threats, ultimatums, promises and offers: by whom, to whom, and on which condition."""

from onrecord.commitments.conditions import Conditional, conditionals
from onrecord.commitments.find import find_commitments

__all__ = ["Conditional", "conditionals", "find_commitments"]
