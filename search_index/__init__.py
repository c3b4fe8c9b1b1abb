"""Vietnamese search: one description of the text, one index for the browser, one for the server."""

from search_index.published import site_files

__all__ = ["site_files"]
