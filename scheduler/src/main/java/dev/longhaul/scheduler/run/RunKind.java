package dev.longhaul.scheduler.run;

import java.util.Arrays;

import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.DrillJob;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.MirrorJob;
import dev.longhaul.core.job.VerifyJob;

/**
 * What a run does.
 */
public enum RunKind {

	/** A night. */
	BACKUP("backup"),

	VERIFY("verify"),

	MIRROR("mirror"),

	DRILL("drill");

	private final String word;

	RunKind(String word) {
		this.word = word;
	}

	public static RunKind of(JobDefinition job) {
		if (job instanceof BackupJob) {
			return BACKUP;
		}
		if (job instanceof VerifyJob) {
			return VERIFY;
		}
		if (job instanceof MirrorJob) {
			return MIRROR;
		}
		if (job instanceof DrillJob) {
			return DRILL;
		}
		throw new IllegalStateException("a job of an unknown kind: " + job.name());
	}

	/**
	 * @throws IllegalArgumentException if it is the word of none
	 */
	static RunKind of(String word) {
		return Arrays.stream(values())
			.filter(kind -> kind.word.equals(word))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("'%s' is no kind of run".formatted(word)));
	}

	/** As it is kept and shown. */
	public String word() {
		return word;
	}

}
