"""Pipes under the floor: database, job queue, keys, clock. Imports no room."""
