package dev.longhaul.batch.backup;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.longhaul.core.application.Application;
import dev.longhaul.core.application.ApplicationName;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * One partition per application, named after it, so that a restart finds the same ones.
 */
final class ApplicationPartitioner implements Partitioner {

	private static final String APPLICATION = "application";

	private final NightOrder order;

	ApplicationPartitioner(NightOrder order) {
		this.order = order;
	}

	@Override
	public Map<String, ExecutionContext> partition(int gridSize) {
		Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
		for (Application application : order.applications()) {
			ExecutionContext context = new ExecutionContext();
			context.putString(APPLICATION, application.name().value());
			partitions.put(application.name().value(), context);
		}
		return partitions;
	}

	/** The application of a partition. */
	static Application application(StepExecution partition, NightOrder order) {
		ApplicationName name = new ApplicationName(partition.getExecutionContext().getString(APPLICATION));
		return order.applications()
			.stream()
			.filter(application -> application.name().equals(name))
			.findFirst()
			.orElseThrow();
	}

}
