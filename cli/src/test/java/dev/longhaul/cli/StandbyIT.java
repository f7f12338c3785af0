package dev.longhaul.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.longhaul.cli.Cli.Outcome;
import dev.longhaul.cli.testing.Schema;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupName;
import dev.longhaul.core.cluster.RestoredVolume;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.run.Night;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.longhorn.cluster.LonghornConnection;
import dev.longhaul.longhorn.connection.CredentialPlugins;
import dev.longhaul.simulator.ClusterPlan;
import dev.longhaul.simulator.SimulatedCluster;
import dev.longhaul.simulator.VolumePlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a second cluster has volumes that follow the backups of the first, and becomes
 * the one that is used by one command. Method: two clusters share a bucket; the first
 * goes on with its nights.
 */
class StandbyIT {

	private static final Instant FIRST = Instant.parse("2026-11-08T01:30:00Z");

	private static final Instant SECOND = FIRST.plus(Duration.ofDays(1));

	private static final VolumeName VAULT = new VolumeName("pvc-vault");

	private static final ClaimRef CLAIM = new ClaimRef("vault", "data");

	@TempDir
	private Path directory;

	private NightsInCluster first;

	private SimulatedCluster second;

	private LonghornConnection there;

	@BeforeEach
	void startBoth() throws IOException {
		first = NightsInCluster.start(directory.resolve("first"));
		first.night("vault", first.volume(VAULT.value(), CLAIM.toString()), CLAIM.toString(), FIRST);
		second = SimulatedCluster.start(ClusterPlan.in(directory.resolve("second"), Clock.systemUTC()));
		there = LonghornConnection.fromKubeconfig(second.kubeconfig(), null, CredentialPlugins.REFUSED,
				SimulatedCluster.NAMESPACE, Clock.systemUTC());
	}

	@AfterEach
	void stop() throws IOException {
		there.close();
		second.close();
		first.close();
	}

	@Test
	void aVolumeStandsByFollowsAndIsActivated() throws IOException {
		Path plan = plan("plan.json");
		Outcome none = standby("list");
		Outcome made = standby("make", "--plan", plan.toString());
		Outcome again = standby("make", "--plan", plan.toString(), "--output", "json");

		assertThat(none.out()).isEqualTo("No volume stands by.\n");
		assertThat(made.status()).as(made.out() + made.errors()).isZero();
		assertThat(made.out()).contains("1 volume stands by", "● follows   pvc-vault   64 MiB   has " + backup(FIRST));
		assertThat(again.status()).as(again.errors()).isZero();
		assertThat(Schema.of("standby").violations(again.out())).isEmpty();
		assertThat(there.restores().findClaim(CLAIM)).as("nobody can use it yet").isEmpty();

		first.night("vault", VAULT, CLAIM.toString(), SECOND);
		there.restores().requestSync("default");
		NightsInCluster.await("the second night to be followed",
				() -> standing().isUpToDate() && standing().lastRestored().equals(backup(SECOND).value()));
		Outcome listed = standby("list", "--output", "json");
		Path newer = plan("newer.json");
		Outcome usual = cli("run", "--plan", plan.toString());
		Outcome activated = standby("activate", "--plan", newer.toString(), "--output", "json");
		Outcome twice = standby("activate", "--plan", newer.toString());

		assertThat(Schema.of("standby").violations(listed.out())).isEmpty();
		assertThat(listed.json().at("/volumes/0/follows").asString()).isEqualTo(VAULT.value());
		assertThat(listed.json().at("/volumes/0/backup").asString()).isEqualTo(backup(SECOND).value());
		assertThat(usual.status()).isEqualTo(2);
		assertThat(usual.errors()).contains("volume 'pvc-vault' stands by",
				"'longhaul restore standby activate' makes it one that can be used", "[RESTORE_CONFLICT]");
		assertThat(activated.status()).as(activated.out() + activated.errors()).isZero();
		assertThat(Schema.of("restore-run").violations(activated.out())).isEmpty();
		assertThat(twice.status()).as(twice.out() + twice.errors()).isZero();
		assertThat(there.restores().isBound(CLAIM, VAULT.value())).isTrue();
		assertThat(second.contentHash(VAULT)).isEqualTo(second.contentHash(VAULT, backup(SECOND)));
		assertThat(second.contentHash(VAULT)).isNotEqualTo(second.contentHash(VAULT, backup(FIRST)));
		assertThat(standby("list").out()).isEqualTo("No volume stands by.\n");
	}

	@Test
	void whatComesBetweenTheLastLookAndTheActivationIsNotLost() throws IOException {
		Path plan = plan("plan.json");
		Outcome made = standby("make", "--plan", plan.toString());
		assertThat(made.status()).as(made.out() + made.errors()).isZero();
		first.night("vault", VAULT, CLAIM.toString(), SECOND);

		Outcome activated = standby("activate", "--plan", plan("newer.json").toString());

		assertThat(activated.status()).as(activated.out() + activated.errors()).isZero();
		assertThat(activated.errors())
			.contains("volume 'pvc-vault' follows no more; it had backup '%s', and gets what is newer"
				.formatted(backup(FIRST)));
		assertThat(second.contentHash(VAULT)).isEqualTo(second.contentHash(VAULT, backup(SECOND)));
	}

	@Test
	void aVolumeOfSomebodyElseIsNoStandby() throws IOException {
		second.createVolume(VolumePlan.of(VAULT.value(), ByteSize.ofMebibytes(64), "other/claim"));
		Path plan = plan("plan.json");

		Outcome made = standby("make", "--plan", plan.toString());
		Outcome activated = standby("activate", "--plan", plan.toString());
		second.createVolume(VolumePlan.of("pvc-mine", ByteSize.ofMebibytes(64), "other/mine"));
		Files.writeString(directory.resolve("beside.json"),
				first.cli()
					.run("restore", "plan", "--target", NightsInCluster.URL, "--to-namespace", "rescue", "--output",
							"json")
					.out());
		Outcome absent = standby("activate", "--plan", directory.resolve("beside.json").toString());

		assertThat(made.status()).isEqualTo(2);
		assertThat(made.errors()).contains("there is a volume 'pvc-vault' already   [RESTORE_CONFLICT]");
		assertThat(activated.status()).isEqualTo(2);
		assertThat(activated.errors()).contains("volume 'pvc-vault' does not stand by   [RESTORE_CONFLICT]");
		assertThat(absent.errors()).contains("so none stands by under that name   [RESTORE_CONFLICT]");
		assertThat(new Cli().run("restore", "standby", "list").errors())
			.contains("nothing says which cluster is asked");
	}

	private RestoredVolume standing() {
		return there.restores().findVolume(VAULT).orElseThrow();
	}

	private static BackupName backup(Instant night) {
		return new Night(new JobName("vault-nightly"), night).backupName(new ApplicationName("vault"), VAULT);
	}

	private Path plan(String name) throws IOException {
		Outcome planned = first.cli().run("restore", "plan", "--target", NightsInCluster.URL, "--output", "json");
		assertThat(planned.status()).as(planned.errors()).isZero();
		return Files.writeString(directory.resolve(name), planned.out());
	}

	private Outcome standby(String verb, String... options) {
		List<String> arguments = new ArrayList<>(List.of("standby", verb));
		arguments.addAll(List.of(options));
		return cli(arguments.toArray(String[]::new));
	}

	private Outcome cli(String... arguments) {
		List<String> all = new ArrayList<>(List.of("restore"));
		all.addAll(List.of(arguments));
		all.addAll(List.of("--kubeconfig", second.kubeconfig().toString()));
		return first.cli().run(all.toArray(String[]::new));
	}

}
