package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.Schema;
import dev.longhaul.core.backup.Backup;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.simulator.fault.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: what a plan says goes through Longhorn, and what stays can be restored. Method:
 * nights whose backups Longhorn made, over the API and the bucket as production code
 * meets them; what is left is read back.
 */
class RetentionIT {

	private static final Path PAGE = Path.of("../docs/retention.md");

	private static final Instant FIRST = Instant.parse("2026-11-08T01:30:00Z");

	@TempDir
	private static Path shared;

	private static NightsInCluster nights;

	@BeforeAll
	static void startACluster() throws IOException {
		nights = NightsInCluster.start(shared);
	}

	@AfterAll
	static void stop() throws IOException {
		if (nights != null) {
			nights.close();
		}
	}

	@Test
	void whatIsApprovedGoesThroughLonghornAndTheRestVerifies() throws IOException {
		VolumeName volume = nights.volume("pvc-gitea", "gitea/data");
		for (int night = 0; night < 12; night++) {
			nights.night("gitea", volume, "gitea/data", FIRST.plus(Duration.ofDays(night)));
		}
		String clone = declare();
		int blocks = nights.stored(volume, "blocks/").size();

		Outcome plan = retention("plan", "--repo", clone, "--application", "gitea");
		Outcome json = retention("plan", "--repo", clone, "--application", "gitea", "--output", "json");
		assertThat(plan.status()).as(plan.errors()).isZero();
		assertThat(Schema.of("retention-plan").violations(json.out())).isEmpty();
		assertThat(Files.readString(PAGE))
			.contains("$ longhaul retention plan %s --repo .\n%s```".formatted(NightsInCluster.URL, plan.out()));
		String hash = json.json().at("/applications/0/plan").asString();

		Outcome refused = apply("0".repeat(64), "--repo", clone);
		assertThat(refused.status()).isEqualTo(2);
		assertThat(refused.errors()).contains("[PLAN_CHANGED]");
		assertThat(nights.stored(volume, "backups/")).hasSize(12);

		Outcome applied = apply(hash, "--repo", clone);
		assertThat(applied.status()).as(applied.errors()).isZero();
		assertThat(Files.readString(PAGE)).contains("--approve %s\n%s```".formatted(hash, applied.out()));
		assertThat(nights.stored(volume, "backups/")).containsExactlyInAnyOrderElementsOf(manifests(json, "keep"));
		assertThat(nights.stored(volume, "blocks/")).hasSizeLessThan(blocks);
		List<Backup> left = nights.longhorn()
			.backups()
			.stream()
			.filter(backup -> backup.volume().equals(volume))
			.toList();
		assertThat(left).extracting(backup -> "backup_" + backup.name() + ".cfg")
			.containsExactlyInAnyOrderElementsOf(manifests(json, "keep"));
		assertThat(left)
			.allSatisfy(backup -> assertThat(nights.longhorn().findSnapshot(Objects.requireNonNull(backup.snapshot())))
				.as("the snapshot of %s", backup.name())
				.isPresent());

		Outcome verified = nights.cli().run("verify", NightsInCluster.URL, "--volume", volume.value());
		assertThat(verified.status()).as(verified.out() + verified.errors()).isZero();

		Outcome again = retention("plan", "--repo", clone, "--application", "gitea", "--output", "json");
		assertThat(again.json().at("/applications/0/removed").asInt()).isZero();
		assertThat(again.json().at("/applications/0/kept").asInt()).isEqualTo(5);
	}

	@Test
	void aDeletionThatFailsIsSaidAndTheRestOfTheVolumeStays() throws IOException {
		VolumeName volume = nights.volume("pvc-vault", "vault/data");
		for (int night = 0; night < 3; night++) {
			nights.night("vault", volume, "vault/data", FIRST.plus(Duration.ofDays(night)));
		}
		Outcome plan = retention("plan", "--policy", "last 1", "--application", "vault", "--output", "json");
		nights.simulated().faults().inject(new Fault.DeletionBreaks(volume));

		Outcome applied = apply(plan.json().at("/applications/0/plan").asString(), "--policy", "last 1", "--output",
				"json");

		assertThat(applied.status()).as(applied.errors()).isEqualTo(3);
		assertThat(Schema.of("retention-apply").violations(applied.out())).isEmpty();
		assertThat(applied.json().at("/applications/0/restorePoints/0/outcome").asString()).isEqualTo("failed");
		assertThat(applied.json().at("/applications/0/restorePoints/0/code").asString())
			.isEqualTo("BACKUP_NOT_DELETED");
		assertThat(applied.json().at("/applications/0/restorePoints/1/outcome").asString()).isEqualTo("left");
		assertThat(nights.stored(volume, "backups/")).hasSize(3);

		NightsInCluster.await("Longhorn to try again by itself", () -> nights.stored(volume, "backups/").size() == 2);
		Outcome next = retention("plan", "--policy", "last 1", "--application", "vault", "--output", "json");
		Outcome finished = apply(next.json().at("/applications/0/plan").asString(), "--policy", "last 1");
		assertThat(finished.status()).as(finished.errors()).isZero();
		assertThat(nights.stored(volume, "backups/")).hasSize(1);
	}

