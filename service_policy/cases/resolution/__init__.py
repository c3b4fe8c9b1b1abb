"""How a case ends and begins again: the company proposes, the customer disposes."""
