package dev.longhaul.cli;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

import dev.longhaul.cli.RestoreSourceOption.OpenedKit;
import dev.longhaul.cli.RestoreSourceOption.Source;
import dev.longhaul.cli.option.TimeOption;
import dev.longhaul.cli.render.RestorePlanMarkdown;
import dev.longhaul.cli.render.RestorePlanText;
import dev.longhaul.cli.terminal.Prompt;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.restore.choice.Wanted;
import dev.longhaul.restore.plan.Beginning;
import dev.longhaul.restore.plan.Placement;
import dev.longhaul.restore.plan.PlanJson;
import dev.longhaul.restore.plan.RestorePlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul restore plan}.
 */
@Command(name = "plan", header = "Show what would be restored, from which backups, in which order and why.",
		description = { "",
				"Reads nothing but the bucket: no cluster, no database, no repository. Of each application the newest "
						+ "restore point is taken that was proven by reading it back; volumes that only Longhorn "
						+ "recorded are grouped by the namespace of their claims. Nothing is restored by it.",
				"" },
		footerHeading = "%nExamples:%n",
		footer = {
				"  longhaul restore plan --target s3://longhorn-backups@eu-central-003/longhorn --trust longhaul.pub",
				"  longhaul restore plan --target file:///mnt/nas --application gitea --as-of 2026-11-20T00:00:00Z",
				"  longhaul restore plan --target file:///mnt/nas --application gitea --as-of 2026-11-20T00:00:00Z --replace",
				"  longhaul restore plan --kit kit.age --passphrase-file kit.txt --output json > plan.json",
				"  longhaul restore run --plan plan.json --kubeconfig new-cluster.yaml" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:everything in the bucket is in the plan", "1:something is missing, and the plan says why",
				"2:wrong usage", "3:the target could not be reached or refused" })
final class PlanRestoreCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	private final Prompt prompt;

	@Mixin
	private final RestoreSourceOption source = new RestoreSourceOption();

	@Option(names = "--application", paramLabel = "NAME", description = "Only that one; may be repeated. Default: all.")
	private Set<ApplicationName> applications = new LinkedHashSet<>();

	@Option(names = "--as-of", paramLabel = "INSTANT",
			description = "Nothing newer than that, such as 2026-11-20T00:00:00Z.")
	private @Nullable Instant asOf;

	@Option(names = "--restore-point", paramLabel = "JOB@STAMP",
			description = "That of one night, such as nightly@20261122t023000z, whatever it is worth.")
	private @Nullable Night night;

	@Option(names = "--to-namespace", paramLabel = "NAME",
			description = "All claims into that namespace, beside those that are there.")
	private @Nullable String namespace;

	@Option(names = "--rename", paramLabel = "CLAIM=CLAIM",
			description = "One claim under another name, such as gitea/data=gitea/data-of-monday; may be repeated.")
	private Map<ClaimRef, ClaimRef> renames = new LinkedHashMap<>();

	@Option(names = "--replace",
			description = "In the place of the claims that are there, of one --application: it is stopped and started by the "
					+ "run, and the volumes that it had stay.")
	private boolean replacing;

	@Option(names = "--volumes-only",
			description = "Volumes and claims alone, although the kit has what a whole cluster begins with.")
	private boolean volumesOnly;

	@Option(names = "--bandwidth", paramLabel = "MBIT", defaultValue = RestorePlanning.USUAL_MEGABITS,
			description = "Mbit/s to assume for the download. Default: ${DEFAULT-VALUE}.")
	private int megabits = 100;

	@Option(names = "--output", paramLabel = "FORMAT", defaultValue = "text",
			description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
	private VerdictCommand.Form form = VerdictCommand.Form.text;

	@Mixin
	private final TimeOption time = new TimeOption();

	PlanRestoreCommand(Surroundings surroundings, TargetOpener targets, Prompt prompt) {
		this.surroundings = surroundings;
		this.targets = targets;
		this.prompt = prompt;
	}

	@Override
	public Integer call() {
		Source bucket = source.open(surroundings, prompt);
		RestorePlan plan = new RestorePlanning(surroundings, targets).plan(bucket,
				new Wanted(applications, asOf, night), placement(), megabits, beginning(bucket));
		write(plan);
		if (form != VerdictCommand.Form.json) {
			source.note(bucket, surroundings);
		}
		return (plan.missing().isEmpty() ? ExitStatus.PROVEN : ExitStatus.DAMAGE).code();
	}

	private Placement placement() {
		if (replacing) {
			requireReplaceable();
			return Placement.inPlaceOfOthers();
		}
		try {
			return new Placement(namespace, renames);
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE, String.valueOf(ex.getMessage()),
					"longhaul restore plan --help shows how it is used", ex);
		}
	}

	private void requireReplaceable() {
		if (applications.isEmpty() || namespace != null || !renames.isEmpty()) {
			throw new RefusedRequest(FailureCode.INVALID_USAGE,
					applications.isEmpty() ? "nothing says what is replaced"
							: "what is restored under another name replaces nothing",
					"name one --application, and leave --to-namespace and --rename out");
		}
	}

	/** Single applications, and what is restored beside others, is no whole cluster. */
	private @Nullable Beginning beginning(Source bucket) {
		boolean whole = !volumesOnly && applications.isEmpty() && namespace == null && renames.isEmpty();
		OpenedKit kit = bucket.kit();
		return (whole && kit != null) ? kit.beginning() : null;
	}

	private void write(RestorePlan plan) {
		switch (form) {
			case text ->
				surroundings.output().print(new RestorePlanText(time.page(plan.target(), surroundings)).render(plan));
			case markdown -> surroundings.output().print(RestorePlanMarkdown.render(plan));
			case json -> {
				byte[] document = PlanJson.write(plan);
				surroundings.output().write(document, 0, document.length);
				surroundings.output().flush();
			}
		}
	}

}
