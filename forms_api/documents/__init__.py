"""Documents that are asked for: which copy goes out, what its letter says, where its file lies."""
