"""What is wrong in the pages of a MkDocs project, before anything is rendered. README.md tells how
it is used."""

from proofreader.command import main, render_text
from proofreader.faults import CheckError
from proofreader.glossary import Glossary
from proofreader.project import Project
from proofreader.record import Page
from proofreader.rule import RULES, Found, Problem, View, rule
from proofreader.run import TERMS, read_project, run_check, script_of
from proofreader.settings import KNOWN, Settings

__all__ = [
    "KNOWN",
    "RULES",
    "TERMS",
    "CheckError",
    "Found",
    "Glossary",
    "Page",
    "Problem",
    "Project",
    "Settings",
    "View",
    "main",
    "read_project",
    "render_text",
    "rule",
    "run_check",
    "script_of",
]
