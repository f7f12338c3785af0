package dev.longhaul.batch.verify;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import dev.longhaul.backupstore.catalog.VerificationJson;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.run.Verification;
import dev.longhaul.core.run.Verification.Reading;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * What the steps of a verification leave behind for its last one, in this start of it or
 * an earlier one.
 */
final class KeptReadings {

	private static final String READINGS = "readings";

	private final JobRepository repository;

	private final VerifyOrder order;

	KeptReadings(JobRepository repository, VerifyOrder order) {
		this.repository = repository;
		this.order = order;
	}

	static String step(ApplicationName application) {
		return "readBack:" + application;
	}

	static void write(StepExecution execution, Night run, Instant now, List<Reading> readings) {
		byte[] document = VerificationJson.write(new Verification(run, now, null, readings));
		execution.getExecutionContext().putString(READINGS, new String(document, StandardCharsets.UTF_8));
	}

	/** Of all applications. */
	List<Reading> all(JobInstance instance) {
		return order.applications()
			.stream()
			.map(application -> repository.getLastStepExecution(instance, step(application)))
			.filter(execution -> execution != null && execution.getExecutionContext().containsKey(READINGS))
			.flatMap(execution -> read(execution).stream())
			.toList();
	}

	private static List<Reading> read(StepExecution execution) {
		try {
			String document = execution.getExecutionContext().getString(READINGS);
			return VerificationJson.read(document.getBytes(StandardCharsets.UTF_8)).readings();
		}
		catch (MalformedException ex) {
			throw new IllegalStateException("the job repository does not give back what was put into it", ex);
		}
	}

}
