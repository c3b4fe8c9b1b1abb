"""``python -m tooling.sample_ledger``: write the sample ledger again."""

from tooling.sample_ledger import write

for file in write():
    print(file)
