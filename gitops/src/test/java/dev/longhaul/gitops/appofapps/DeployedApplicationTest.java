package dev.longhaul.gitops.appofapps;

import java.nio.file.Path;
import java.util.List;

import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.workload.DeployedClaim;
import dev.longhaul.core.workload.Mount;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.gitops.change.EditedFiles;
import dev.longhaul.gitops.change.Proposal;
import dev.longhaul.gitops.change.WorkTree;
import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.ReadResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DeployedApplicationTest {

	private static final Path EXAMPLE = Path.of("src/test/resources/app-of-apps");

	private static final ChartVersion CHART = new ChartVersion("https://longhaul.dev/charts", "0.1.0");

	private static final String FOLDER = "longhaul/applications/";

	@Test
	void claimsOfOneInstanceAreOneApplicationWithWhatRunsOnThem() {
		Proposal proposal = propose(
				claim("git/data-gitea-postgresql-0", "gitea",
						on(Workload.Kind.STATEFUL_SET, "git", "gitea-postgresql", "postgresql",
								"docker.io/bitnami/postgresql:16.3@sha256:0a")),
				claim("git/gitea-shared-storage", "gitea",
						on(Workload.Kind.DEPLOYMENT, "git", "gitea", "gitea", "docker.gitea.com/gitea:1.23-rootless")));

		assertThat(proposal.files().get(FOLDER + "gitea.yaml")).isEqualTo("""
				apiVersion: longhaul.dev/v1
				kind: Application
				metadata:
				  name: gitea
				spec:
				  namespace: git
				  volumes:
				    - claim: data-gitea-postgresql-0
				    - claim: gitea-shared-storage
				  workloads:
				    - statefulSet: gitea-postgresql
				    - deployment: gitea
				  profile:
				    gitea:
				      workload: {deployment: gitea}
				      database: {statefulSet: gitea-postgresql, container: postgresql}
				""");
	}

	@ParameterizedTest
	@CsvSource({ "nextcloud:31.0.8, nextcloud", "vaultwarden/server:1.34, vaultwarden",
			"registry.example.org:5000/vaultwarden/server, vaultwarden", "postgres, postgresql",
			"bitnami/mariadb:11, mariadb" })
	void aProfileThatIsFullyKnownIsProposed(String image, String profile) {
		String definition = definitionWith(image);

		assertThat(definition).endsWith("""
				  profile:
				    %s:
				      in: {deployment: main, container: app}
				""".formatted(profile));
	}

	@ParameterizedTest
	@CsvSource({ "lscr.io/linuxserver/nextcloud:31, the image of linuxserver.io has occ and its files elsewhere",
			"ghcr.io/requarks/wiki:2, none is known for ghcr.io/requarks/wiki:2" })
	void aProfileThatIsOnlyGuessedIsAComment(String image, String reason) {
		assertThat(definitionWith(image)).contains("  # No profile: " + reason)
			.doesNotContainPattern("(?m)^  profile:");
	}

	@Test
	void aDatabaseBesideSomethingUnknownIsNotMadeQuietAlone() {
		String definition = propose(
				claim("wiki/files", "wiki", on(Workload.Kind.DEPLOYMENT, "wiki", "wiki", "wiki", "requarks/wiki:2")),
				claim("wiki/db", "wiki", on(Workload.Kind.STATEFUL_SET, "wiki", "db", "postgres", "postgres:16")))
			.files()
			.get(FOLDER + "wiki.yaml");

		assertThat(definition).contains(
				"""
						  # No profile: postgresql is not alone on these volumes, postgres:16, requarks/wiki:2. docs/profiles.md says more.
						  # profile:
						  #   postgresql:
						  #     in: {statefulSet: db, container: postgres}
						""");
	}

	@Test
	void theClusterWinsAndTheRepositoryAddsWhatIsNotDeployed() {
		Proposal without = propose();
		Proposal same = propose(claim("data/other", "database"));
		Proposal sameClaim = propose(claim("data/dumps", null));
		Proposal another = propose(claim("chat/data", "chat"));

		assertThat(without.files()).containsKey(FOLDER + "database.yaml");
		assertThat(same.files().get(FOLDER + "database.yaml")).contains("claim: other").doesNotContain("dumps");
		assertThat(sameClaim.files()).containsKey(FOLDER + "dumps.yaml").doesNotContainKey(FOLDER + "database.yaml");
		assertThat(another.files()).containsKeys(FOLDER + "chat.yaml", FOLDER + "database.yaml");
	}

	@Test
	void namesAreMadeValidAndKeptApart() {
		Proposal proposal = propose(claim("a/data", "My_Wiki"), claim("b/data", "my.wiki"),
				claim("c/data", null, on(Workload.Kind.DEPLOYMENT, "c", "c-main", "app", "any")));

		assertThat(proposal.files()).containsKeys(FOLDER + "my-wiki.yaml", FOLDER + "my-wiki-2.yaml",
				FOLDER + "c-main.yaml");
	}

	@Test
	void whatIsNoNameOfKubernetesNeverGetsIntoAFile() {
		Proposal proposal = propose(claim("a/data\n  profile: {}", "chat"));

		assertThat(proposal.files()).doesNotContainKey(FOLDER + "chat.yaml");
	}

	@Test
	void ourOwnClaimsAreNoApplication() {
		Proposal proposal = propose(claim("longhaul/database", "longhaul"));

		assertThat(proposal.files()).doesNotContainKey(FOLDER + "longhaul.yaml");
		assertThat(proposal.notes())
			.contains("Longhaul's own claims in 'longhaul' are left out: what is in them is a cache");
	}

	private static String definitionWith(String image) {
		String definition = propose(
				claim("main/data", "main", on(Workload.Kind.DEPLOYMENT, "main", "main", "app", image)))
			.files()
			.get(FOLDER + "main.yaml");
		assertThat(definition).isNotNull();
		return String.valueOf(definition);
	}

	/** What comes out is sound. */
	private static Proposal propose(DeployedClaim... claims) {
		WorkTree tree = new WorkTree(EXAMPLE);
		Proposal proposal = new AddLonghaul(CHART, List.of(claims)).apply(tree);
		assertThat(DefinitionReader.read(new EditedFiles(tree, proposal.files()).definitions()))
			.isInstanceOf(ReadResult.Sound.class);
		return proposal;
	}

	private static DeployedClaim claim(String claim, @Nullable String instance, Mount... mounts) {
		return new DeployedClaim(ClaimRef.parse(claim), instance, List.of(mounts));
	}

	private static Mount on(Workload.Kind kind, String namespace, String workload, String container, String image) {
		return new Mount(new Place(new Workload(kind, namespace, workload), container), image);
	}

}
