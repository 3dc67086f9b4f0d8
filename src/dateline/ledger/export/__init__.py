"""The ledger in the formats of the event datasets that people know: their columns, codes and precisions, nothing invented."""
