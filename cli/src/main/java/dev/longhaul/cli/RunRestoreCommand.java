package dev.longhaul.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import dev.longhaul.backupstore.document.JsonDocument;
import dev.longhaul.backupstore.target.TargetUrl;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.option.TimeOption;
import dev.longhaul.cli.progress.RestoreProgress;
import dev.longhaul.cli.render.RestoreReportJson;
import dev.longhaul.cli.render.RestoreReportText;
import dev.longhaul.cli.terminal.Prompt;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.cluster.TargetCredentials;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.time.Patience;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.restore.kit.Kit;
import dev.longhaul.restore.kit.KitFile;
import dev.longhaul.restore.plan.PlanJson;
import dev.longhaul.restore.plan.RestorePlan;
import dev.longhaul.restore.run.JournalFile;
import dev.longhaul.restore.run.RestoreReport;
import dev.longhaul.restore.run.RestoreRun;
import dev.longhaul.restore.run.RestoreSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul restore run}.
 */
@Command(name = "run", header = "Carry out a restore plan in a cluster.", description = { "",
		"Has Longhorn restore the volumes of the plan under their names, and binds them to their claims as they "
				+ "were: names, labels, classes, sizes. Nothing that is there already is changed: if something "
				+ "stands in the place of a volume or claim, nothing is begun. May be killed at any moment; "
				+ "another run of the same plan goes on where it was. What Longhorn gives up is asked for again.",
		"",
		"A cluster whose Longhorn has no backup target yet gets that of the plan, with the credentials in "
				+ "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_ENDPOINTS.",
		"" }, footerHeading = "%nExamples:%n",
		footer = {
				"  longhaul restore plan --target s3://longhorn-backups@eu-central-003/longhorn --output json > plan.json",
				"  longhaul restore run --plan plan.json --kubeconfig new-cluster.yaml",
				"  longhaul restore run --plan plan.json --kubeconfig new-cluster.yaml --kit kit.age" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:everything of the plan is restored, or was left out as told", "1:the plan was changed",
				"2:wrong usage, or something stands where something would be restored",
				"3:something could not be reached or restored; run it again", "4:interrupted" })
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without the plan
final class RunRestoreCommand implements Callable<Integer> {

	/**
	 * Longhorn looks at its target within seconds of being asked, and lists it within
	 * minutes.
	 */
	private static final Patience LOOKS = new Patience(Duration.ofSeconds(1), Duration.ofMinutes(10));

	/** A node that comes back, or a bucket that does, lets it go on. */
	private static final Duration STANDSTILL = Duration.ofMinutes(30);

	private static final int ATTEMPTS = 3;

	private static final String OF_BUCKETS = "AWS_";

	private final Surroundings surroundings;

	private final Prompt prompt;

	@Option(names = "--plan", required = true, paramLabel = "FILE",
			description = "As 'longhaul restore plan --output json' writes it.")
	private Path plan;

	@Option(names = "--kit", paramLabel = "FILE",
			description = "A recovery kit with the credentials of the plan's bucket, for a cluster without a target.")
	private @Nullable Path kit;

	@Mixin
	private final KitKeyOption key = new KitKeyOption();

	@Mixin
	private final ClusterOption cluster = new ClusterOption();

	@Option(names = "--on-conflict", paramLabel = "WHAT", defaultValue = "refuse",
			description = "If something stands where something would be restored: ${COMPLETION-CANDIDATES}. "
					+ "Default: ${DEFAULT-VALUE}.")
	private Conflict conflict = Conflict.refuse;

	@Option(names = "--backup-target", paramLabel = "NAME",
			description = "The cluster's name of the plan's bucket, if it reaches it by another URL.")
	private @Nullable String backupTarget;

	@Option(names = "--journal", paramLabel = "FILE",
			description = "What was done and when, a JSON object a line. Default: beside the plan, with .journal.")
	private @Nullable Path journal;

	@Mixin
	private final FormatOption format = new FormatOption();

	@Mixin
	private final TimeOption time = new TimeOption();

	/** What is done then; the names are what is typed. */
	enum Conflict {

		/** Nothing is begun. */
		refuse,

		/** It stays, and the rest is restored. */
		skip

	}

	RunRestoreCommand(Surroundings surroundings, Prompt prompt) {
		this.surroundings = surroundings;
		this.prompt = prompt;
	}

	@Override
	public Integer call() {
		RestorePlan planned = PlanJson.read(read(), "'%s'".formatted(plan));
		RestoreReport report = run(planned);
		if (format.isJson()) {
			RestoreReportJson.write(report, surroundings.output());
		}
		else {
			surroundings.output()
				.print(new RestoreReportText(time.page(planned.target(), surroundings)).render(report));
		}
		return (report.failed().isEmpty() ? ExitStatus.PROVEN : ExitStatus.UNAVAILABLE).code();
	}

	private RestoreReport run(RestorePlan planned) {
		RestoreSettings settings = settings(planned);
		try (LonghornConnection there = connect();
				JournalFile written = JournalFile.open((journal != null) ? journal : JournalFile.beside(plan));
				RestoreProgress progress = new RestoreProgress(surroundings, planned.volumes().size())) {
			return new RestoreRun(planned, there.cluster(), there.restores(), settings, written, progress,
					surroundings.clock(), surroundings.pause())
				.run();
		}
	}

	private RestoreSettings settings(RestorePlan planned) {
		return new RestoreSettings(conflict == Conflict.skip, backupTarget, credentials(planned), LOOKS, STANDSTILL,
				ATTEMPTS);
	}

	private @Nullable TargetCredentials credentials(RestorePlan planned) {
		if (kit != null) {
			Kit opened = key.open(KitFile.read(kit), surroundings, prompt);
			opened.requireOf(TargetUrl.parse(planned.target()));
			return new TargetCredentials(opened.bucket().reveal());
		}
		Map<String, String> variables = new TreeMap<>(surroundings.environment());
		variables.keySet().removeIf(name -> !name.startsWith(OF_BUCKETS));
		return variables.containsKey("AWS_ACCESS_KEY_ID") ? new TargetCredentials(variables) : null;
	}

	private LonghornConnection connect() {
		return cluster.open(surroundings)
			.orElseThrow(() -> new RefusedRequest(FailureCode.INVALID_USAGE,
					"nothing says which cluster is restored into", "name its kubeconfig with --kubeconfig"));
	}

	private byte[] read() {
		try (InputStream in = Files.newInputStream(plan)) {
			return in.readNBytes(JsonDocument.MAX_BYTES + 1);
		}
		catch (NoSuchFileException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "there is no file '%s'".formatted(plan),
					"'longhaul restore plan --output json > %s' makes one".formatted(plan), ex);
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					"'%s' cannot be read: %s".formatted(plan, ex.getMessage()), "check its path and permissions", ex);
		}
	}

}
