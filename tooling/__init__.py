"""What the tasks of `tasks.py` do: building, serving, locking, checking."""
