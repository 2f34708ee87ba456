"""Looks after the files of a home: heals what can be healed, and knows what is missing."""
