package dev.longhaul.batch.backup;

import java.time.Instant;

import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * A night as the identifying parameters of its Spring Batch job, and back. They are kept
 * in the database in the clear, so nothing else is ever put into them.
 */
public final class NightParameters {

	private static final String JOB = "job";

	private static final String SCHEDULED_FOR = "scheduledFor";

	private NightParameters() {
	}

	public static JobParameters of(Night night) {
		return new JobParametersBuilder().addString(JOB, night.job().value())
			.addString(SCHEDULED_FOR, night.scheduledFor().toString())
			.toJobParameters();
	}

	public static Night night(JobParameters parameters) {
		return new Night(new JobName(required(parameters, JOB)), Instant.parse(required(parameters, SCHEDULED_FOR)));
	}

	private static String required(JobParameters parameters, String name) {
		String value = parameters.getString(name);
		if (value == null) {
			throw new IllegalArgumentException("the parameter '" + name + "' is missing");
		}
		return value;
	}

}
