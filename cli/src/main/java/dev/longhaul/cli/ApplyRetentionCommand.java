package dev.longhaul.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.format.BackupstoreLayout;
import dev.longhaul.backupstore.object.StreamingStore;
import dev.longhaul.backupstore.retention.BackupstoreRemovalWitness;
import dev.longhaul.backupstore.stream.ExportArchive;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.render.AppliedRetention;
import dev.longhaul.cli.render.PlannedRetention;
import dev.longhaul.cli.render.RemovalJson;
import dev.longhaul.cli.render.RemovalText;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.cluster.VolumeCluster;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.removal.PointRemoval;
import dev.longhaul.core.removal.Removal;
import dev.longhaul.core.retention.ApprovedRetention;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul retention apply}.
 */
@Command(name = "apply", header = "Remove what an approved plan says, through Longhorn.", description = { "",
		"Plans anew, and goes on only if that is the plan that was approved. Longhorn deletes the backups, one after "
				+ "the other and the oldest first; for each the bucket is looked at, whether it is gone. What is in use "
				+ "or pinned by then is left alone, and so is the rest of a volume where a deletion failed. May be "
				+ "stopped at any moment; then plan again.",
		"" }, footerHeading = "%nExamples:%n",
		footer = { "  longhaul retention apply s3://longhorn-backups@eu-central-003/longhorn --repo . \\%n"
				+ "      --kubeconfig ~/.kube/config --approve 3f0c…" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:all that was to go is gone", "2:wrong usage, or the plan is not the one that was approved",
				"3:something could not be reached, or did not go", "4:interrupted" })
@SuppressWarnings("NullAway.Init") // picocli refuses a command line without it
final class ApplyRetentionCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	@Mixin
	private final TargetParameter target = new TargetParameter();

	@Option(names = "--approve", paramLabel = "HASH", required = true,
			description = "The plan of an application, as 'longhaul retention plan' prints it. May be given several "
					+ "times.")
	private List<String> approved;

	@Mixin
	private final RetentionOption retention = new RetentionOption();

	@Mixin
	private final ClusterOption cluster = new ClusterOption();

	@Mixin
	private final TrustOption trust = new TrustOption();

	@Mixin
	private final FormatOption format = new FormatOption();

	ApplyRetentionCommand(Surroundings surroundings, TargetOpener targets) {
		this.surroundings = surroundings;
		this.targets = targets;
	}

	@Override
	public Integer call() {
		Seal seal = trust.seal();
		AppliedRetention applied;
		try (RetentionSource source = retention.open(surroundings); LonghornConnection there = connect()) {
			applied = targets.with(target.url(), surroundings.environment(),
					(store, layout) -> apply(store, layout, seal, source, there.cluster()));
		}
		if (format.isJson()) {
			RemovalJson.write(applied, surroundings.output());
		}
		else {
			surroundings.output().print(new RemovalText(surroundings.style()).summary(applied));
			trust.note(surroundings.errors());
		}
		return (applied.isComplete() ? ExitStatus.PROVEN : ExitStatus.UNAVAILABLE).code();
	}

	private LonghornConnection connect() {
		return cluster.open(surroundings)
			.orElseThrow(() -> new RefusedRequest(FailureCode.INVALID_USAGE, "nothing says which cluster deletes",
					"name its kubeconfig with --kubeconfig"));
	}

	private AppliedRetention apply(StreamingStore store, BackupstoreLayout layout, Seal seal, RetentionSource source,
			VolumeCluster there) {
		PlannedRetention planned = new RetentionPlans(target.url().toString(), source, List.of()).plan(store, layout,
				seal, surroundings);
		List<ApprovedRetention> plans = approved.stream().distinct().map(hash -> approve(planned, hash)).toList();
		BackupstoreRemovalWitness witness = new BackupstoreRemovalWitness(store, layout, surroundings.clock(),
				surroundings.pause());
		ExportArchive archive = new ExportArchive(store, layout, surroundings.pause(), surroundings.clock());
		List<AppliedRetention.Applied> done = new ArrayList<>();
		for (ApprovedRetention plan : plans) {
			Removal removal = new Removal(there, target.url()::isNamedBy, witness, archive::remove,
					night -> source.pinOf(plan.plan().application(), night), Removal.USUAL, surroundings.clock(),
					surroundings.pause());
			done.add(new AppliedRetention.Applied(plan.plan(), removal.run(plan, told())));
		}
		return new AppliedRetention(target.url().toString(), done);
	}

	private ApprovedRetention approve(PlannedRetention planned, String hash) {
		return planned.plan(hash)
			.map(plan -> plan.approve(hash))
			.orElseThrow(() -> new RefusedRequest(FailureCode.PLAN_CHANGED,
					"no application on %s has the plan '%s' that was approved; there are %s".formatted(target.url(),
							hash, planned.hashes()),
					"look at the plans as they are now with 'longhaul retention plan', and approve the hash of one"));
	}

	/** At once: whoever interrupts it wants to know how far it came. */
	private Consumer<PointRemoval> told() {
		if (format.isJson()) {
			return removal -> {
			};
		}
		RemovalText text = new RemovalText(surroundings.style());
		return removal -> surroundings.output().print(text.line(removal));
	}

}
