package dev.longhaul.gitops.appofapps;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.longhaul.gitops.change.Proposal;
import dev.longhaul.gitops.change.RepositoryChange;
import dev.longhaul.gitops.change.RepositoryFiles;
import dev.longhaul.gitops.definition.DefinitionFolder;
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

	public AddLonghaul(ChartVersion chart) {
		this.chart = chart;
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

	private static void addApplications(AppOfApps apps, RepositoryFiles files, SortedMap<String, String> added,
			List<String> notes) {
		for (AppOfApps.Entry entry : apps.entries()) {
			String path = entry.name() + "/values.yaml";
			Optional<TextDocument> values = entry.isChart() ? AppOfApps.document(files, path) : Optional.empty();
			if (values.isEmpty() || entry.name().equals(ChartVersion.NAME)) {
				continue;
			}
			FoundVolumes found = FoundVolumes.in(entry, values.get());
			if (found.hasUnnamed()) {
				notes.add("%s says nothing of the claim that its chart makes: add it to longhaul/applications/%s.yaml"
					.formatted(path, entry.name()));
			}
			if (!found.isEmpty() && entry.name().matches(NAME)) {
				added.put("%s/applications/%s.yaml".formatted(FOLDER, entry.name()), found.definition());
			}
			else if (!found.isEmpty()) {
				notes.add("'%s' cannot be the name of an application: at most 40 of a-z, 0-9 and inner '-'"
					.formatted(entry.name()));
			}
		}
	}

}
