"""Where the training corpora are, and what they are."""

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
