package dev.longhaul.restore.kit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.longhaul.core.json.JsonObject;
import dev.longhaul.core.text.Printable;
import dev.longhaul.core.workload.DeployedChart;
import dev.longhaul.restore.bootstrap.BeginningKind;
import dev.longhaul.restore.bootstrap.ChartRelease;
import dev.longhaul.restore.bootstrap.ObjectName;

/**
 * What to do when the cluster is gone, in words and commands, with this cluster's values
 * and none of its secrets. For somebody who has this, an empty cluster, and no time.
 */
record RecoveryWords(List<Part> parts) {

	private static final String ARGO = "argocd";

	private static final String LONGHORN = "longhorn";

	/** Argo CD's own chart names no place where it is from. */
	private static final String ARGO_CHARTS = ChartRelease.ARGO_REPOSITORY;

	/** Of what an Application says of its source, in characters. */
	private static final int LONGEST = 1000;

	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

	/** With Longhaul; and without it, should there be none. */
	record Part(String title, List<Step> steps) {

	}

	/**
	 * @param commands to be typed; none if there is nothing to type
	 */
	record Step(String sentence, List<String> commands) {

	}

	static RecoveryWords of(Kit kit) {
		return new RecoveryWords(List.of(withLonghaul(kit), withoutLonghaul(kit)));
	}

	private static Part withLonghaul(Kit kit) {
		List<Step> steps = new ArrayList<>();
		steps.add(step(
				"Take a machine with Java 17 or newer and Longhaul, this kit as kit.age, and what opens it. Does the "
						+ "key still open the bucket?",
				"longhaul kit check kit.age"));
		steps.add(cluster(kit));
		steps.add(step("See what would be restored, from when, and how long it takes; then keep that as a plan:",
				"longhaul restore plan --kit kit.age",
				"longhaul restore plan --kit kit.age --output json > plan.json"));
		steps.add(step(
				(kit.bootstrap().objects().isEmpty() ? "Restore the volumes and their claims."
						: "Begin the cluster with what the kit holds, and restore the volumes and their claims.")
						+ " It may be stopped and started again at any point, and touches nothing that is there:",
				"longhaul restore run --plan plan.json --kit kit.age --kubeconfig new.yaml"));
		if (kit.bootstrap().objects().isEmpty()) {
			steps.add(new Step(
					"Go on as without Longhaul, with Argo CD and the Secrets: what it deploys finds its volumes.",
					List.of()));
		}
		return new Part("With Longhaul", steps);
	}

	/** What a run does not bring is named here, with the commands for it. */
	private static Step cluster(Kit kit) {
		StringBuilder sentence = new StringBuilder(
				"Install Kubernetes on the new machines, and bring its kubeconfig here as new.yaml.");
		List<String> commands = new ArrayList<>();
		if (!kit.bootstrap().objects().isEmpty() && kit.bootstrap().argo() == null) {
			sentence.append(" Install Argo CD as it was.");
			commands.addAll(argo(kit));
		}
		if (begunWith(kit, LONGHORN).isEmpty()) {
			sentence.append(" Install Longhorn as it was; it needs no backup target yet.");
			chart(kit, LONGHORN).map(chart -> helm(LONGHORN, chart, kit.longhorn().namespace()))
				.ifPresent(commands::add);
		}
		return new Step(commands.isEmpty() && !begunWith(kit, LONGHORN).isEmpty()
				? sentence.append(" Nothing else has to be there.").toString() : sentence.toString(), commands);
	}

	private static Part withoutLonghaul(Kit kit) {
		List<Step> steps = new ArrayList<>();
		steps.add(
				step("Open the kit with age, and remember that everything is in this file in the clear. An identity is "
						+ "given with -i FILE, a passphrase is asked for:", "age -d kit.age > kit.json"));
		if (!argo(kit).isEmpty()) {
			steps.add(new Step("Install Argo CD as it was:", argo(kit)));
		}
		if (!kit.bootstrap().objects().isEmpty()) {
			steps.add(step("Begin the cluster, but for the Applications, which would make volumes that are empty:",
					objects("!=")));
		}
		if (!kit.secrets().isEmpty()) {
			steps.add(new Step("Make the namespaces and Secrets that everything waits for:", secrets(kit)));
		}
		steps.add(new Step("Install Longhorn as it was, and give it the bucket:", bucket(kit)));
		steps.add(
				new Step("In Longhorn's pages, under Backup, restore every volume with its previous name, and make its "
						+ "PersistentVolume and claim with their previous names.", List.of()));
		if (hasApplications(kit)) {
			steps.add(step("Have Argo CD know the first Applications, and sync them one after the other:",
					objects("==")));
		}
		kit.deployedFrom()
			.ifPresent(
					git -> steps.add(
							new Step(
									"Bring back the Git server first if it was in the cluster, then let Argo CD deploy "
											+ "everything else from %s%s.".formatted(git.url(),
													(git.branch() != null) ? ", branch " + git.branch() : ""),
									List.of())));
		return new Part("Without Longhaul", steps);
	}

	private static boolean hasApplications(Kit kit) {
		return kit.bootstrap().names().stream().anyMatch(name -> name.kind() == BeginningKind.APPLICATION);
	}

