"""A private, offline daily planner, breathing room and goal coach for the terminal."""

__version__ = "0.1.0"
