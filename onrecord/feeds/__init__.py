"""Feeds watched for an archive: politely, for days, whatever they and the network do.

listing.py   the bytes of a feed -> the pages and feeds it lists      robots.py   what a site allows
sites.py     many sites at once, each politely                        memory.py   what was seen, in the archive
watch.py     the loop
"""

from onrecord.feeds.listing import Entry, Listing, listing
from onrecord.feeds.sites import Sites
from onrecord.feeds.watch import EVERY, Watch

__all__ = ["EVERY", "Entry", "Listing", "Sites", "Watch", "listing"]