	private static String objects(String comparison) {
		return "jq '{apiVersion: \"v1\", kind: \"List\", items: [.bootstrap.objects[] | select(.kind %s \"%s\")]}' kit.json | kubectl apply -f -"
			.formatted(comparison, BeginningKind.APPLICATION.kind());
	}

	private static List<String> argo(Kit kit) {
		ChartRelease release = kit.bootstrap().argo();
		if (release == null) {
			return chart(kit, "argo-cd").map(chart -> List.of(helm(ARGO, chart, ARGO))).orElse(List.of());
		}
		String install = helm(release.name(),
				new DeployedChart(release.name(), release.chart(), release.repository(), release.version()),
				release.namespace());
		return release.values().isBlank() ? List.of(install) : List
			.of("jq -r .bootstrap.argo.values kit.json > argo-values.yaml", install + " --values argo-values.yaml");
	}

	private static Optional<DeployedChart> chart(Kit kit, String name) {
		return kit.charts()
			.stream()
			.filter(deployed -> deployed.chart().equals(name))
			.findFirst()
			.or(() -> begunWith(kit, name));
	}

	/**
	 * A chart that one of the first Applications is of, if it says all that Helm needs.
	 */
	private static Optional<DeployedChart> begunWith(Kit kit, String chart) {
		return kit.bootstrap()
			.objects()
			.stream()
			.filter(object -> said(object, "chart").equals(chart) && !said(object, "repoURL").isBlank()
					&& !said(object, "targetRevision").isBlank())
			.findFirst()
			.map(object -> new DeployedChart(ObjectName.of(object).name(), chart, said(object, "repoURL"),
					said(object, "targetRevision")));
	}

	/** Longer than anything that is typed is nothing. */
	private static String said(JsonObject application, String field) {
		return application.text("spec", "source", field).filter(text -> text.length() <= LONGEST).orElse("");
	}

	private static String helm(String release, DeployedChart chart, String namespace) {
		String repository = chart.repository().isEmpty() ? ARGO_CHARTS : chart.repository();
		return "helm install %s %s --repo %s --version %s --namespace %s --create-namespace".formatted(release,
				word(chart.chart()), word(repository), word(chart.version()), namespace);
	}

	private static List<String> secrets(Kit kit) {
		Set<String> made = namespaces(kit);
		List<String> commands = new ArrayList<>();
		kit.secrets()
			.stream()
			.map(secret -> secret.ref().namespace())
			.distinct()
			.filter(namespace -> !made.contains(namespace))
			.forEach(namespace -> commands.add("kubectl create namespace " + namespace));
		commands.add("jq '{apiVersion: \"v1\", kind: \"List\", items: .secrets}' kit.json | kubectl apply -f -");
		return commands;
	}

	/** Argo CD's was made by its chart, and others are among the objects. */
	private static Set<String> namespaces(Kit kit) {
		Set<String> made = new HashSet<>();
		if (!argo(kit).isEmpty()) {
			made.add(kit.bootstrap().argoRelease().map(ChartRelease::namespace).orElse(ARGO));
		}
		kit.bootstrap()
			.names()
			.stream()
			.filter(name -> name.kind() == BeginningKind.NAMESPACE)
			.forEach(name -> made.add(name.name()));
		return made;
	}

	private static List<String> bucket(Kit kit) {
		KitLonghorn longhorn = kit.longhorn();
		List<String> commands = new ArrayList<>();
		chart(kit, LONGHORN).map(chart -> helm(LONGHORN, chart, longhorn.namespace()))
			.or(() -> namespaces(kit).contains(longhorn.namespace()) ? Optional.empty()
					: Optional.of("kubectl create namespace " + longhorn.namespace()))
			.ifPresent(commands::add);
		commands.add("jq '{apiVersion: \"v1\", kind: \"Secret\", metadata: {namespace: .longhorn.namespace, "
				+ "name: .longhorn.credentialSecret}, stringData: .bucket.variables}' kit.json | kubectl apply -f -");
		commands.add("kubectl -n %s patch backuptargets.longhorn.io %s --type merge -p %s".formatted(
				longhorn.namespace(), word(longhorn.target()),
				word("{\"spec\": {\"backupTargetURL\": \"%s\", \"credentialSecret\": \"%s\"}}"
					.formatted(kit.bucket().url(), longhorn.credentials().name()))));
		return commands;
	}

	/** For a shell: what comes out of a cluster may hold anything. */
	private static String word(String text) {
		return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
	}

	private static Step step(String sentence, String... commands) {
		return new Step(sentence, List.of(commands));
	}

	/** As plain text, for whoever reads it out of the opened kit. */
	String text() {
		StringBuilder text = new StringBuilder();
		for (Part part : parts) {
			text.append(part.title()).append("\n\n");
			int number = 1;
			for (Step step : part.steps()) {
				text.append("%d. %s%n".formatted(number++, Printable.of(step.sentence())));
				step.commands().forEach(command -> text.append("     ").append(Printable.of(command)).append('\n'));
			}
			text.append('\n');
		}
		return text.toString();
	}

}
