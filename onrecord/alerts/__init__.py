"""Saved searches that tell of what is new: to a webhook, by e-mail, or through a command; each saying once.

saved.py    alerts in the archive, and what they find on a new page       outbox.py   delivering, and trying again
"""

from onrecord.alerts.outbox import Outbox
from onrecord.alerts.saved import Alert, Channel, Match, forget, matches, save, saved

__all__ = ["Alert", "Channel", "Match", "Outbox", "forget", "matches", "save", "saved"]
