"""Mutation testing of pure packages: which small faults in the code do the tests notice?"""
