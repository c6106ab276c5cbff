"""Advice on category and unit, learned from the cases at hand, each with its reasons. It advises; people decide.
No network, no model from elsewhere.
"""
