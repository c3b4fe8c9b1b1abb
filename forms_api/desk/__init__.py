"""What the staff's side reads and exports: queues, cases, searches, links between departments."""
