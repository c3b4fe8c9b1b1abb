"""Sending money and recognising it again: accounts, VietQR, bank statements."""
