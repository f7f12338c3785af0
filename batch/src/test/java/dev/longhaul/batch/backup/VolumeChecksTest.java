package dev.longhaul.batch.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.longhaul.batch.backup.VolumeChecks.Fit;
import dev.longhaul.batch.backup.VolumeChecks.Unfit;
import dev.longhaul.core.application.Application;
import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.backup.BackupWatch;
import dev.longhaul.core.guard.Accepted;
import dev.longhaul.core.guard.Guard;
import dev.longhaul.core.volume.ByteSize;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.volume.Robustness;
import dev.longhaul.core.volume.Volume;
import dev.longhaul.core.volume.VolumeName;
import dev.longhaul.core.volume.VolumeState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class VolumeChecksTest {

	private static final Instant LAST_BACKUP = Instant.parse("2026-11-21T02:30:00Z");

	private static final Instant BEFORE = LAST_BACKUP.minusSeconds(1);

	private static final Instant AFTER = LAST_BACKUP.plusSeconds(1);

	private static final ClaimRef CLAIM = ClaimRef.parse("gitea/data");

	private static final Application GITEA = new Application(new ApplicationName("gitea"), List.of(CLAIM));

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void anUnfitVolumeRefusesItsApplicationWithTheReason(String reason, List<Volume> volumes) {
		VolumeChecks checks = new VolumeChecks(order(Set.of()), volume -> Optional.of(LAST_BACKUP));

		assertThat(checks.examine(GITEA, volumes)).isEqualTo(new Unfit(reason));
	}

	static Stream<Arguments> anUnfitVolumeRefusesItsApplicationWithTheReason() {
		return Stream.of(arguments("claim 'gitea/data' has no Longhorn volume", List.of()),
				arguments("claim 'gitea/data' has 2 Longhorn volumes: [pvc-1, pvc-2]",
						List.of(healthy("pvc-1", BEFORE), healthy("pvc-2", BEFORE))),
				arguments("volume 'pvc-1' of claim 'gitea/data' is faulted: none of its replicas is usable",
						List.of(volume(VolumeState.DETACHED, Robustness.FAULTED, "default", false))),
				arguments("volume 'pvc-1' of claim 'gitea/data' is being deleted",
						List.of(volume(VolumeState.DELETING, Robustness.HEALTHY, "default", false))),
				arguments("volume 'pvc-1' of claim 'gitea/data' is still being restored from a backup",
						List.of(volume(VolumeState.ATTACHED, Robustness.HEALTHY, "default", true))),
				arguments("volume 'pvc-1' of claim 'gitea/data' backs up to target 'nas', this night goes to 'default'",
						List.of(volume(VolumeState.ATTACHED, Robustness.HEALTHY, "nas", false))),
				arguments(
						"volume 'pvc-1' of claim 'gitea/data' was created at 2026-11-21T02:30:01Z, after its newest "
								+ "backup of 2026-11-21T02:30:00Z: it may be an empty one under an old name",
						List.of(healthy("pvc-1", AFTER))));
	}

	@Test
	void namesEverythingThatStandsAgainstAnApplication() {
		Application two = new Application(new ApplicationName("gitea"),
				List.of(ClaimRef.parse("gitea/a"), ClaimRef.parse("gitea/b")));

		assertThat(new VolumeChecks(order(Set.of()), volume -> Optional.empty()).examine(two, List.of()))
			.isEqualTo(new Unfit("claim 'gitea/a' has no Longhorn volume; claim 'gitea/b' has no Longhorn volume"));
	}

	@Test
	void aDegradedVolumeIsBackedUpWithAWarning() {
		VolumeChecks checks = new VolumeChecks(order(Set.of()), volume -> Optional.empty());

		assertThat(checks.examine(GITEA, List.of(volume(VolumeState.ATTACHED, Robustness.DEGRADED, "default", false))))
			.isInstanceOfSatisfying(Fit.class, (fit) -> {
				assertThat(fit.volumes()).hasSize(1);
				assertThat(fit.warnings()).containsExactly("volume 'pvc-1' of claim 'gitea/data' is degraded: "
						+ "it has fewer replicas than the 3 it should have");
			});
	}

	@Test
	void aDetachedVolumeIsFit() {
		VolumeChecks checks = new VolumeChecks(order(Set.of()), volume -> Optional.of(LAST_BACKUP));

		assertThat(checks.examine(GITEA, List.of(volume(VolumeState.DETACHED, Robustness.UNKNOWN, "default", false))))
			.isInstanceOf(Fit.class);
	}

	@Test
	void aRecreatedVolumeIsFitOnceSomebodyHasAcceptedIt() {
		VolumeChecks checks = new VolumeChecks(order(Set.of(CLAIM)), volume -> Optional.of(LAST_BACKUP));

		assertThat(checks.examine(GITEA, List.of(healthy("pvc-1", AFTER)))).isInstanceOf(Fit.class);
	}

	@Test
	void aVolumeWithoutHistoryIsFitHoweverYoung() {
		VolumeChecks checks = new VolumeChecks(order(Set.of()), volume -> Optional.empty());

		assertThat(checks.examine(GITEA, List.of(healthy("pvc-1", AFTER)))).isInstanceOf(Fit.class);
	}

	private static NightOrder order(Set<ClaimRef> acceptedRecreated) {
		return new NightOrder(List.of(ApplicationDefinition.ofClaims(GITEA.name(), GITEA.claims())), null,
				new NightOrder.Target("default", "s3://bucket@region/", null), null,
				new NightOrder.Pace(1, 1, Duration.ofSeconds(2)),
				new NightOrder.Limits(Duration.ofMinutes(5), Duration.ofMinutes(1),
						new BackupWatch.Bounds(Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofMinutes(10),
								Duration.ofHours(6))),
				new Guard(Guard.USUAL_SHRINK, new Accepted(acceptedRecreated, Set.of())));
	}

	private static Volume healthy(String name, Instant createdAt) {
		return new Volume(new VolumeName(name), ByteSize.ofMebibytes(16), ByteSize.ZERO, VolumeState.ATTACHED,
				Robustness.HEALTHY, 3, CLAIM, "default", false, createdAt);
	}

	private static Volume volume(VolumeState state, Robustness robustness, String target, boolean restoring) {
		return new Volume(new VolumeName("pvc-1"), ByteSize.ofMebibytes(16), ByteSize.ZERO, state, robustness, 3, CLAIM,
				target, restoring, BEFORE);
	}

}
