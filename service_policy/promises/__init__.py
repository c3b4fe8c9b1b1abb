"""What the company promises: commitments, targets, clock, calendar, compensation, the policy."""
