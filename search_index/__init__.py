"""Vietnamese search: one description of the text, one index for the browser, one for the server."""

from search_index.published import build_server_index, publish

__all__ = ["build_server_index", "publish"]
