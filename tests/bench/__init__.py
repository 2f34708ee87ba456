"""Measures coach against the budgets of its design: `python -m tests.bench`."""
