package dev.longhaul.batch.backup;

import java.util.Collection;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.partition.StepExecutionAggregator;
import org.springframework.batch.core.step.StepExecution;

/**
 * Lets a step of many partitions complete although some have failed: what came of each is
 * looked at later, and the others' manifest is still to be written. A stop, or a failure
 * of the job repository itself, is passed on.
 */
final class PartAggregator implements StepExecutionAggregator {

	@Override
	public void aggregate(StepExecution whole, Collection<StepExecution> parts) {
		for (StepExecution part : parts) {
			if (part.getStatus() != BatchStatus.FAILED) {
				whole.upgradeStatus(part.getStatus());
			}
		}
	}

}