	@Test
	void whatWasExportedGoesWithItsRestorePointAndWhatIsLeftByTheNextPlan() throws IOException {
		VolumeName volume = nights.volume("pvc-forge", "forge/data");
		for (int night = 0; night < 3; night++) {
			Instant due = FIRST.plus(Duration.ofDays(night));
			nights.night("forge", volume, "forge/data", due);
			nights.export("forge", due, "database");
		}
		Outcome plan = retention("plan", "--policy", "last 1", "--application", "forge");
		Outcome json = retention("plan", "--policy", "last 1", "--application", "forge", "--output", "json");
		assertThat(Schema.of("retention-plan").violations(json.out())).isEmpty();
		assertThat(plan.out()).containsOnlyOnce("stays   forge-nightly 2026-11-10T01:30:00Z")
			.contains("older than everything the policy keeps; with it goes what was exported: database");
		assertThat(json.json().at("/applications/0/restorePoints/2/exports/0").asString()).isEqualTo("database");

		Outcome applied = apply(json.json().at("/applications/0/plan").asString(), "--policy", "last 1");

		assertThat(applied.status()).as(applied.errors()).isZero();
		assertThat(nights.stored(volume, "backups/")).hasSize(1);
		assertThat(nights.exports("forge")).containsExactly("20261110t013000z/forge/database.zst");
		assertThat(nights.cli().run("exports", "list", NightsInCluster.URL).out()).contains("gone", "not encrypted");

		nights.export("forge", FIRST, "database");
		Outcome next = retention("plan", "--policy", "last 1", "--application", "forge", "--output", "json");
		assertThat(next.json().at("/applications/0/restorePoints/1/condition").asString()).isEqualTo("gone");
		assertThat(next.json().at("/applications/0/restorePoints/1/backups").size()).isZero();
		Outcome finished = apply(next.json().at("/applications/0/plan").asString(), "--policy", "last 1");
		assertThat(finished.status()).as(finished.errors()).isZero();
		assertThat(nights.exports("forge")).containsExactly("20261110t013000z/forge/database.zst");
	}

	@Test
	void anotherClusterThanTheTargetsIsRefused() throws IOException {
		VolumeName volume = nights.volume("pvc-wiki", "wiki/data");
		nights.night("wiki", volume, "wiki/data", FIRST);
		nights.night("wiki", volume, "wiki/data", FIRST.plus(Duration.ofDays(1)));
		Outcome plan = nights.cli()
			.run("retention", "plan", "s3://longhorn-backups@eu-central-004/", "--policy", "last 1", "--application",
					"wiki", "--output", "json");

		Outcome applied = nights.cli()
			.run("retention", "apply", "s3://longhorn-backups@eu-central-004/", "--policy", "last 1", "--kubeconfig",
					nights.simulated().kubeconfig().toString(), "--approve",
					plan.json().at("/applications/0/plan").asString());

		assertThat(applied.status()).isEqualTo(2);
		assertThat(applied.errors()).contains("the cluster has no backup target s3://longhorn-backups@eu-central-004/");
		assertThat(nights.stored(volume, "backups/")).hasSize(2);
	}

	private static List<String> manifests(Outcome plan, String decision) {
		List<String> manifests = new ArrayList<>();
		plan.json().at("/applications/0/restorePoints").forEach(point -> {
			if (point.at("/decision").asString().equals(decision)) {
				manifests.add("backup_" + point.at("/backups/0/backup").asString() + ".cfg");
			}
		});
		return manifests;
	}

	private static Outcome retention(String verb, String... options) {
		return run(List.of("retention", verb, NightsInCluster.URL), options);
	}

	private static Outcome apply(String hash, String... options) {
		return run(List.of("retention", "apply", NightsInCluster.URL, "--kubeconfig",
				nights.simulated().kubeconfig().toString(), "--approve", hash), options);
	}

	private static Outcome run(List<String> command, String... options) {
		List<String> arguments = new ArrayList<>(command);
		arguments.addAll(List.of(options));
		return nights.cli().run(arguments.toArray(String[]::new));
	}

	private static String declare() throws IOException {
		Path clone = shared.resolve("homelab");
		Files.createDirectories(clone.resolve("longhaul/applications"));
		Files.createDirectories(clone.resolve("longhaul/jobs"));
		Files.writeString(clone.resolve("longhaul/applications/gitea.yaml"), """
				apiVersion: longhaul.dev/v1
				kind: Application
				metadata: {name: gitea}
				spec: {namespace: gitea, volumes: [claim: data]}
				""");
		Files.writeString(clone.resolve("longhaul/jobs/nightly.yaml"), """
				apiVersion: longhaul.dev/v1
				kind: BackupJob
				metadata: {name: gitea-nightly}
				spec:
				  schedule: "30 2 * * *"
				  timeZone: Europe/Berlin
				  retention:
				    daily: 3
				    weekly: 2
				    pins:
				      - {at: 2026-11-10T01:30:00Z, reason: before the upgrade}
				      - {at: 2026-10-10T01:30:00Z, reason: before the move}
				""");
		return clone.toString();
	}

}
