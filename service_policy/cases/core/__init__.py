"""What every topic stands on: the case, its events and commands, folding and deciding."""
