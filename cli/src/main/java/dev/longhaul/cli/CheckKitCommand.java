package dev.longhaul.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.longhaul.backupstore.catalog.KitRecordFile;
import dev.longhaul.backupstore.catalog.Seal;
import dev.longhaul.backupstore.object.Listing;
import dev.longhaul.cli.option.FormatOption;
import dev.longhaul.cli.render.KitFinding;
import dev.longhaul.cli.render.KitFinding.Answer;
import dev.longhaul.cli.render.KitJson;
import dev.longhaul.cli.render.KitText;
import dev.longhaul.cli.terminal.Prompt;
import dev.longhaul.cli.terminal.Surroundings;
import dev.longhaul.core.failure.DamagedData;
import dev.longhaul.core.failure.ExitStatus;
import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.kit.ClusterName;
import dev.longhaul.core.kit.KitRecord;
import dev.longhaul.core.secret.NamedSecret;
import dev.longhaul.core.secret.Secret;
import dev.longhaul.core.workload.DeployedChart;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.restore.bootstrap.BeginningKind;
import dev.longhaul.restore.bootstrap.Bootstrap;
import dev.longhaul.restore.bootstrap.ObjectName;
import dev.longhaul.restore.kit.Kit;
import dev.longhaul.restore.kit.KitFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code longhaul kit check}.
 */
@Command(name = "check", header = "Try a recovery kit: does its key still open the backups?", description = { "",
		"Opens the kit, lists one page of the target with the key that is in it, and looks whether a newer kit was "
				+ "recorded there. With --kubeconfig every Secret in it is compared with the one in force, and nothing of "
				+ "them is shown; so are the charts that a new cluster would be begun with. Do this once a year, with the copy out of the safe.",
		"" }, footerHeading = "%nExamples:%n",
		footer = { "  longhaul kit check kit.age",
				"  longhaul kit check kit.age --cluster home --kubeconfig ~/.kube/config" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:the kit opens the backups, and nothing in it is known to be old",
				"1:the kit is damaged, or holds what is in force no more",
				"2:wrong usage, what was given does not open it, or it is of another cluster",
				"3:the target or the cluster could not be reached, or refused" })
final class CheckKitCommand implements Callable<Integer> {

	private final Surroundings surroundings;

	private final TargetOpener targets;

	private final Prompt prompt;

	@Mixin
	private final KitParameter file = new KitParameter();

	@Mixin
	private final KitKeyOption key = new KitKeyOption();

	@Option(names = "--cluster", paramLabel = "NAME", description = "Of which cluster it must be.")
	private @Nullable ClusterName name;

	@Mixin
	private final ClusterOption cluster = new ClusterOption();

	@Option(names = "--argocd-namespace", paramLabel = "NAME", defaultValue = "argocd",
			description = "Whose Applications say which charts are in force. Default: ${DEFAULT-VALUE}.")
	private String argo = "argocd";

	@Mixin
	private final TrustOption trust = new TrustOption();

	@Mixin
	private final FormatOption format = new FormatOption();

	CheckKitCommand(Surroundings surroundings, TargetOpener targets, Prompt prompt) {
		this.surroundings = surroundings;
		this.targets = targets;
		this.prompt = prompt;
	}

	@Override
	public Integer call() {
		Seal seal = trust.seal();
		KitFile locked = file.read();
		Kit kit = key.open(locked, surroundings, prompt);
		if (name != null) {
			kit.requireOf(name);
		}
		List<KitFinding> findings = new ArrayList<>(ofTarget(kit, locked, seal));
		try (LonghornConnection there = cluster.open(surroundings).orElse(null)) {
			if (there != null) {
				findings.addAll(ofSecrets(kit, there));
				findings.addAll(ofBootstrap(kit.bootstrap(), there));
			}
		}
		report(kit, locked, findings);
		return (findings.stream().anyMatch(finding -> finding.answer() == Answer.FAILS) ? ExitStatus.DAMAGE
				: ExitStatus.PROVEN)
			.code();
	}

	private List<KitFinding> ofTarget(Kit kit, KitFile locked, Seal seal) {
		return targets.with(kit.bucket().url(), kit.bucket().reveal(), (store, layout) -> {
			boolean holds = new Listing(store, layout.backupstorePrefix()).hasNext();
			KitFinding opens = holds ? new KitFinding(Answer.HOLDS, "target", "its key opens it, and there are backups")
					: new KitFinding(Answer.UNKNOWN, "target", "its key opens it, and there are no backups");
			return List.of(opens, ofRecord(kit, locked, new KitRecordFile(store, layout, surroundings.pause(), seal)));
		});
	}

