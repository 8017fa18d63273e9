"""The archive for assistants: tools of the Model Context Protocol over the functions that the pages and the API use."""

from onrecord.mcp.server import serve, server

__all__ = ["serve", "server"]
