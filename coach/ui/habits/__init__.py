"""Habits as rows and forms, and what each key does to one, on whichever place it stands."""
