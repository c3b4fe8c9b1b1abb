"""Defined terms: words that carry a condition, with the meaning that everybody may rely on."""

from service_policy.values import Model, Text, Url


class Term(Model):
    """A word or phrase, what it means here, and the page that says more."""

    term: Text
    meaning: Text
    page: Url


class Terms(Model):
    """``thuat-ngu.yaml``."""

    terms: tuple[Term, ...] = ()

    def defines(self, words: str) -> bool:
        """Say whether a term is defined, whatever its capitals."""
        return any(one.term.casefold() == words.casefold() for one in self.terms)
