package dev.longhaul.core.failure;

/**
 * The catalogue of failures. A code is stable: it stands in messages, in documents for
 * machines and in metrics, and decides the exit status.
 */
public enum FailureCode {

	INVALID_USAGE(ExitStatus.USAGE, "The command line or the request is wrong, or a value in it."),

	INVALID_TARGET_URL(ExitStatus.USAGE, "The URL of the backup target is not one Longhorn or Longhaul understands."),

	INVALID_CONFIGURATION(ExitStatus.USAGE, "A setting is missing or wrong."),

	INVALID_DEFINITION(ExitStatus.USAGE,
			"A definition in the GitOps repository is not what it has to be; what was in force stays."),

	MISSING_CREDENTIALS(ExitStatus.USAGE, "The target needs credentials and none were given."),

	VOLUME_NOT_FOUND(ExitStatus.USAGE, "The target holds no backup volume of that name."),

	BACKUP_NOT_FOUND(ExitStatus.USAGE, "The backup volume holds no backup of that name."),

	APPLICATION_NOT_FOUND(ExitStatus.USAGE, "The bucket holds nothing of an application of that name."),

	JOB_NOT_FOUND(ExitStatus.USAGE, "No job of that name is declared, or none that can be run."),

	RUN_NOT_FOUND(ExitStatus.USAGE, "No run of that id is remembered."),

	RUN_OVER(ExitStatus.USAGE, "The run is over, so there is nothing to be cancelled."),

	EXPORT_NOT_FOUND(ExitStatus.USAGE, "No night recorded an export of that name, or it is there no more."),

	BACKUP_IN_PROGRESS(ExitStatus.USAGE, "The backup was never finished, so there is nothing to read."),

	BACKING_IMAGE_REQUIRED(ExitStatus.USAGE,
			"The volume lies on a backing image; its blocks alone are not the volume."),

	NOT_A_BACKUPSTORE(ExitStatus.USAGE, "The target is reachable and holds no backupstore."),

	OUTPUT_NOT_WRITABLE(ExitStatus.USAGE, "The output cannot be created or written."),

	DISK_FULL(ExitStatus.USAGE, "The disk of the output has no room left."),

	KIT_REFUSED(ExitStatus.USAGE,
			"The recovery kit is locked with another key, is of another cluster, or was written by a newer version."),

	CHART_REFUSED(ExitStatus.USAGE, "There is no such chart or version, or it cannot be rendered."),

	PLAN_CHANGED(ExitStatus.USAGE, "The plan is not the one that was approved."),

	RESTORE_CONFLICT(ExitStatus.USAGE, "Something stands where something would be restored; nothing was touched."),

	GIT_CONFLICT(ExitStatus.USAGE, "Somebody else changed the same definition meanwhile; theirs stays."),

	NOT_AUTHENTICATED(ExitStatus.USAGE,
			"The server was given no token, or none that it knows and that is still valid."),

	NOT_ALLOWED(ExitStatus.USAGE, "The server knows the caller, whose scopes do not allow this."),

	NOT_FOUND(ExitStatus.USAGE, "The server has nothing at this address."),

	BACKUP_DAMAGED(ExitStatus.DAMAGE, "What was read is not what was written."),

	MANIFEST_REFUSED(ExitStatus.DAMAGE,
			"A document of a night is not one that Longhaul, or a trusted key, wrote there."),

	AUDIT_DAMAGED(ExitStatus.DAMAGE,
			"The audit log is not as it was written, or not as it was copied into the bucket."),

	KIT_DAMAGED(ExitStatus.DAMAGE, "The recovery kit is not as it was written."),

	TARGET_UNREACHABLE(ExitStatus.UNAVAILABLE, "The backup target did not answer."),

	TARGET_REFUSED(ExitStatus.UNAVAILABLE, "The backup target answered and refused."),

	BUCKET_NOT_FOUND(ExitStatus.UNAVAILABLE, "The endpoint knows no bucket of that name."),

	B2_CAP_EXCEEDED(ExitStatus.UNAVAILABLE, "A daily cap of the Backblaze account is used up until 00:00 UTC."),

	TARGET_MISBEHAVED(ExitStatus.UNAVAILABLE, "The backup target's answer is not one its protocol allows."),

