package dev.longhaul.batch.backup;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * One partition per application, named after it, so that a restart finds the same ones.
 */
final class ApplicationPartitioner implements Partitioner {

	private final NightOrder order;

	ApplicationPartitioner(NightOrder order) {
		this.order = order;
	}

	@Override
	public Map<String, ExecutionContext> partition(int gridSize) {
		Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
		for (ApplicationDefinition application : order.applications()) {
			partitions.put(application.name().value(), new ExecutionContext());
		}
		return partitions;
	}

	/**
	 * The application of a partition, by the name of its step:
	 * {@code <step>:<application>}. Its context may be empty for ever, because Spring
	 * Batch saves that later than the partition itself, and a process may be killed in
	 * between.
	 */
	static ApplicationDefinition application(StepExecution partition, NightOrder order) {
		String step = partition.getStepName();
		ApplicationName name = new ApplicationName(step.substring(step.indexOf(':') + 1));
		return order.applications()
			.stream()
			.filter(application -> application.name().equals(name))
			.findFirst()
			.orElseThrow();
	}

}
