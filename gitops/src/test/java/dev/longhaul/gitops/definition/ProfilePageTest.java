package dev.longhaul.gitops.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.profile.Check;
import dev.longhaul.core.profile.Profile;
import dev.longhaul.gitops.form.Problem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people copy from the page is read.
 */
class ProfilePageTest {

	private static final Path PAGE = Path.of("../docs/profiles.md");

	private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

	private static final String AROUND = """
			apiVersion: longhaul.dev/v1
			kind: Application
			metadata: {name: example}
			spec:
			  namespace: example
			  volumes: [{claim: data}]
			  workloads:
			    - deployment: app
			    - deployment: worker
			    - deployment: nextcloud
			    - deployment: vaultwarden
			    - deployment: gitea
			    - statefulSet: gitea-postgresql
			    - {statefulSet: mariadb, namespace: databases}
			  profile:
			""";

	@Test
	void everyProfileOnThePageIsSound() throws IOException {
		List<String> examples = examples(false);

		assertThat(examples).hasSize(6);
		assertThat(examples).extracting(example -> profile(example).getClass().getSimpleName())
			.containsExactly("NextcloudProfile", "NextcloudProfile", "VaultwardenProfile", "GiteaProfile",
					"MariadbProfile", "OwnProfile");
	}

	@Test
	void everyCheckOnThePageIsSound() throws IOException {
		List<String> examples = examples(true);

		assertThat(examples).singleElement()
			.satisfies(example -> assertThat(application(AROUND.replace("  profile:\n", "")
				.replace("[{claim: data}]", "[{claim: data}, {claim: gitea-shared-storage}]") + example).checks())
				.extracting(Check::what)
				.containsExactly("sqlite data/gitea.db", "present gitea/conf/app.ini"));
	}

	private static List<String> examples(boolean checks) throws IOException {
		return EXAMPLE.matcher(Files.readString(PAGE))
			.results()
			.map(example -> example.group(1))
			.filter(example -> example.startsWith("  checks:") == checks)
			.toList();
	}

	private static Profile profile(String example) {
		return Objects
			.requireNonNull(application(example.contains("apiVersion") ? example : AROUND + example).profile());
	}

	private static ApplicationDefinition application(String document) {
		ReadResult result = DefinitionReader.read(List.of(DefinitionFile.of("applications/example.yaml", document)));
		if (result instanceof ReadResult.Refused refused) {
			throw new AssertionError(document + refused.problems().stream().map(Problem::toString).toList());
		}
		return ((ReadResult.Sound) result).definitions().applications().get(0);
	}

}
