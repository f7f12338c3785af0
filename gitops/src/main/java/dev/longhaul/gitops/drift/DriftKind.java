package dev.longhaul.gitops.drift;

/**
 * The ways in which what runs differs from what Git says.
 */
public enum DriftKind {

	/**
	 * Longhorn copies volumes of an application by itself, or deletes what nights need.
	 */
	RECURRING_JOB_CONFLICT("recurring-job-conflict", Side.CONFLICT, Source.CLUSTER),

	/** Longhorn copies volumes that no application holds. */
	RECURRING_JOB_UNDECLARED("recurring-job-undeclared", Side.NOT_DECLARED, Source.CLUSTER),

	/** A volume is used and no application holds it. */
	VOLUME_UNPROTECTED("volume-unprotected", Side.NOT_DECLARED, Source.CLUSTER),

	/** The bucket has nights of a job that is not declared. */
	NIGHTS_UNDECLARED("nights-undeclared", Side.NOT_DECLARED, Source.TARGET),

	/** An application was made quiet by what is not declared. */
	QUIET_UNDECLARED("quiet-undeclared", Side.NOT_DECLARED, Source.CLUSTER),

	/** A job does not start until somebody resumes it. */
	JOB_SUSPENDED("job-suspended", Side.NOT_RUNNING, Source.GIT),

	/** A job has no instant at which it could start. */
	JOB_NEVER_DUE("job-never-due", Side.NOT_RUNNING, Source.GIT),

	/** A night was due and the bucket has none since. */
	JOB_OVERDUE("job-overdue", Side.NOT_RUNNING, Source.TARGET),

	/** What an application names is not in the cluster. */
	APPLICATION_UNMATCHED("application-unmatched", Side.NOT_RUNNING, Source.CLUSTER),

	/** No BackupJob has the application. */
	APPLICATION_WITHOUT_JOB("application-without-job", Side.NOT_RUNNING, Source.GIT),

	/** Longhorn does something to volumes of an application that no night minds. */
	RECURRING_JOB_HARMLESS("recurring-job-harmless", Side.HARMLESS, Source.CLUSTER);

	private final String word;

	private final Side side;

	private final Source source;

	DriftKind(String word, Side side, Source source) {
		this.word = word;
		this.side = side;
		this.source = source;
	}

	/** As machines read it. */
	public String word() {
		return word;
	}

	public Side side() {
		return side;
	}

	/** Without it nothing is known of this kind. */
	public Source source() {
		return source;
	}

	/** Which of the two differs from the other. */
	public enum Side {

		/** Both want the same volumes. */
		CONFLICT("Conflicts"),

		/** It runs. */
		NOT_DECLARED("Runs, and is not in Git"),

		/** It is declared. */
		NOT_RUNNING("In Git, and does not run"),

		/** Neither: no drift, and good to know. */
		HARMLESS("Beside it, and harmless");

		private final String heading;

		Side(String heading) {
			this.heading = heading;
		}

		/** For people. */
		public String heading() {
			return heading;
		}

	}

}