	private static KitFinding ofRecord(Kit kit, KitFile locked, KitRecordFile recorded) {
		try {
			return ofRecord(kit, locked, recorded.read());
		}
		catch (DamagedData ex) {
			return new KitFinding(Answer.FAILS, "record", ex.fact());
		}
	}

	private static KitFinding ofRecord(Kit kit, KitFile locked, Optional<KitRecord> found) {
		if (found.isEmpty()) {
			return new KitFinding(Answer.UNKNOWN, "record", "no kit is recorded beside the backups");
		}
		KitRecord newest = found.get();
		if (newest.id().equals(locked.id())) {
			return new KitFinding(Answer.HOLDS, "record", "it is the newest that is recorded");
		}
		return newest.createdAt().isAfter(kit.createdAt())
				? new KitFinding(Answer.FAILS, "record",
						"a newer kit, %s of %s, is recorded: use that one".formatted(newest.id(), newest.createdAt()))
				: new KitFinding(Answer.UNKNOWN, "record",
						"an older kit, %s of %s, is recorded".formatted(newest.id(), newest.createdAt()));
	}

	private static List<KitFinding> ofSecrets(Kit kit, LonghornConnection there) {
		List<KitFinding> findings = new ArrayList<>();
		if (!kit.bucket().variables().isEmpty()) {
			findings.add(ofSecret(kit.credentialSecret(), there));
		}
		kit.secrets().forEach(secret -> findings.add(ofSecret(secret, there)));
		return findings;
	}

	private static KitFinding ofSecret(NamedSecret held, LonghornConnection there) {
		String subject = held.ref().toString();
		Optional<NamedSecret> inForce = there.namedSecrets().find(held.ref());
		if (inForce.isEmpty()) {
			return new KitFinding(Answer.FAILS, subject, "the cluster has no such Secret");
		}
		List<String> changed = held.data()
			.entrySet()
			.stream()
			.filter(entry -> !entry.getValue().equals(inForce.get().data().getOrDefault(entry.getKey(), Secret.of(""))))
			.map(entry -> entry.getKey())
			.toList();
		return changed.isEmpty() ? new KitFinding(Answer.HOLDS, subject, "as it is in force")
				: new KitFinding(Answer.FAILS, subject, "changed since: " + String.join(", ", changed));
	}

	/** By the versions of charts, and by names; what Git has since changed is Git's. */
	private List<KitFinding> ofBootstrap(Bootstrap bootstrap, LonghornConnection there) {
		List<DeployedChart> charts = there.deployedCharts().charts(argo);
		List<KitFinding> findings = new ArrayList<>();
		bootstrap.argoRelease()
			.ifPresent(
					release -> findings.add(ofChart("Argo CD", "argocd", release.chart(), release.version(), charts)));
		for (JsonObject object : bootstrap.objects()) {
			ObjectName name = ObjectName.of(object);
			Optional<String> chart = object.text("spec", "source", "chart");
			if (name.kind() == BeginningKind.APPLICATION && chart.isPresent()) {
				findings.add(ofChart(name.toString(), name.name(), chart.get(),
						object.text("spec", "source", "targetRevision").orElse(""), charts));
			}
			else if (!name.kind().isNamespaced()) {
				findings.add(there.restores().find(name.kind().kind(), name.name()).isPresent()
						? new KitFinding(Answer.HOLDS, name.toString(), "the cluster has one")
						: new KitFinding(Answer.UNKNOWN, name.toString(), "the cluster has none"));
			}
		}
		return findings;
	}

	private static KitFinding ofChart(String subject, String application, String chart, String version,
			List<DeployedChart> charts) {
		Optional<String> inForce = charts.stream()
			.filter(each -> each.application().equals(application) && each.chart().equals(chart))
			.map(DeployedChart::version)
			.findFirst();
		if (inForce.isEmpty()) {
			return new KitFinding(Answer.UNKNOWN, subject, "the cluster does not say which chart is in force");
		}
		return inForce.get().equals(version)
				? new KitFinding(Answer.HOLDS, subject, "chart %s %s, as it is in force".formatted(chart, version))
				: new KitFinding(Answer.FAILS, subject,
						"chart %s %s, and in force is %s".formatted(chart, version, inForce.get()));
	}

	private void report(Kit kit, KitFile locked, List<KitFinding> findings) {
		if (format.isJson()) {
			new KitJson(surroundings.output()).checked(kit, locked, findings);
		}
		else {
			surroundings.output().print(new KitText(surroundings).checked(kit, locked, findings));
			trust.note(surroundings.errors());
		}
	}

}
