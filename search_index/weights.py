"""Every number that ranking was tuned with. Twin of ``js/weights.mjs``, which explains each."""

from typing import Final

SLOTS: Final[dict[str, float]] = {
    "abbreviation": 0.8,
    "acronym": 0.45,
    "synonym": 0.35,
    "joined": 0.9,
    "split": 0.9,
    "prefix": 0.8,
    "knownPrefix": 0.8,
    "prefixAlone": 0.35,
    "neighbour": 0.7,
    "neighbourInPair": 0.7,
    "neighbourAlone": 0.28,
    "slip": 0.45,
    "light": 0.65,
}

CONFIDENCE: Final[dict[str, float]] = {
    "pair": 1,
    "bodyPair": 0.6,
    "word": 0.5,
    "otherAccents": 0.6,
    "light": 0.35,
    "enough": 0.6,
}

RERANK: Final[dict[str, float]] = {
    "exact": 0.5,
    "pair": 0.6,
    "titleOverlap": 1.1,
    "lightTitle": 0.4,
    "k1": 1.2,
    "bTitle": 0.9,
    "bBody": 0.75,
    "title": 1.2,
    "body": 1,
    "keywords": 1.2,
    "pairTitle": 1.5,
    "pairBody": 1.2,
    "pairKeywords": 1.2,
}
