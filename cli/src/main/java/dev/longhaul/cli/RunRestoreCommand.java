package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;

import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.backupstore.stream.Identities;
import dev.longhaul.cli.RestoreSourceOption.Source;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.option.TimeOption;
import dev.longhaul.cli.progress.RestoreProgress;
import dev.longhaul.cli.render.RestorePlanText;
import dev.longhaul.cli.render.RestoreReportJson;
import dev.longhaul.cli.render.RestoreReportText;
import dev.longhaul.cli.terminal.Confirmation;
import dev.longhaul.cli.terminal.Prompt;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.time.Patience;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.restore.choice.Wanted;
import dev.longhaul.restore.plan.Placement;
import dev.longhaul.restore.plan.PlanJson;
import dev.longhaul.restore.plan.PlannedDeployment;
import dev.longhaul.restore.plan.RestorePlan;
import dev.longhaul.restore.rebuild.ClusterRebuild;
import dev.longhaul.restore.rebuild.Deployer;
import dev.longhaul.restore.rebuild.RebuildReport;
import dev.longhaul.restore.rebuild.RebuildSettings;
import dev.longhaul.restore.replace.ApplicationReplacement;
import dev.longhaul.restore.repository.BundleSource;
import dev.longhaul.restore.repository.RepositoryRestore;
import dev.longhaul.restore.repository.StoredBundles;
import dev.longhaul.restore.run.ClaimReplacement;
import dev.longhaul.restore.run.JournalFile;
import dev.longhaul.restore.run.RestoreRun;
import dev.longhaul.restore.run.RestoreSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul restore run}.
 */
@Command(name = "run", header = "Rebuild a cluster with its recovery kit, or carry out a restore plan.", description = {
		"",
		"With a recovery kit that holds what the cluster begins with, all of it comes back: Argo CD, Longhorn, the "
				+ "volumes, the repository, then every Application in the order in which they need each other. "
				+ "Without one, volumes and claims.",
		"",
		"Longhorn restores the volumes under their names, and binds them to their claims as they "
				+ "were: names, labels, classes, sizes. Nothing that is there already is changed: if something "
				+ "stands in the place of a volume or claim, nothing is begun, unless the plan was made with --replace "
				+ "and that is confirmed. May be killed at any moment; "
				+ "another run of the same plan goes on where it was. What Longhorn gives up is asked for again.",
		"",
		"With a key to the plan's bucket, what is restored is locked against deletions by any cluster; and if "
				+ "Longhorn gives up, lost blocks are looked for, and put back from a --mirror.",
		"",
		"A cluster whose Longhorn has no backup target yet gets that of the plan, with the credentials in "
				+ "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_ENDPOINTS.",
		"" }, footerHeading = "%nExamples:%n",
		footer = { "  longhaul restore run --kit kit.age --kubeconfig new-cluster.yaml",
				"  longhaul restore plan --target s3://longhorn-backups@eu-central-003/longhorn --output json > plan.json",
				"  longhaul restore run --plan plan.json --kubeconfig new-cluster.yaml",
				"  longhaul restore run --plan plan.json --kubeconfig new-cluster.yaml --kit kit.age" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:everything of the plan is restored, or was left out as told", "1:the plan was changed",
				"2:wrong usage, or something stands where something would be restored",
				"3:something could not be reached or restored; run it again", "4:interrupted" })
final class RunRestoreCommand implements Callable<Integer> {

	/** Images have to be fetched. */
	private static final RebuildSettings REBUILD = new RebuildSettings(
			new Patience(Duration.ofSeconds(1), Duration.ofMinutes(20)),
			new Patience(Duration.ofSeconds(1), Duration.ofMinutes(5)),
			new Patience(Duration.ofSeconds(2), Duration.ofMinutes(20)), RestoreSettings.ATTEMPTS);

	/** Digits of a plan's hash that its file is named by. */
	private static final int NAMED = 12;

	private final Surroundings surroundings;

	private final TargetOpener targets;

	private final Prompt prompt;

	@Option(names = "--plan", paramLabel = "FILE",
			description = "As 'longhaul restore plan --output json' writes it. Default: one is made with the kit, of "
					+ "everything, and kept beside its journal.")
	private @Nullable Path plan;

	@Option(names = "--keep-in", paramLabel = "DIR", defaultValue = ".",
			description = "Where a plan that is made now is kept, and its journal. Default: here.")
	private Path keepIn = Path.of(".");

	@Mixin
	private final RestoreIntoOption into = new RestoreIntoOption();

	@Mixin
	private final ReplaceOption replace = new ReplaceOption();

	@Option(names = "--argocd-namespace", paramLabel = "NAME", defaultValue = "argocd",
			description = "Where Argo CD is, whose automated sync is off while something is replaced. Default: ${DEFAULT-VALUE}.")
	private String argoNamespace = "argocd";

	@Option(names = "--argocd-chart", paramLabel = "PATH",
			description = "Argo CD's chart, a directory or an archive, instead of the one in its repository.")
	private @Nullable Path argoChart;

	@Option(names = "--export-identity", paramLabel = "FILE",
			description = "The secret key of age that exports are encrypted to, for a repository that has to come out of "
					+ "its bundle.")
	private @Nullable Path exportIdentity;

	@Option(names = "--journal", paramLabel = "FILE",
			description = "What was done and when, a JSON object a line. Default: beside the plan, with .journal.")
	private @Nullable Path journal;

	@Mixin
	private final FormatOption format = new FormatOption();

