"""First stage: whatever a user names becomes raw articles, and a reject for each thing that could not be read."""

from transforms.read.dispatch import read_path, read_payload
from transforms.read.expand import InputError, check_form, expand, is_file, unreadable
from transforms.read.formats import SUPPORTED_FORMS

__all__ = [
    "SUPPORTED_FORMS",
    "InputError",
    "check_form",
    "expand",
    "is_file",
    "read_path",
    "read_payload",
    "unreadable",
]
