package dev.longhaul.gitops.appofapps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.marcnuri.helm.Helm;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.gitops.change.Proposal;
import dev.longhaul.gitops.change.WorkTree;
import dev.longhaul.gitops.definition.DefinitionFolder;
import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.gitops.repository.FileChange;
import dev.longhaul.gitops.testing.HomelabRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Goal: the difference is what the owner would have written by hand. Method: a copy of a
 * repository, the difference as Git shows it, and what Helm makes of the chart then.
 */
class AddLonghaulTest {

	private static final Path OURS = Path.of("src/test/resources/app-of-apps");

	private static final AddLonghaul ADD = new AddLonghaul(new ChartVersion("https://longhaul.dev/charts", "0.1.0"));

	@TempDir
	private Path directory;

	@Test
	void writesAnEntryLikeItsNeighbourAndKeepsTheRestOfTheFile() throws IOException {
		WorkTree tree = copy(OURS);

		Proposal proposal = ADD.apply(tree);

		assertThat(diff(tree, proposal, "apps/values.yaml")).isEqualTo("""
				--- a/apps/values.yaml
				+++ b/apps/values.yaml
				@@ -18,6 +18,11 @@
				   -   repoURL: "https://charts.example.org/database"
				       chart: database
				       targetRevision: "2.1.0"   # pinned
				+- name: longhaul
				+  sources:
				+  -   repoURL: "https://longhaul.dev/charts"
				+      chart: longhaul
				+      targetRevision: "0.1.0"
				\s
				 # Where all this is.
				 config:
				""");
	}

	@Test
	void declaresTheVolumesThatTheValuesSayAndNotesThoseTheyDoNot() throws IOException {
		WorkTree tree = copy(OURS);

		Proposal proposal = ADD.apply(tree);

		assertThat(proposal.files()).containsOnlyKeys("apps/values.yaml", "longhaul/applications/database.yaml",
				"longhaul/jobs/nightly.yaml", "longhaul/jobs/weekly-proof.yaml", "longhaul/values.yaml");
		assertThat(proposal.files()).containsEntry("longhaul/applications/database.yaml", """
				apiVersion: longhaul.dev/v1
				kind: Application
				metadata:
				  name: database
				spec:
				  namespace: data
				  volumes:
				    - claim: dumps
				    - matchLabels:
				        app.kubernetes.io/instance: database
				""");
		assertThat(proposal.files()).containsEntry("longhaul/values.yaml", """
				config:
				  git:
				    url: http://git.example.org/me/home.git
				""");
		assertThat(proposal.notes()).containsExactly(
				"longhorn/values.yaml says no backup target: set config.target.url in longhaul/values.yaml",
				"site/values.yaml says nothing of the claim that its chart makes: add it to "
						+ "longhaul/applications/site.yaml");
	}

	@Test
	void givesHelmAnApplicationMoreAndChangesNothingASecondTime() throws IOException {
		WorkTree tree = copy(OURS);
		String before = template(directory);

		tree.write(ADD.apply(tree).files());

		assertThat(template(directory)).startsWith(before.stripTrailing()).contains("name: longhaul");
		assertThat(DefinitionFolder.read(directory)).isInstanceOf(ReadResult.Sound.class);
		assertThat(ADD.apply(tree).files()).isEmpty();
	}

	@Test
	void leavesWhatSomebodyHasWrittenAlready() throws IOException {
		WorkTree tree = copy(OURS);
		tree.write(ADD.apply(tree).files());
		Files.writeString(directory.resolve("longhaul/values.yaml"), "config: {}   # ours\n");
		Files.delete(directory.resolve("longhaul/jobs/weekly-proof.yaml"));

		assertThat(ADD.apply(tree).files()).isEmpty();
	}