	GIT_UNREACHABLE(ExitStatus.UNAVAILABLE, "The Git server did not answer."),

	GIT_REFUSED(ExitStatus.UNAVAILABLE, "The Git server answered and refused."),

	GIT_RACE(ExitStatus.UNAVAILABLE, "Others were faster at every attempt to push; nothing was changed."),

	CLUSTER_UNREACHABLE(ExitStatus.UNAVAILABLE, "The Kubernetes API did not answer."),

	CLUSTER_REFUSED(ExitStatus.UNAVAILABLE, "The Kubernetes API answered and refused."),

	CHART_UNREACHABLE(ExitStatus.UNAVAILABLE, "The repository of a chart did not answer."),

	DATABASE_UNREACHABLE(ExitStatus.UNAVAILABLE, "The server's database did not answer."),

	PREFLIGHT_FAILED(ExitStatus.UNAVAILABLE, "A check before the run does not hold, so nothing was begun."),

	VOLUME_CHANGED(ExitStatus.UNAVAILABLE,
			"The volume seems to be another one than that of its history; its older restore points stay."),

	SNAPSHOT_FAILED(ExitStatus.UNAVAILABLE, "Longhorn did not take the snapshot."),

	NOT_QUIET(ExitStatus.UNAVAILABLE, "The application could not be made quiet, or did not stay so for long enough."),

	NOT_RELEASED(ExitStatus.UNAVAILABLE,
			"The application could not be released from its quiet state and may still be in it."),

	BACKUP_FAILED(ExitStatus.UNAVAILABLE, "Longhorn did not finish the backup."),

	RESTORE_FAILED(ExitStatus.UNAVAILABLE, "Longhorn did not restore a volume."),

	REPOSITORY_UNUSABLE(ExitStatus.UNAVAILABLE,
			"The restored Git server does not serve the repository, and no bundle could take its place."),

	BACKUP_STALLED(ExitStatus.UNAVAILABLE, "The backup gave no sign of life for too long."),

	CHECK_IMPOSSIBLE(ExitStatus.UNAVAILABLE,
			"The application's data could not be checked on what was read back; nothing is shown by that."),
	BACKUP_NOT_DELETED(ExitStatus.UNAVAILABLE,
			"Longhorn did not delete the backup; the rest of its volume is left alone."),
	TOO_MANY_REMOVALS(ExitStatus.UNAVAILABLE,
			"A night would remove more restore points than it may; a person has to approve that."),
	EXPORT_FAILED(ExitStatus.UNAVAILABLE, "What an export is of did not deliver it whole, so nothing of it is kept."),

	RUN_UNPROVEN(ExitStatus.UNAVAILABLE, "A run came to its end, and not everything of it is proven."),

	TIMED_OUT(ExitStatus.UNAVAILABLE, "A bounded wait ended before what it waited for."),

	ISSUER_UNREACHABLE(ExitStatus.UNAVAILABLE, "The OpenID provider did not answer."),

	TOO_MANY_CALLS(ExitStatus.UNAVAILABLE, "The server was called too often in too short a time."),

	ALREADY_RUNNING(ExitStatus.UNAVAILABLE, "The job runs already, or another process works with the same database."),

	SERVER_UNREACHABLE(ExitStatus.UNAVAILABLE, "Longhaul's server did not answer."),

	SERVER_MISBEHAVED(ExitStatus.UNAVAILABLE,
			"What answers at the server's address does not answer as Longhaul's server does."),

	NOT_READY(ExitStatus.UNAVAILABLE, "The server is starting, or has no definitions yet, or is about to end."),

	INTERNAL_ERROR(ExitStatus.UNAVAILABLE, "Longhaul itself is at fault."),

	INTERRUPTED(ExitStatus.INTERRUPTED, "The program was told to stop.");

	private final ExitStatus exitStatus;

	private final String meaning;

	FailureCode(ExitStatus exitStatus, String meaning) {
		this.exitStatus = exitStatus;
		this.meaning = meaning;
	}

	public ExitStatus exitStatus() {
		return exitStatus;
	}

	/** One sentence for people who look the code up. */
	public String meaning() {
		return meaning;
	}

}
