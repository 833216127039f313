import pytest

from flows.coding import BatchCounts
from flows.extract import MAX_TASKS, group


@pytest.fixture
def code_groups(prefect_server):
    from prefect import flow

    from flows.extract import code_groups
    from flows.pools import WorkerPool
    from tests.flows.faulty import code_or_fail

    @flow
    def code(batch_ids):
        groups = [(batch_id,) for batch_id in batch_ids]
        outcomes = code_groups(groups, task=code_or_fail, shared={}, pool=WorkerPool, workers=1)
        return {group[0]: outcome for group, outcome in outcomes}

    return code


def test_batches_are_shared_out_among_a_bounded_number_of_tasks():
    assert group(["a", "b"]) == [("a",), ("b",)]
    many = [str(number) for number in range(1000)]
    groups = group(many)
    assert len(groups) <= MAX_TASKS
    assert [batch_id for batch_ids in groups for batch_id in batch_ids] == many
    assert group([]) == []


def test_a_batch_that_raises_or_kills_its_worker_fails_alone(code_groups):
    outcomes = code_groups(["raises", "kills", "one"])
    good = [batch_id for batch_id, outcome in outcomes.items() if isinstance(outcome, BatchCounts)]
    assert good == ["one"]
    assert "this batch cannot be coded" in str(outcomes["raises"])
    assert "its worker process died" in str(outcomes["kills"])
