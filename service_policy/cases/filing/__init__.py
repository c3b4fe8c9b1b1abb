"""How a case begins: what can be filed, and what is promised at once."""
