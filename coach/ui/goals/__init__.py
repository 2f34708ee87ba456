"""The list of goals: how it is drawn, and what is asked and changed there."""
