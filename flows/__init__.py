"""Orchestration: Prefect flows and tasks, settings, deployments and the command line."""
