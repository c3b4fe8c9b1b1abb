"""Thin adapters that teach Pelican our kinds: validated models in, pages out."""