	/** The repository of a real user, as it was published. */
	@Test
	void readsLikeItsOwnersHandInARealRepository() throws IOException {
		WorkTree tree = copy(HomelabRepository.rootOrAbort());
		String before = template(directory);

		Proposal proposal = ADD.apply(tree);
		String apps = diff(tree, proposal, "apps/values.yaml");
		tree.write(proposal.files());

		assertThat(apps).isEqualTo("""
				--- a/apps/values.yaml
				+++ b/apps/values.yaml
				@@ -62,4 +62,9 @@
				     sources:\s
				       - repoURL: 'https://electricallen.github.io/ignition-helm'
				         chart: ignition
				-        targetRevision: 0.1.10
				\\ No newline at end of file
				+        targetRevision: 0.1.10
				+  - name: longhaul
				+    sources:
				+      - repoURL: 'https://longhaul.dev/charts'
				+        chart: longhaul
				+        targetRevision: 0.1.0
				\\ No newline at end of file
				""");
		assertThat(volumes(proposal, "gitea")).containsExactly("- claim: gitea-shared-storage",
				"- claim: pvc-data-gitea-postgresql");
		assertThat(volumes(proposal, "nextcloud")).containsExactly("- claim: nextcloud-data", "- claim: nextcloud-db");
		assertThat(volumes(proposal, "vaultwarden")).containsExactly("- claim: vaultwarden-data");
		assertThat(volumes(proposal, "ignition")).containsExactly("- matchLabels:",
				"app.kubernetes.io/instance: ignition");
		assertThat(proposal.files()).hasSize(8).containsEntry("longhaul/values.yaml", """
				config:
				  target:
				    url: s3://longhorn-backups-mydomain@region/longhorn
				  git:
				    url: http://gitea-http.gitea.svc:3000/gitea_admin/homelab-gitops.git
				""");
		assertThat(proposal.notes()).isEmpty();
		assertThat(DefinitionFolder.read(directory)).isInstanceOf(ReadResult.Sound.class);
		assertThat(template(directory)).startsWith(before.stripTrailing())
			.contains("name: \"longhaul\"", "namespace: \"longhaul\"", "chart: longhaul",
					"- $values/longhaul/values.yaml");
		assertThat(ADD.apply(tree).files()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', quoteCharacter = '`',
			value = { "apps/Chart.yaml ; `` ; there is no apps/Chart.yaml",
					"apps/templates/applications.yaml ; kind: ConfigMap ; "
							+ "nothing in apps/templates/ makes a 'kind: Application'",
					"apps/values.yaml ; `` ; there is no apps/values.yaml, or more than one document in it",
					"apps/values.yaml ; apps: [] ; "
							+ "'applications' in apps/values.yaml is no list with a line for each entry",
					"apps/values.yaml ; applications: [{name: a}] ; "
							+ "'applications' in apps/values.yaml is no list with a line for each entry" })
	void refusesWhatIsNoAppOfAppsWithWhatWasLookedFor(String file, String content, String fact) throws IOException {
		WorkTree tree = copy(OURS);
		if (content.isEmpty()) {
			Files.delete(directory.resolve(file));
		}
		else {
			Files.writeString(directory.resolve(file), content + "\n");
		}

		RefusedRequest failure = catchThrowableOfType(RefusedRequest.class, () -> ADD.apply(tree));

		assertThat(failure.code()).isEqualTo(FailureCode.INVALID_USAGE);
		assertThat(failure.fact()).isEqualTo("this is no app-of-apps as it is known here: " + fact);
		assertThat(failure.hint()).startsWith("looked for a chart in apps/");
	}

	@Test
	void refusesAListWithoutAChartToWriteLike() throws IOException {
		WorkTree tree = copy(OURS);
		Files.writeString(directory.resolve("apps/values.yaml"), "applications:\n  - name: a\n    path: a\n");

		RefusedRequest failure = catchThrowableOfType(RefusedRequest.class, () -> ADD.apply(tree));

		assertThat(failure.fact())
			.endsWith("no entry of 'applications' in apps/values.yaml has 'sources' with a chart");
	}

	private static List<String> volumes(Proposal proposal, String application) {
		String text = String.valueOf(proposal.files().get("longhaul/applications/" + application + ".yaml"));
		return text.substring(text.indexOf("volumes:") + 9).lines().map(String::strip).toList();
	}

	private static String diff(WorkTree tree, Proposal proposal, String path) {
		return new FileChange(path, tree.text(path).orElse(null), String.valueOf(proposal.files().get(path))).diff();
	}

	private static String template(Path repository) {
		return new Helm(repository.resolve("apps")).template().call();
	}

	private WorkTree copy(Path repository) throws IOException {
		try (Stream<Path> files = Files.walk(repository)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path to = directory.resolve(repository.relativize(file).toString());
				Files.createDirectories(to.getParent());
				Files.copy(file, to);
			}
		}
		return new WorkTree(directory);
	}

}
