"""The timeline of a day: what is fetched, how it is drawn, and what each key does."""
