"""The JSON API, version 1: ``views`` answers, ``openapi`` describes, the rest is JSON itself."""
