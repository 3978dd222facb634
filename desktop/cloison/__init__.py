"""Compartmented documents on stand-alone workstations."""
