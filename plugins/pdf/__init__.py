"""Papers: the files of documents, made from the same models as the pages.

Pure functions from models to bytes; Pelican is not needed. `issue_files` makes every file of the
register, `typst_pdf` turns data and a template of `theme/typst/` into a PDF.
"""
