package dev.longhaul.gitops.appofapps;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.longhaul.core.workload.DeployedClaim;
import dev.longhaul.gitops.change.Proposal;
import dev.longhaul.gitops.change.RepositoryChange;
import dev.longhaul.gitops.change.RepositoryFiles;
import dev.longhaul.gitops.definition.DefinitionFolder;
import dev.longhaul.gitops.definition.DerivedName;
import dev.longhaul.gitops.form.TextDocument;

/**
 * Adds Longhaul to an app-of-apps: an entry in its list, a values file, and a first set
 * of applications and jobs. What is there already stays as it is, so a second time there
 * is nothing to do.
 */
public final class AddLonghaul implements RepositoryChange {

	private static final String FOLDER = DefinitionFolder.NAME;

	private static final String NAME = "[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?";

	private static final String NIGHTLY = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata:
			  name: nightly
			spec:
			  schedule: "30 2 * * *"
			""";

	private static final String WEEKLY = """
			apiVersion: longhaul.dev/v1
			kind: VerifyJob
			metadata:
			  name: weekly-proof
			spec:
			  schedule: "0 6 * * 0"
			  restorePoints: 7
			""";

	private final ChartVersion chart;

	private final List<DeployedApplication> deployed;

	/** With what the repository itself says. */
	public AddLonghaul(ChartVersion chart) {
		this(chart, List.of());
	}

	/**
	 * @param deployed claims on volumes of Longhorn; what the repository says of the same
	 * applications is left out, as a cluster knows them better
	 */
	public AddLonghaul(ChartVersion chart, List<DeployedClaim> deployed) {
		this.chart = chart;
		this.deployed = DeployedApplication.of(deployed);
	}

	@Override
	public Proposal apply(RepositoryFiles files) {
		AppOfApps apps = AppOfApps.read(files);
		SortedMap<String, String> added = new TreeMap<>();
		List<String> notes = new ArrayList<>();
		if (!apps.has(ChartVersion.NAME)) {
			added.put(AppOfApps.VALUES, apps.with(chart));
		}
		if (files.text(FOLDER + "/values.yaml").isEmpty()) {
			added.put(FOLDER + "/values.yaml", values(apps, files, notes));
		}
		if (files.paths(FOLDER + "/applications").isEmpty()) {
			addDeployed(added, notes);
			addApplications(apps, files, added, notes);
		}
		if (files.paths(FOLDER + "/jobs").isEmpty()) {
			added.put(FOLDER + "/jobs/nightly.yaml", NIGHTLY);
			added.put(FOLDER + "/jobs/weekly-proof.yaml", WEEKLY);
		}
		SortedMap<String, String> basis = new TreeMap<>();
		added.keySet().forEach(path -> basis.put(path, files.text(path).orElse("")));
		return new Proposal("longhaul: add to the app-of-apps", added, basis, notes);
	}

	/** What Longhaul has to know, and the repository says already. */
	private static String values(AppOfApps apps, RepositoryFiles files, List<String> notes) {
		StringBuilder values = new StringBuilder("config:\n");
		Optional<TextDocument> longhorn = AppOfApps.document(files, "longhorn/values.yaml");
		String target = longhorn.map(document -> document.textAt("defaultBackupStore", "backupTarget")).orElse("");
		if (target.matches("[A-Za-z0-9@:/._?=&%-]+")) {
			values.append("  target:\n    url: ").append(target).append('\n');
		}
		else {
			notes.add("longhorn/values.yaml says no backup target: set config.target.url in longhaul/values.yaml");
		}
		String repository = apps.repositoryUrl();
		if (repository.matches("[A-Za-z0-9@:/._-]+")) {
			values.append("  git:\n    url: ").append(repository).append('\n');
		}
		else {
			notes.add("apps/values.yaml does not say where the repository is: set config.git.url in "
					+ "longhaul/values.yaml");
		}
		return (values.indexOf("url") >= 0) ? values.toString() : "config: {}\n";
	}

	private void addDeployed(SortedMap<String, String> added, List<String> notes) {
		for (DeployedApplication application : deployed) {
			if (application.instance().equals(ChartVersion.NAME)) {
				notes.add("Longhaul's own claims in '%s' are left out: what is in them is a cache"
					.formatted(application.namespace()));
				continue;
			}
			for (int attempt = 1; attempt <= deployed.size(); attempt++) {
				String name = DerivedName.of(application.instance(), "application", attempt);
				if (added.putIfAbsent(path(name), application.definition(name)) == null) {
					break;
				}
			}
		}
	}

	private static String path(String application) {
		return "%s/applications/%s.yaml".formatted(FOLDER, application);
	}

	/** Whether the cluster has told of it, in these words or others. */
	private boolean isDeployed(AppOfApps.Entry entry, FoundVolumes found) {
		return deployed.stream()
			.anyMatch(
					application -> found.claims().stream().anyMatch(claim -> application.has(entry.namespace(), claim))
							|| (application.namespace().equals(entry.namespace())
									&& application.instance().equals(entry.name())));
	}

	private void addApplications(AppOfApps apps, RepositoryFiles files, SortedMap<String, String> added,
			List<String> notes) {
		for (AppOfApps.Entry entry : apps.entries()) {
			String path = entry.name() + "/values.yaml";
			Optional<TextDocument> values = entry.isChart() ? AppOfApps.document(files, path) : Optional.empty();
			if (values.isEmpty() || entry.name().equals(ChartVersion.NAME)) {
				continue;
			}
			FoundVolumes found = FoundVolumes.in(entry, values.get());
			if (isDeployed(entry, found)) {
				continue;
			}
			if (found.hasUnnamed()) {
				notes.add("%s says nothing of the claim that its chart makes: add it to longhaul/applications/%s.yaml"
					.formatted(path, entry.name()));
			}
			if (!found.isEmpty() && entry.name().matches(NAME)) {
				if (added.putIfAbsent(path(entry.name()), found.definition()) != null) {
					notes.add("'%s' of %s is not deployed, and another application of that name is: declare it by hand"
						.formatted(entry.name(), path));
				}
			}
			else if (!found.isEmpty()) {
				notes.add("'%s' cannot be the name of an application: at most 40 of a-z, 0-9 and inner '-'"
					.formatted(entry.name()));
			}
		}
	}

}
