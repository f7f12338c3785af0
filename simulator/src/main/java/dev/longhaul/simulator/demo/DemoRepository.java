package dev.longhaul.simulator.demo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.simulator.VolumePlan;

/**
 * What the demo's user has declared in Git.
 */
final class DemoRepository {

	/** The job of the nights. */
	static final String NIGHTLY = "nightly";

	/** Where a job copies to, by its name in the configuration. */
	static final String MIRROR = "attic";

	private static final String JOBS = """
			# Every night. What is kept is thinned out by 'longhaul retention'.
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata: {name: nightly}
			spec:
			  schedule: "30 2 * * *"
			  timeZone: Europe/Berlin
			  retention: {daily: 7, weekly: 4, monthly: 12, within: 3d}
			---
			# To the disk in the attic, once the night is over.
			apiVersion: longhaul.dev/v1
			kind: MirrorJob
			metadata: {name: to-the-attic}
			spec: {after: nightly, to: attic}
			---
			# On Sundays, older restore points are read back once more.
			apiVersion: longhaul.dev/v1
			kind: VerifyJob
			metadata: {name: weekly-proof}
			spec: {schedule: "0 5 * * Sun", timeZone: Europe/Berlin, restorePoints: 7}
			""";

	private DemoRepository() {
	}

	/** Its files, by their paths. */
	static Map<String, String> files(List<DemoApplication> applications) {
		Map<String, String> files = new TreeMap<>();
		files.put("README.md", "# Home\n\nWhat runs at home, and how it is backed up.\n");
		files.put("longhaul/jobs/jobs.yaml", JOBS);
		for (DemoApplication application : applications) {
			files.put("longhaul/applications/%s.yaml".formatted(application.name()), application(application));
		}
		return files;
	}

	private static String application(DemoApplication application) {
		ApplicationName name = application.name();
		String volumes = application.volumes()
			.stream()
			.map(VolumePlan::claim)
			.map(claim -> "    - {namespace: %s, claim: %s}\n".formatted(claim.namespace(), claim.name()))
			.collect(Collectors.joining());
		return """
				apiVersion: longhaul.dev/v1
				kind: Application
				metadata: {name: %s}
				spec:
				  namespace: %s
				  volumes:
				""".formatted(name, name) + volumes;
	}

}
