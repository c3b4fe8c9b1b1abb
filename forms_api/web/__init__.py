"""The desk's web face: HTML forms for people, JSON for programs, one error door for both."""