	@Mixin
	private final TimeOption time = new TimeOption();

	RunRestoreCommand(Surroundings surroundings, TargetOpener targets, Prompt prompt) {
		this.surroundings = surroundings;
		this.targets = targets;
		this.prompt = prompt;
	}

	@Override
	public Integer call() {
		Source source = into.source(surroundings, prompt);
		RestorePlan planned = (plan != null) ? RestoreIntoOption.plan(plan) : made(source);
		if (source != null) {
			RestoreIntoOption.requireSame(planned, source);
		}
		RebuildReport report = carryOut(planned, source);
		if (format.isJson()) {
			RestoreReportJson.write(report, surroundings.output());
		}
		else {
			surroundings.output()
				.print(new RestoreReportText(time.page(planned.target(), surroundings)).render(report));
		}
		return (report.isDone() ? ExitStatus.PROVEN : ExitStatus.UNAVAILABLE).code();
	}

	/** The kit is enough: what the newest proven restore points are is in the bucket. */
	private RestorePlan made(@Nullable Source source) {
		if (source == null) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, "nothing says what is restored",
					"name a recovery kit with --kit, or a plan with --plan, which 'longhaul restore plan --output json' "
							+ "writes");
		}
		RestorePlan made = new RestorePlanning(surroundings, targets).plan(source, Wanted.everything(),
				Placement.unchanged(), Integer.parseInt(RestorePlanning.USUAL_MEGABITS),
				Objects.requireNonNull(source.kit()).beginning());
		Path file = keepIn.resolve("restore-%s.json".formatted(made.hash().substring(0, NAMED))).normalize();
		keep(made, file);
		plan = file;
		surroundings.errors()
			.print(new RestorePlanText(time.page(made.target(), surroundings)).render(made)
					+ "kept as %s%n%n".formatted(file));
		if (made.deployment() == null) {
			surroundings.errors()
				.println(
						"note: the kit holds no Applications, so only volumes and claims come back; 'longhaul kit create "
								+ "--bootstrap' makes one that does");
		}
		surroundings.errors().flush();
		return made;
	}

	/** Under its hash: what is there of that name is this plan. */
	private static void keep(RestorePlan made, Path file) {
		try {
			Files.write(file, PlanJson.write(made));
		}
		catch (IOException ex) {
			throw new RefusedRequest(FailureCode.OUTPUT_NOT_WRITABLE,
					"the plan cannot be kept as '%s': %s".formatted(file, ex.getMessage()),
					"go to a directory that is yours to write, or make the plan with 'longhaul restore plan'", ex);
		}
	}

	private RebuildReport carryOut(RestorePlan planned, @Nullable Source source) {
		return into.with(planned, source, surroundings, targets, (there, settings) -> {
			replace.requireConfirmed(planned, there.claimExchanges(), Confirmation.ofConsole());
			try (JournalFile written = JournalFile
				.open((journal != null) ? journal : JournalFile.beside(Objects.requireNonNull(plan)));
					RestoreProgress progress = new RestoreProgress(surroundings, planned.volumes().size())) {
				RestoreRun volumes = new RestoreRun(planned, there.cluster(), there.restores(), settings,
						replacement(there, settings, written, progress), written, progress, surroundings.clock(),
						surroundings.pause());
				PlannedDeployment deployment = planned.deployment();
				if (deployment == null) {
					return RebuildReport.ofVolumes(volumes.run());
				}
				Source kitSource = requireKit(deployment, source);
				return new ClusterRebuild(planned, deployment, Objects.requireNonNull(kitSource.kit()).kit(),
						deployer(planned, deployment, there, kitSource), there.restores(), volumes, REBUILD, written,
						progress, surroundings.clock(), surroundings.pause())
					.run();
			}
		});
	}

	private ClaimReplacement replacement(LonghornConnection there, RestoreSettings settings, JournalFile written,
			RestoreProgress progress) {
		return new ApplicationReplacement(there.workloads(), there.deployedClaims(),
				there.argoApplications(argoNamespace), there.claimExchanges(), settings.looks(), written, progress,
				surroundings.clock(), surroundings.pause());
	}

	private static Source requireKit(PlannedDeployment deployment, @Nullable Source source) {
		if (source == null) {
			throw new RefusedRequest(FailureCode.MISSING_CREDENTIALS,
					"the plan rebuilds a whole cluster out of kit %s, and no kit is named".formatted(deployment.kit()),
					"name it with --kit");
		}
		return source;
	}

	private Deployer deployer(RestorePlan planned, PlannedDeployment deployment, LonghornConnection there,
			Source source) {
		RepositoryRestore repositories = new RepositoryRestore(there.workloads(), bundles(source), planned.target(),
				RestoreSettings.LOOKS, surroundings.clock(), surroundings.pause());
		return new Deployer(there.argoApplications(deployment.namespace()), there.bootstrapObjects(),
				into.charts(argoChart, surroundings), there.waitingPods(), there.deployedClaims(), repositories);
	}

	private BundleSource bundles(Source source) {
		return (bundle, file) -> targets.with(source.url(), source.variables(), (store, layout) -> {
			ExportArchive archive = new ExportArchive(store, layout, surroundings.pause(), surroundings.clock());
			Identities identities = (exportIdentity != null) ? Identities.read(exportIdentity) : null;
			new StoredBundles(archive, identities, bytes -> {
			}).fetch(bundle, file);
			return bundle;
		});
	}

}
