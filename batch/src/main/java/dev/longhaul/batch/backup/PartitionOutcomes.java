package dev.longhaul.batch.backup;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.longhaul.backupstore.catalog.ProofJson;
import dev.longhaul.backupstore.format.MalformedException;
import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.verdict.Proof;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Reads what the partitions of a night left behind, in this start of it or an earlier
 * one.
 */
final class PartitionOutcomes {

	static final String BACK_UP = "application";

	static final String READ_BACK = "readBack";

	private static final String PROOF = "proof";

	private final JobRepository repository;

	private final NightOrder order;

	PartitionOutcomes(JobRepository repository, NightOrder order) {
		this.repository = repository;
		this.order = order;
	}

	/** Of every application of the night. */
	Map<ApplicationName, Outcome> outcomes(JobInstance night) {
		Map<ApplicationName, Outcome> outcomes = new LinkedHashMap<>();
		for (ApplicationDefinition application : order.applications()) {
			outcomes.put(application.name(), Outcome.readFrom(last(night, BACK_UP, application.name()).orElseThrow()));
		}
		return outcomes;
	}

	Outcome outcome(JobInstance night, ApplicationName application) {
		return Outcome.readFrom(last(night, BACK_UP, application).orElseThrow());
	}

	/** Of those applications that were read back. */
	Map<ApplicationName, Proof> proofs(JobInstance night) {
		Map<ApplicationName, Proof> proofs = new LinkedHashMap<>();
		for (ApplicationDefinition application : order.applications()) {
			last(night, READ_BACK, application.name())
				.filter(execution -> execution.getExecutionContext().containsKey(PROOF))
				.ifPresent(execution -> proofs.put(application.name(), readProof(execution)));
		}
		return proofs;
	}

	static void writeProof(StepExecution execution, Proof proof) {
		execution.getExecutionContext().putString(PROOF, ProofJson.write(proof));
	}

	private static Proof readProof(StepExecution execution) {
		try {
			return ProofJson.read(execution.getExecutionContext().getString(PROOF));
		}
		catch (MalformedException ex) {
			throw new IllegalStateException("the job repository does not give back what was put into it", ex);
		}
	}

	private Optional<StepExecution> last(JobInstance night, String step, ApplicationName application) {
		return Optional.ofNullable(repository.getLastStepExecution(night, step + ":" + application));
	}

}
