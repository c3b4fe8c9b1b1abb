"""``/noi-bo/``: the staff's side of the house, behind password and one-time code."""
