"""The people of the desk: accounts, passwords, one-time codes, sessions."""
