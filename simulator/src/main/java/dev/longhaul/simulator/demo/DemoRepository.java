package dev.longhaul.simulator.demo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.volume.VolumeName;
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

	/** Where Gitea has it, below its volume. */
	static final String PLACE = "git/gitea-repositories/owner/homelab.git";

	private static final String IN_CLUSTER = "http://gitea-http.gitea:3000/owner/homelab.git";

	/** What a new cluster begins with, before there is a Git server in it. */
	private static final String BOOTSTRAP = """
			apiVersion: v1
			kind: Namespace
			metadata: {name: longhorn-system}
			---
			apiVersion: v1
			kind: Secret
			metadata: {name: longhorn-credentials, namespace: longhorn-system}
			stringData:
			  AWS_ENDPOINTS: "%s"
			  AWS_ACCESS_KEY_ID: "%s"
			  AWS_SECRET_ACCESS_KEY: "%s"
			---
			apiVersion: storage.k8s.io/v1
			kind: StorageClass
			metadata: {name: longhorn}
			provisioner: driver.longhorn.io
			reclaimPolicy: Delete
			volumeBindingMode: Immediate
			parameters: {numberOfReplicas: "3"}
			---
			""";

	private static final String LONGHORN = """
			      - {name: defaultBackupStore.backupTarget, value: "%s"}
			      - {name: defaultBackupStore.backupTargetCredentialSecret, value: longhorn-credentials}
			""";

	private static final String GITEA = """
			      - {name: persistence.size, value: 1Gi}
			      - {name: persistence.volumeName, value: "%s"}
			      - {name: global.storageClass, value: longhorn}
			      - {name: postgresql.enabled, value: "true"}
			      - {name: postgresql.primary.persistence.size, value: 512Mi}
			""";

	private static final String APPS = """
			---
			apiVersion: argoproj.io/v1alpha1
			kind: Application
			metadata: {name: apps, namespace: argocd}
			spec:
			  project: default
			  source: {repoURL: "%s", targetRevision: HEAD, path: apps}
			  destination: {server: "https://kubernetes.default.svc", namespace: argocd}
			  syncPolicy: {automated: {prune: true, selfHeal: true}}
			""".formatted(IN_CLUSTER);

	private static final String VAULTWARDEN = """
			      - {name: storage.existingVolumeClaim.claimName, value: vaultwarden-data}
			""";

	private static final String NEXTCLOUD = """
			      - {name: persistence.enabled, value: "true"}
			      - {name: persistence.size, value: 2Gi}
			""";

	private DemoRepository() {
	}

	/** Its files, by their paths. */
	static Map<String, String> files(List<DemoApplication> applications) {
		Map<String, String> files = new TreeMap<>();
		files.put("README.md", "# Home\n\nWhat runs at home, and how it is backed up.\n");
		files.put("longhaul/jobs/jobs.yaml", JOBS);
		files.put("apps/vaultwarden.yaml",
				chart("vaultwarden", "vaultwarden", "https://guerzon.github.io/vaultwarden", "0.32.4", VAULTWARDEN));
		files.put("apps/nextcloud.yaml",
				chart("nextcloud", "nextcloud", "https://nextcloud.github.io/helm", "7.0.0", NEXTCLOUD));
		for (DemoApplication application : applications) {
			files.put("longhaul/applications/%s.yaml".formatted(application.name()), application(application));
		}
		return files;
	}

	/**
	 * What the owner keeps outside of the repository, filled in.
	 * @param gitea the volume that the repository is on
	 * @param variables that open the bucket
	 */
	static String bootstrap(VolumeName gitea, Map<String, String> variables) {
		return BOOTSTRAP.formatted(variables.get("AWS_ENDPOINTS"), variables.get("AWS_ACCESS_KEY_ID"),
				variables.get("AWS_SECRET_ACCESS_KEY"))
				+ chart("longhorn", "longhorn-system", "https://charts.longhorn.io", DemoCluster.RELEASE.substring(1),
						LONGHORN.formatted(DemoCluster.TARGET))
				+ "---\n" + chart("gitea", "gitea", "https://dl.gitea.com/charts/", "12.1.2", GITEA.formatted(gitea))
				+ APPS;
	}

	private static String chart(String name, String namespace, String repository, String version, String parameters) {
		return """
				apiVersion: argoproj.io/v1alpha1
				kind: Application
				metadata: {name: %1$s, namespace: argocd}
				spec:
				  project: default
				  source:
				    chart: %1$s
				    repoURL: %3$s
				    targetRevision: "%4$s"
				    helm:
				      parameters:
				%5$s
				  destination: {server: "https://kubernetes.default.svc", namespace: %2$s}
				  syncPolicy: {automated: {selfHeal: true}, syncOptions: [CreateNamespace=true]}
				""".formatted(name, namespace, repository, version, parameters.stripTrailing());
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
