"""`inv migrate-content`: what a program can do to bring content up to a new version."""
