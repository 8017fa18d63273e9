"""The archive in a browser: pages for reading, checking and following; the same as JSON, feeds and files."""

from onrecord.web.app import create

__all__ = ["create"]
