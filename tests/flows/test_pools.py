import multiprocessing
import os
import subprocess
import sys

import pytest

KEEPS_THE_LOCK = """
from flows.pools import WorkerPool

if __name__ == "__main__":
    with WorkerPool(1) as pool:
        assert pool._subprocess_message_queue._wlock.acquire()  # as a worker that is killed while it sends a log line
    print("done")
"""


def sleep_long():
    multiprocessing.Event().wait(60)


def test_an_interruption_ends_the_workers(prefect_server):
    from flows.pools import WorkerPool

    child = multiprocessing.get_context("spawn").Process(target=sleep_long)
    with pytest.raises(KeyboardInterrupt), WorkerPool(1):
        child.start()
        raise KeyboardInterrupt
    child.join(timeout=20)
    assert child.exitcode == -9


def test_a_worker_that_died_while_it_sent_a_message_does_not_hold_up_the_end(prefect_server, tmp_path):
    script = tmp_path / "run.py"
    script.write_text(KEEPS_THE_LOCK)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(script)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr
