"""Who works on a case, how long, and how it is seen that it lags."""
